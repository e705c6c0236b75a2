"""Trying a process: test cases run by real actions in a hall that exists for a moment."""

from dataclasses import replace
from datetime import datetime

import pytest

from server.bundles import read_bundle
from server.settings import ROOT
from server.trial_runs import read_test, steps_of
from tests.hall import Hall
from workflows.actions.decide import Decision
from workflows.calendar import load
from workflows.catalogue.published import published
from workflows.clock import OFFICE_ZONE
from workflows.deadlines import Ledger, Limit, due
from workflows.drawing.bundle import Bundle, bundle_of
from workflows.engine import ProcessInvalid
from workflows.trials import TestCase, compare, expectations, office_of, read, run, write
from workflows.trials.reading import TestCaseInvalid
from workflows.trials.recording import CaseNotDecided, record
from workflows.worktime import WorkTime

PROCESSES = ("restaurant", "construction")
BUNDLES = {process: read_bundle(ROOT / "bpmn", process) for process in PROCESSES}
SHIPPED = [(process, name) for process in PROCESSES for name in BUNDLES[process].tests]


def written(text: str, process: str = "restaurant") -> TestCase:
    """A test case that begins on a Monday."""
    return read_test(process, BUNDLES[process], "x", f"name: x\nbegins: 2026-03-02T09:30\n{text}")


@pytest.mark.parametrize(("process", "name"), SHIPPED)
def test_what_is_shipped_gives_what_its_test_cases_expect(process: str, name: str) -> None:
    bundle = BUNDLES[process]
    case = read_test(process, bundle, name, bundle.tests[name])
    lines = compare(case.expect, run(office_of(process, bundle), case))
    assert len(lines) > 10 and [line for line in lines if not line.fits] == []
    assert write(case) == bundle.tests[name], "it is written as it was read"


def test_a_change_of_the_catalogue_is_noticed_line_by_line() -> None:
    bundle = BUNDLES["restaurant"]
    slower = replace(bundle, catalogue=bundle.catalogue.replace("promised: 13wd", "promised: 12wd"))
    assert slower.substance != bundle.substance
    case = read_test("restaurant", slower, "x", bundle.tests["smallest.test.yaml"])
    wrong = [line for line in compare(case.expect, run(office_of("restaurant", slower), case))
             if not line.fits]  # fmt: skip
    assert [(line.what, line.of, line.expected, line.actual) for line in wrong] == [
        ("due", "case", "2026-03-19", "2026-03-18")
    ]


def test_people_do_what_the_test_case_says_and_when() -> None:
    office = office_of("restaurant", BUNDLES["restaurant"])
    text = """
answers: {discharges_sewage: true}
work: 1h
steps:
  R01: {after: 7h}
  R08.check: [{say: return}, {say: agree, after: 2h}]
  R11: {decide: refused}
  R11.confirm_refusal: {confirm: false}
pauses: [{item: R11, procedure: 水质检测, after: 0.5h, lasts: 3wd}]
"""
    outcome = run(office, written(text))
    assert outcome.stopped == ""
    assert outcome.steps("R08") == ("review", "check", "review", "check", "decide")
    assert outcome.steps("R11") == ("review", "decide", "confirm_refusal", "decide")
    assert outcome.states["R11"] == "approved", "the refusal was not confirmed"
    at = {
        done.key: done.at.astimezone(OFFICE_ZONE).strftime("%m-%d %H:%M") for done in outcome.path
    }
    assert at["R01.decide"] == "03-03 09:30", "a full day of work"
    assert at["R08.decide"] == "03-03 09:30", "it waits for R01"
    assert at["R11.review"] == "03-05 10:00", "nothing is said while the clock stands still"


def test_what_waits_for_a_refused_item_is_refused_or_not_begun() -> None:
    office = office_of("restaurant", BUNDLES["restaurant"])
    outcome = run(office, written("steps: {R01: {decide: refused, after: 6h}}"))
    assert outcome.states == {
        "R01": "rejected", "R02": "not_needed", "R03": "not_needed", "R08": "rejected",
        "R13": "approved",
    }  # fmt: skip
    assert outcome.documents == ("R01", "R08", "R13")


def test_who_is_late_is_warned_by_the_real_clockwork_and_the_light_is_red() -> None:
    office = office_of("restaurant", BUNDLES["restaurant"])
    outcome = run(office, written("steps: {R13: {after: 14wd}}"))
    assert (outcome.light, outcome.stopped) == ("red", "")
    silent = run(office, written("accept: 6wd"))
    assert silent.accepted_at == datetime(2026, 3, 2, 9, 30, tzinfo=OFFICE_ZONE), "§32(4)"
    assert silent.stopped == ""


def test_a_case_may_end_before_anything_is_decided_and_that_can_be_expected() -> None:
    office = office_of("restaurant", BUNDLES["restaurant"])
    case = written("supplement: {materials: [M03], after: 20wd}")
    outcome = run(office, case)
    assert (outcome.ends, outcome.stopped) == ("withdrawn", "")
    assert [line.fits for line in compare(case.expect, outcome)] == [False]
    assert all(line.fits for line in compare(expectations(outcome), outcome))


def test_a_trial_that_cannot_go_on_says_why() -> None:
    pause = "{item: R11, procedure: 水质检测, lasts: 70wd}"
    text = f"answers: {{discharges_sewage: true}}\npauses: [{pause}]"
    outcome = run(office_of("restaurant", BUNDLES["restaurant"]), written(text))
    lines = compare(expectations(outcome), outcome)
    assert [(line.what, line.actual) for line in lines if not line.fits] == [
        ("ends", "in_review"), ("stopped", "特别程序所需时间应为 1 到 60 个工作日。")
    ][::-1]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("pace: 2h", 3, "不认识“pace”"),
        ("work: 2x", 3, "无法识别"),
        ("answers:\n  nothing: true", 4, "nothing"),
        ("steps:\n  R08.decide: {decide: perhaps}", 4, "granted、refused、returned"),
        ("steps:\n  R99: {decide: refused}", 4, "没有编号为“R99”的事项"),
        ("steps:\n  R01.review: {say: agree}", 4, "没有环节“review”"),
        ("pauses:\n  - {item: R10, procedure: 水质检测, lasts: 2wd}", 4, "没有可以停表"),
        ("supplement: {materials: [M99]}", 3, "没有编号为“M99”的材料"),
        ("expect:\n  decided: tomorrow", 4, "不是一个日期"),
        ("expect:\n  due: {R77: 2026-03-09}", 4, "没有编号为“R77”的事项"),
    ],
)
def test_a_fault_of_a_test_case_is_told_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(TestCaseInvalid) as refused:
        written(text)
    fault = refused.value.faults[0]
    assert fault.line == line and words in fault.text


def test_a_case_begins_in_a_year_of_this_world() -> None:
    for begins in ("1890-01-01T09:00", "9999-12-31T09:00", "soon"):
        with pytest.raises(TestCaseInvalid) as refused:
            read_test("restaurant", BUNDLES["restaurant"], "x", f"name: x\nbegins: {begins}")
        assert "不是一个时刻" in refused.value.faults[0].text


def test_a_process_that_could_not_be_published_is_not_tried() -> None:
    bundle = BUNDLES["restaurant"]
    sources = {name: text.replace('calledElement="item_instant"', 'calledElement="nowhere"')
               for name, text in bundle.sources.items()}  # fmt: skip
    with pytest.raises(ProcessInvalid):
        office_of("restaurant", Bundle(sources, bundle.catalogue, bundle.forms))


def test_a_real_case_becomes_a_test_case_without_anything_personal(hall: Hall) -> None:
    number = hall.accepted({"has_signboard": True, "discharges_sewage": True})
    hall.at("2026-03-02T14:00")
    hall.refuse(number, "R10")
    with hall.read() as session, pytest.raises(CaseNotDecided):
        record(session, session.merge(hall.case(number)), load("cn"), "录制")
    hall.at("2026-03-03T10:00")
    hall.suspend(number, "R11") if hall.item(number, "R11").state == "reviewing" else None
    hall.at("2026-03-05T10:00")
    hall.grant_all(number)
    with hall.read() as session:
        case = session.merge(hall.case(number))
        text = write(record(session, case, load("cn"), "录制"))
        process, bundle = case.version.process, bundle_of(case.version)
        catalogue = published(case.version).catalogue
    for private in (number, "金味", "9133", "13800000000", "已审查", "依法决定"):
        assert private not in text
    found = read(text, "x", catalogue, steps_of(process, bundle))
    outcome = run(office_of(process, bundle), found)
    wrong = [line for line in compare(found.expect, outcome) if not line.fits]
    assert wrong == [] and outcome.states["R10"] == "rejected"
    assert hall.item(number, "R10").state == "rejected" and Decision.REFUSED in text


def test_working_time_is_one_line_and_agrees_with_the_limits_of_the_law() -> None:
    calendar = load("cn")
    work = WorkTime(calendar)
    friday = datetime(2026, 2, 13, 17, 0, tzinfo=OFFICE_ZONE)
    for hours in ("0.5h", "3.5h", "14h", "100h"):
        limit = Limit.parse(hours)
        assert work.later(friday, work.span(limit)) == due(Ledger(friday, limit), calendar).at
    evening = datetime(2026, 2, 14, 22, 0, tzinfo=OFFICE_ZONE)
    assert work.later(evening, 0) == evening
    assert work.moment(work.place(friday)) == friday
    assert work.span(Limit.parse("2wd")) == 2 * work.in_a_day == 14 * 3600
