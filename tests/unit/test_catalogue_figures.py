"""The two shipped catalogues, held to the known figures."""

from pathlib import Path

import pytest

from workflows.catalogue import AnswerInvalid, Catalogue, load
from workflows.deadlines import Limit

BPMN = Path(__file__).parents[2] / "bpmn"


def shipped(name: str) -> Catalogue:
    return load((BPMN / name / "catalogue.yaml").read_text("utf-8"), name)


def everything(catalogue: Catalogue) -> dict[str, bool | int | float]:
    return {
        question.key: True if question.type == "boolean" else 1000
        for question in catalogue.questionnaire
    }


@pytest.fixture(scope="module")
def restaurant() -> Catalogue:
    return shipped("restaurant")


@pytest.fixture(scope="module")
def construction() -> Catalogue:
    return shipped("construction")


def test_a_restaurant_needs_up_to_15_items_of_14_departments(restaurant: Catalogue) -> None:
    items = restaurant.needed_items(everything(restaurant))
    assert len(items) == 15
    assert len({item.department for item in items}) == 14


def test_a_construction_permit_needs_up_to_26_items_of_12_deciding_bodies(
    construction: Catalogue,
) -> None:
    items = construction.needed_items(everything(construction))
    assert len(items) == 26
    assert len({item.department for item in items}) == 12


@pytest.mark.parametrize(
    ("name", "asked_for", "documents", "fetched"),
    [("restaurant", 61, 20, 4), ("construction", 88, 29, 3)],
)
def test_each_document_is_asked_for_once(
    name: str, asked_for: int, documents: int, fetched: int
) -> None:
    catalogue = shipped(name)
    listed = catalogue.materials_for(catalogue.items, everything(catalogue))
    assert sum(len(items) for _, items in listed) == asked_for
    assert len(listed) == documents
    assert sum(material.fetched for material, _ in listed) == fetched


def test_eleven_of_the_construction_documents_are_contracts_or_guarantees(
    construction: Catalogue,
) -> None:
    assert sum(material.contract for material in construction.materials) == 11


@pytest.mark.parametrize(("name", "days"), [("restaurant", 83), ("construction", 402)])
def test_the_statutory_limits_add_up_to_what_is_known(name: str, days: int) -> None:
    catalogue = shipped(name)
    limits = [item.statutory for item in catalogue.items if item.statutory]
    assert sum(limit.amount for limit in limits) == days


@pytest.mark.parametrize(("name", "days"), [("restaurant", 42), ("construction", 141)])
def test_one_after_another_the_promises_add_up_to_what_is_known(name: str, days: int) -> None:
    catalogue = shipped(name)
    limits = [item.promised for item in catalogue.items if item.promised]
    assert sum(limit.amount for limit in limits) == days


def test_in_parallel_the_whole_restaurant_takes_ten_and_a_half_days(
    restaurant: Catalogue,
) -> None:
    assert restaurant.critical_path(restaurant.items) == 10.5


def test_in_parallel_a_restaurant_without_tobacco_takes_five_days(restaurant: Catalogue) -> None:
    answers = {**everything(restaurant), "sells_tobacco": False}
    assert restaurant.critical_path(restaurant.needed_items(answers)) == 5


def test_in_parallel_all_26_construction_items_take_22_days(construction: Catalogue) -> None:
    assert construction.critical_path(construction.items) == 22


def test_nothing_to_do_takes_no_time(construction: Catalogue) -> None:
    assert construction.critical_path([]) == 0


def test_the_fire_check_is_needed_above_300_square_metres_or_300_000_yuan(
    restaurant: Catalogue,
) -> None:
    def fire(**answers: bool | int | float) -> bool:
        return "R09" in {item.code for item in restaurant.needed_items(answers)}

    assert not fire(area_m2=300, invest_wan=30)
    assert fire(area_m2=300.5)
    assert fire(invest_wan=31)


def test_who_answers_nothing_gets_the_items_that_everybody_needs(restaurant: Catalogue) -> None:
    assert [item.code for item in restaurant.needed_items({})] == [
        "R01",
        "R02",
        "R03",
        "R08",
        "R13",
    ]


@pytest.mark.parametrize(
    "answers",
    [
        {"no_such_question": True},
        {"area_m2": True},
        {"has_employees": 1},
        {"area_m2": -1},
        {"area_m2": float("nan")},
        {"area_m2": float("inf")},
        {"area_m2": 10**400},
        {"area_m2": "300"},
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused(
    restaurant: Catalogue, answers: dict[str, bool | int | float]
) -> None:
    with pytest.raises(AnswerInvalid):
        restaurant.needed_items(answers)


def test_a_document_only_for_the_commitment_is_not_asked_of_others(restaurant: Catalogue) -> None:
    fire = [restaurant.item("R09")]

    def codes(**answers: bool) -> list[str]:
        return [material.code for material, _ in restaurant.materials_for(fire, answers)]

    assert "M11" not in codes()
    assert "M11" in codes(commits_fire_safety=True)


def test_the_diagram_learns_the_needed_items_and_the_chosen_commitments(
    restaurant: Catalogue,
) -> None:
    assert restaurant.variables({"commits_fire_safety": True, "area_m2": 400}) == {
        "items": ["R01", "R02", "R03", "R08", "R09", "R13"],
        "R09_commitment": True,
    }


def test_a_super_highrise_is_promised_30_days_instead_of_15(construction: Catalogue) -> None:
    assert construction.promised_limit({}) == Limit.parse("15wd")
    assert construction.promised_limit({"is_super_highrise": True}) == Limit.parse("30wd")


def test_merged_items_have_the_limits_of_the_item_they_are_merged_into(
    construction: Catalogue,
) -> None:
    limits = (Limit.parse("7wd"), Limit.parse("4wd"))
    for code in ("G06", "G07", "G08", "G09"):
        assert construction.limits(construction.item(code)) == limits


def test_gates_count_only_among_the_needed_items(restaurant: Catalogue) -> None:
    account = restaurant.item("R07")
    needed = {"R01", "R07"}
    assert [item.code for item in restaurant.start_gates(account, needed)] == ["R01"]
    assert restaurant.decision_gates(account, needed) == ()
    assert [item.code for item in restaurant.decision_gates(account, {"R02"})] == ["R02"]


def test_every_material_has_its_standard(restaurant: Catalogue, construction: Catalogue) -> None:
    for material in (*restaurant.materials, *construction.materials):
        assert len(material.criterion) >= 8
