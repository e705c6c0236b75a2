"""A thousand cases before the first: repeatable, and what a real hall would have done."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from time import process_time

import pytest
from pydantic import ValidationError

from server.bundles import read_bundle
from server.settings import ROOT
from tests.simulated import FIRST_DAY, played, process_of
from workflows import engine
from workflows.calendar import load as load_calendar
from workflows.catalogue import load as load_catalogue
from workflows.simulation import Inputs, Spread, defaults, figures, play
from workflows.simulation.course import Course, Said
from workflows.simulation.figures import _case_late
from workflows.simulation.playing import Played
from workflows.states import GRANTED_ITEMS
from workflows.trials import Doing, Outcome, Plan, office_of, try_case
from workflows.worktime import WorkTime


def plan_of(course: Course, played: Played) -> Plan:
    """What people did with a case of a simulation, as a plan for a real hall."""

    def doing(item: str, element: str, kind: str, times: int) -> Doing:
        said = course.said[item, element][times - 1]
        return Doing(said.word, said.seconds)

    told, brought = course.told, course.brought
    assert course.released is not None
    catalogue = played.catalogue
    missing: tuple[str, ...] = ()
    if told is not None:
        needed = catalogue.needed_items(course.answers)
        listed = catalogue.materials_for(needed, course.answers)
        missing = tuple(m.code for m, _ in listed if m.need == "required" and not m.fetched)[:1]
    return Plan(
        begins=played.work.moment(course.arrived),
        answers=course.answers,
        doing=doing,
        accept=(course.released if told is None else told) - course.arrived,
        missing=missing,
        supplement=brought - told if told is not None and brought is not None else 0,
        accept_again=course.released - brought if brought is not None else 0,
    )


def outcomes(course: Course) -> Mapping[str, str]:
    return {code: track.outcome for code, track in course.tracks.items()}


def real(outcome: Outcome) -> Mapping[str, str]:
    granted = {state.value for state in GRANTED_ITEMS}
    words = {"rejected": "refused"}
    return {code: "granted" if state in granted else words.get(state, state)
            for code, state in outcome.states.items()}  # fmt: skip


@pytest.mark.parametrize(("process", "cases"), [("restaurant", 30), ("construction", 3)])
def test_a_real_hall_with_the_same_people_decides_at_the_same_instants(
    process: str, cases: int
) -> None:
    """Not the mean alone: every item of every case, to the second, and the light of the case."""
    found = played(process, cases=cases, refuse=0.08, give_back=0.15, supplement=0.3, per_day=9.0)
    office = office_of(process, read_bundle(ROOT / "bpmn", process))
    for course in found.courses:
        outcome = try_case(office, plan_of(course, found))
        assert course.decided is not None and outcome.stopped == ""
        moments = {code: found.work.moment(track.decided)
                   for code, track in course.tracks.items() if track.decided}  # fmt: skip
        assert moments == dict(outcome.decided)
        assert found.work.moment(course.decided) == outcome.decided_at
        assert outcomes(course) == real(outcome)
        late = _case_late(course, course.promised, found)
        assert late == (outcome.light in ("red", "purple"))


def test_a_thousand_cases_are_soon_over_and_the_same_seed_gives_the_same_figures() -> None:
    began = process_time()
    first = figures(played(cases=1000))
    assert process_time() - began < 30, "30 s on two cores are allowed"
    assert first["cases"]["n"] == 1000 and first["unfinished"] == 0
    few = figures(played(cases=40))
    assert few == figures(played(cases=40))
    assert few != figures(played(cases=40, seed=2))


def test_the_usual_hall_keeps_its_promise_and_one_with_too_few_people_does_not() -> None:
    usual = figures(played(cases=120))
    assert usual["cases"]["late"] < 0.05 and usual["cases"]["mean"] < 13
    people = process_of("restaurant")[2].people
    short = figures(played(cases=120, people={**people, "YC.handler": 2}))
    post = next(post for post in short["posts"] if post["key"] == "YC.handler")
    assert post["busy"] > 0.95 and post["longest"] > 20 and max(post["queue"]) > 10
    item = {one["code"]: one for one in short["items"]}
    assert item["R12"]["late"] > 0.5 and item["R12"]["waited"] > 5
    assert short["cases"]["late"] > 0.2 > usual["cases"]["late"]
    assert item["R13"]["late"] < 0.1, "another department is not to blame"


def test_what_is_drawn_is_what_is_played() -> None:
    bundle = read_bundle(ROOT / "bpmn", "restaurant")
    shorter = bundle.sources["restaurant.bpmn"].replace(
        'name="食品经营许可新办（餐饮服务）" calledElement="item_three_step"',
        'name="食品经营许可新办（餐饮服务）" calledElement="item_two_step"',
    )
    assert shorter != bundle.sources["restaurant.bpmn"]
    changed = replace(bundle, sources={**bundle.sources, "restaurant.bpmn": shorter})
    sources, work = tuple(changed.sources.values()), WorkTime(load_calendar("cn"))
    catalogue = load_catalogue(changed.catalogue, "x")
    steps = engine.steps("restaurant", sources)
    assert [step.element for step in steps["R08"]] == ["review", "decide", "confirm_refusal"]
    inputs = defaults(catalogue, steps, work, FIRST_DAY).model_copy(update={"cases": 10})
    keys = {step["key"] for step in figures(
        play(engine.load("restaurant", sources), catalogue, inputs, work))["steps"]}  # fmt: skip
    assert "R08.decide" in keys and "R08.check" not in keys


def test_inputs_that_make_no_sense_are_refused() -> None:
    inputs = process_of("restaurant")[2]
    again = Inputs.model_validate_json(inputs.model_dump_json())
    assert again == inputs
    for wrong in ({"cases": 0}, {"per_day": 0}, {"give_back": 1}, {"people": {"SJ.handler": 0}}):
        with pytest.raises(ValidationError):
            Inputs.model_validate({**dict(inputs), **wrong})
    with pytest.raises(ValidationError):
        Spread(least=2, likely=1, most=3)


@pytest.mark.parametrize("shape", ["triangular", "lognormal"])
def test_what_is_drawn_by_lot_has_the_mean_that_is_said(shape: str) -> None:
    spread = Spread.model_validate({"least": 0, "likely": 4, "most": 12, "shape": shape})
    chance = Random(7)
    drawn = [spread.draw(chance) for _ in range(4000)]
    assert sum(drawn) / len(drawn) == pytest.approx(spread.mean, rel=0.05)
    beyond = sum(one > 12 for one in drawn) / len(drawn)
    assert beyond == 0 if shape == "triangular" else 0.03 < beyond < 0.07


TIMER = """
<bpmn:boundaryEvent id="late" attachedToRef="decide"><bpmn:outgoing>lapsed</bpmn:outgoing>
<bpmn:timerEventDefinition><bpmn:timeDuration>1wd</bpmn:timeDuration></bpmn:timerEventDefinition>
</bpmn:boundaryEvent>
<bpmn:userTask id="instead" name="审核人代为决定"><bpmn:extensionElements>
<lb:approval duty="checker" kind="decide" conclusions="agree disagree" form="opinion" />
</bpmn:extensionElements>
<bpmn:incoming>lapsed</bpmn:incoming><bpmn:outgoing>done</bpmn:outgoing></bpmn:userTask>
<bpmn:sequenceFlow id="lapsed" sourceRef="late" targetRef="instead" />
<bpmn:sequenceFlow id="done" sourceRef="instead" targetRef="decision_made" />
</bpmn:process>"""


def test_a_timer_that_is_drawn_takes_a_step_from_who_is_slow_in_both_at_the_same_place() -> None:
    bundle = read_bundle(ROOT / "bpmn", "restaurant")
    drawn = bundle.sources["item_instant.bpmn"].replace("</bpmn:process>", TIMER, 1)
    drawn = drawn.replace("<bpmn:incoming>decided</bpmn:incoming>",
                          "<bpmn:incoming>decided</bpmn:incoming>"
                          "<bpmn:incoming>done</bpmn:incoming>")  # fmt: skip
    bundle = replace(bundle, sources={**bundle.sources, "item_instant.bpmn": drawn})
    _, catalogue, usual, work = process_of("restaurant")
    slow, quick = Spread(least=20, likely=20, most=20), Spread(least=2, likely=2, most=2)
    changes = {"cases": 3, "supplement": 0.0, "refuse": 0.0,
               "work": {**usual.work, "R13.decide": slow, "R13.instead": quick}}  # fmt: skip
    definition = engine.load("restaurant", tuple(bundle.sources.values()))
    found = play(definition, catalogue, usual.model_copy(update=changes), work)
    office = office_of("restaurant", bundle)
    for course in found.courses:
        assert not course.said["R13", "decide"] and course.said["R13", "instead"]
        course.said["R13", "decide"].append(Said("granted", 20 * 3600))
        outcome = try_case(office, plan_of(course, found))
        assert work.place(outcome.decided["R13"]) == course.tracks["R13"].decided
        assert outcome.steps("R13") == ("instead",)
