"""The longest way through a process, counted by running what is drawn."""

from fractions import Fraction
from pathlib import Path

import pytest

from server.bundles import read_bundle
from workflows import engine
from workflows.catalogue import Catalogue, draw, load
from workflows.catalogue.contents import Answers
from workflows.catalogue.editing import drop, put
from workflows.drawing.feasibility import (
    EARLY,
    GROUNDLESS,
    LATE,
    MISSING,
    SERIAL,
    UNLAWFUL,
    everything,
    excesses,
    findings,
)
from workflows.drawing.forecast import Forecast, forecast, slack

BPMN = Path(__file__).resolve().parents[2] / "bpmn"
BUNDLES = {name: read_bundle(BPMN, name) for name in ("restaurant", "construction")}


def catalogue_of(process: str) -> Catalogue:
    return load(BUNDLES[process].catalogue, process)


def run(
    process: str, answers: Answers | None = None, text: str = "", drawing: str = ""
) -> tuple[Catalogue, Forecast]:
    """The forecast of a catalogue (by default the shipped one) as it is drawn."""
    catalogue = load(text or BUNDLES[process].catalogue, process)
    sources = {**BUNDLES[process].sources}
    sources[f"{process}.bpmn"] = drawing or draw(catalogue, process)
    definition = engine.load(process, tuple(sources.values()))
    asked = everything(catalogue) if answers is None else answers
    return catalogue, forecast(definition, catalogue, asked)


def test_a_restaurant_with_everything_takes_ten_and_a_half_days_of_thirteen() -> None:
    _, found = run("restaurant")
    assert (found.days, str(found.promised), found.kept) == (Fraction(21, 2), "13wd", True)
    assert found.critical == ("R01", "R12")


def test_a_restaurant_without_tobacco_takes_five_days() -> None:
    answers = {**everything(catalogue_of("restaurant")), "sells_tobacco": False}
    assert run("restaurant", answers)[1].days == 5


def test_all_of_construction_takes_22_days_and_10_without_what_is_rare() -> None:
    _, found = run("construction")
    assert (float(found.days), str(found.promised), found.kept) == (22.0, "30wd", True)
    assert found.critical == ("G04", "G09", "G24")
    rare = {"is_super_highrise": False, "moves_ancient_tree": False}
    usual = {**everything(catalogue_of("construction")), **rare}
    _, found = run("construction", usual)
    assert (float(found.days), str(found.promised), found.kept) == (10.0, "15wd", True)


@pytest.mark.parametrize("process", ["restaurant", "construction"])
def test_what_the_catalogue_draws_takes_what_the_catalogue_reckons(process: str) -> None:
    catalogue = catalogue_of(process)
    for without in everything(catalogue):
        answers = {key: value for key, value in everything(catalogue).items() if key != without}
        needed = catalogue.needed_items(answers)
        counted = [item for item in needed if not item.excluded_from_clock]
        promised = {item.code for item in needed if catalogue.by_commitment(item, answers)}
        _, found = run(process, answers)
        assert {each.code for each in found.stretches} == {item.code for item in needed}
        if not promised:
            assert found.days == catalogue.critical_path(counted)


def test_times_counted_by_hand() -> None:
    _, found = run("restaurant")
    times = {each.code: (float(each.begins), float(each.ends)) for each in found.stretches}
    assert times["R01"] == (0, 0.5)
    assert times["R07"] == (0.5, 1.5), "starts behind R01, takes a day, R02 is decided by then"
    assert times["R12"] == (0.5, 10.5)
    assert times["R08"] == (0, 5), "is reviewed while R01 is not decided yet"
    assert times["R09"] == (0, 0.5), "granted on a promise, but not before R01"
    assert found.stretch("R09").held_by == "R01"


def test_slack_is_what_an_item_may_take_longer_before_anything_ends_later() -> None:
    catalogue, found = run("restaurant")
    spare = slack(found, catalogue)
    assert spare["R12"] == spare["R01"] == 0
    assert spare["R08"] == Fraction(11, 2)
    for code in ("R08", "R07", "R02"):
        longer = found.stretch(code).own + spare[code]
        text = put(
            BUNDLES["restaurant"].catalogue, ("items", code, "promised"), f"{float(longer):g}wd"
        )
        assert (
            run(
                "restaurant",
                text=drop(text, ("items", code, "statutory")) if code == "R08" else text,
            )[1].days
            == found.days
        )


def test_what_is_drawn_one_after_another_counts_so_and_is_named() -> None:
    text = BUNDLES["restaurant"].catalogue
    chained = load(put(text, ("items", "R13", "after"), [{"item": "R08", "gate": "start"}]), "x")
    catalogue, found = run("restaurant", {}, drawing=draw(chained, "restaurant"))
    assert found.days == 8
    said = [(one.sentence, one.codes) for one in findings(catalogue, found)]
    assert (SERIAL, ("R13", "R08")) in said


def test_a_wait_that_the_catalogue_asks_for_and_nobody_drew_is_named() -> None:
    text = put(
        BUNDLES["restaurant"].catalogue,
        ("items", "R13", "after"),
        [{"item": "R08", "gate": "start"}],
    )
    catalogue, found = run("restaurant", {}, text, BUNDLES["restaurant"].sources["restaurant.bpmn"])
    assert (EARLY, ("R13", "R08")) in [
        (one.sentence, one.codes) for one in findings(catalogue, found)
    ]


def test_an_item_that_the_drawing_never_comes_to_is_named() -> None:
    drawing = (
        BUNDLES["restaurant"]
        .sources["restaurant.bpmn"]
        .replace('"R13" in items', '"R13" in items and R01 == "refused"')
    )
    catalogue, found = run("restaurant", {}, drawing=drawing)
    assert found.missing == ("R13",)
    assert (MISSING, ("R13",)) in [(one.sentence, one.codes) for one in findings(catalogue, found)]


def test_a_wait_needs_a_rule_or_a_document_that_is_awaited() -> None:
    catalogue, found = run("restaurant")
    groundless = [one.codes for one in findings(catalogue, found) if one.sentence == GROUNDLESS]
    assert groundless == [("R07", "R02")], "all others wait for the business licence"
    text = put(
        BUNDLES["restaurant"].catalogue, ("items", "R07", "after", "R02", "basis"), "某办法第三条"
    )
    catalogue, found = run("restaurant", text=text)
    assert findings(catalogue, found) == []


def test_a_promise_that_some_answers_break_is_found_with_those_answers() -> None:
    text = put(BUNDLES["construction"].catalogue, ("theme", "promised_rules"), [])
    catalogue = load(text, "construction")
    assert [(set(one.answers), float(one.days)) for one in excesses(catalogue)] == [
        ({"is_super_highrise"}, 20.0)
    ]
    _, found = run("construction", text=text)
    late = [one for one in findings(catalogue, found) if one.sentence == LATE]
    assert [(one.params["answers"], one.params["days"]) for one in late] == [
        ("是否超限高层建筑", 20.0)
    ]


def test_more_than_the_law_allows_is_said_with_its_article() -> None:
    text = put(BUNDLES["construction"].catalogue, ("items", "G04", "promised"), "50wd")
    text = put(text, ("items", "G04", "statutory"), "60wd")
    catalogue, found = run("construction", text=text)
    assert not found.lawful
    assert UNLAWFUL in [one.sentence for one in findings(catalogue, found)]


def test_timers_on_the_way_take_their_time() -> None:
    drawing = BUNDLES["restaurant"].sources["restaurant.bpmn"]
    wait = (
        '<bpmn:intermediateCatchEvent id="rest"><bpmn:incoming>start</bpmn:incoming>'
        "<bpmn:outgoing>rested</bpmn:outgoing><bpmn:timerEventDefinition><bpmn:timeDuration>{}"
        "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
        '<bpmn:sequenceFlow id="rested" sourceRef="rest" targetRef="needed" />'
        '<bpmn:inclusiveGateway id="needed"'
    )
    moved = drawing.replace(
        'sourceRef="accepted" targetRef="needed"', 'sourceRef="accepted" targetRef="rest"'
    )
    moved = moved.replace(
        "<bpmn:incoming>start</bpmn:incoming>", "<bpmn:incoming>rested</bpmn:incoming>"
    )
    for limit, days in (("2wd", 7), ("P7D", 10), ("7h", 6)):
        text = moved.replace('<bpmn:inclusiveGateway id="needed"', wait.format(limit))
        assert run("restaurant", {}, drawing=text)[1].days == days


def test_timers_that_go_round_for_ever_are_followed_for_a_while_only() -> None:
    drawing = BUNDLES["restaurant"].sources["restaurant.bpmn"]
    around = (
        '<bpmn:sequenceFlow id="start" sourceRef="accepted" targetRef="again" />'
        '<bpmn:exclusiveGateway id="again"><bpmn:incoming>start</bpmn:incoming>'
        "<bpmn:incoming>round</bpmn:incoming><bpmn:outgoing>out</bpmn:outgoing>"
        "</bpmn:exclusiveGateway>"
        '<bpmn:sequenceFlow id="out" sourceRef="again" targetRef="rest" />'
        '<bpmn:intermediateCatchEvent id="rest"><bpmn:incoming>out</bpmn:incoming>'
        "<bpmn:outgoing>round</bpmn:outgoing><bpmn:timerEventDefinition><bpmn:timeDuration>1wd"
        "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
        '<bpmn:sequenceFlow id="round" sourceRef="rest" targetRef="again" />'
    )
    flow = '<bpmn:sequenceFlow id="start" sourceRef="accepted" targetRef="needed" />'
    assert flow in drawing
    _, found = run("restaurant", {}, drawing=drawing.replace(flow, around))
    assert set(found.missing) == {"R01", "R02", "R03", "R08", "R13"}
