"""A catalogue of some items of another: whole, and with nothing in it that only the others had."""

import random
from pathlib import Path

import pytest

from workflows.catalogue import load
from workflows.catalogue.choosing import HostMissing, NothingChosen, choose

BPMN = Path(__file__).resolve().parents[2] / "bpmn"
THEMES = ("restaurant", "construction")
NAMED = {"code": "X-1", "name": "试办", "name_en": "A try"}


@pytest.mark.parametrize("theme", THEMES)
def test_whatever_is_chosen_the_rest_is_a_catalogue_without_faults(theme: str) -> None:
    text = (BPMN / theme / "catalogue.yaml").read_text("utf-8")
    items = {item.code: item for item in load(text, theme).items}
    for seed in range(12):
        some = random.Random(seed)
        codes = {code for code in items if some.random() < 0.1 + seed / 15} or {next(iter(items))}
        codes |= {host for code in codes if (host := items[code].merged_into)}
        found = load(choose(text, codes, NAMED), theme)
        assert {item.code for item in found.items} == codes
        assert (found.theme.code, found.theme.name) == ("X-1", "试办")
        offices = {item.department for item in found.items} | {found.theme.lead}
        offices |= {code for item in found.items for code in item.consult}
        offices |= {group.leader for group in found.onsite_groups}
        assert {department.code for department in found.departments} == offices


def test_everything_chosen_is_the_text_as_it_was() -> None:
    text = (BPMN / "restaurant/catalogue.yaml").read_text("utf-8")
    codes = [item.code for item in load(text, "x").items]
    assert choose(text, codes, {}) == text


def test_nothing_and_a_part_without_its_whole_are_refused() -> None:
    text = (BPMN / "construction/catalogue.yaml").read_text("utf-8")
    with pytest.raises(NothingChosen):
        choose(text, ["G99"], NAMED)
    with pytest.raises(HostMissing) as refused:
        choose(text, ["G06"], NAMED)
    assert refused.value.params["host"] == "G09"
