"""Changing a catalogue in a page leaves everything else as people wrote it."""

import difflib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.catalogue.editing import PlaceUnknown, add, drop, put
from workflows.catalogue.source import Parser

ROOT = Path(__file__).resolve().parents[2]
THEMES = ("restaurant", "construction")
SHIPPED = {name: (ROOT / f"bpmn/{name}/catalogue.yaml").read_text("utf-8") for name in THEMES}
TEXT = SHIPPED["restaurant"]


def load_plain(text: str) -> Any:
    """The values of a text."""
    return yaml.load(text, Parser)


def changed(before: str, after: str) -> list[str]:
    """The lines that are not as they were."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_one_limit_is_changed_and_nothing_else_is_touched() -> None:
    after = put(TEXT, ("items", "R08", "promised"), "4wd")
    assert [line[0] for line in changed(TEXT, after)] == ["-", "+"]
    assert "promised: 4wd" in changed(TEXT, after)[1]
    expected = load_plain(TEXT)
    next(item for item in expected["items"] if item["code"] == "R08")["promised"] = "4wd"
    assert load_plain(after) == expected


def test_the_rules_are_changed_in_place_and_get_new_ones_in_a_line_of_their_own() -> None:
    after = put(put(TEXT, ("rules", "notice"), "3wd"), ("theme", "stage"), "第一阶段")
    assert load_plain(after)["rules"]["notice"] == "3wd"
    assert load_plain(after)["theme"]["stage"] == "第一阶段"
    assert len(changed(TEXT, after)) == 3


def test_a_key_that_a_record_does_not_have_is_added_and_taken_away_again() -> None:
    there = put(TEXT, ("items", "R13", "note"), "现场办，可：加急")
    record = next(each for each in load_plain(there)["items"] if each["code"] == "R13")
    assert record["note"] == "现场办，可：加急"
    gone = drop(there, ("items", "R13", "note"))
    assert load_plain(gone) == load_plain(TEXT)


def test_a_record_is_added_after_the_last_of_its_kind_and_dropped_with_its_lines() -> None:
    record = {"code": "ZZ", "name": "某局", "name_en": "Some, office", "enforcement_subject": True}
    there = add(TEXT, "departments", record)
    assert load_plain(there)["departments"][-1] == record
    assert len(changed(TEXT, there)) == 1
    assert drop(there, ("departments", "ZZ")) == TEXT


def test_the_last_of_a_list_leaves_an_empty_one_and_an_entry_of_a_line_goes_alone() -> None:
    text = drop(TEXT, ("onsite_groups", "G1"))
    assert load_plain(drop(text, ("onsite_groups", "G2")))["onsite_groups"] == []
    after = drop(TEXT, ("items", "R07", "after", "R01"))
    record = next(each for each in load_plain(after)["items"] if each["code"] == "R07")
    assert [before["item"] for before in record["after"]] == ["R02"]


def test_a_list_that_is_not_there_or_empty_gets_its_first_record() -> None:
    for text in ("theme: {a: 1}\n", "items: []\ntheme: {a: 1}\n", "theme: {a: 1}\nitems:\n"):
        found = load_plain(add(text, "items", {"code": "A1"}))
        assert found == {"theme": {"a": 1}, "items": [{"code": "A1"}]}


def test_a_place_that_does_not_exist_is_refused() -> None:
    with pytest.raises(PlaceUnknown):
        put(TEXT, ("items", "R99", "name"), "x")
    with pytest.raises(PlaceUnknown):
        drop(TEXT, ("items", "R99"))


@pytest.mark.parametrize("name", THEMES)
def test_every_record_may_be_dropped_and_every_value_written_again(name: str) -> None:
    text, known = SHIPPED[name], load_plain(SHIPPED[name])
    for section in ("items", "materials", "departments", "questionnaire"):
        for at, record in enumerate(known[section]):
            code = record.get("code", record.get("key"))
            again = put(text, (section, code), record)
            assert load_plain(again) == known
            left = [*known[section][:at], *known[section][at + 1 :]]
            assert load_plain(drop(text, (section, code))) == {**known, section: left}


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
def test_any_text_comes_back_as_it_was_written(words: str) -> None:
    after = put(TEXT, ("items", "R07", "name"), words)
    found = next(each for each in load_plain(after)["items"] if each["code"] == "R07")
    assert found["name"] == words
    assert after.startswith(TEXT[: TEXT.index("- {code: R07")])
