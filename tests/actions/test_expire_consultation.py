"""逾期视为同意: only where a rule of the place says so, once, and marked as nobody's own word."""

import pytest

from tests.evidence import climbed, only, path, refused
from tests.hall import APPLICANT, Hall
from tests.processes import PROCESSES
from tests.talking import answer, asked, clock_of, questions, told, under_review
from tests.test_races import run_all, sweep_at_once
from workflows.actions.climb import NotDue
from workflows.actions.consultations import ConsultationClosed
from workflows.actions.expire_consultation import ExpireConsultation
from workflows.actions.suspend_case import SuspendCase
from workflows.actions.withdraw import Withdraw
from workflows.models import Answer
from workflows.permissions import Role

LATE = "2026-03-12T00:00"


@pytest.fixture
def number(hall: Hall) -> str:
    """A case whose sewage licence is under review where silence is consent."""
    hall.publish(("silence: open", "silence: agrees"))
    return under_review(hall)


def test_silence_agrees_when_the_time_is_over_and_says_that_it_was_silence(
    hall: Hall, number: str
) -> None:
    row = asked(hall, number)
    hall.at("2026-03-11T23:59:59")
    hall.sweep()
    assert questions(hall, number)[0].answer is None
    assert climbed(hall, number, "consultation", "R11")[0][1:] == ("yellow", "handler")
    hall.at(LATE)
    assert hall.sweep() > 0
    [after] = questions(hall, number)
    assert (after.answer, after.answered_by) == (Answer.AGREE, None)
    event = next(e for e in hall.history(number) if e.action == "expire_consultation")
    assert path(event) == ("in_review", "in_review")
    assert event.details == {
        "item": "R11", "department": "生态环境局", "answer": "agree", "silent": True,
        "number": row.number,
    }  # fmt: skip
    assert told(hall, number)[-2:] == [("ZJ", "handler", "yellow"), ("HB", "checker", "yellow")]
    with refused(hall, ConsultationClosed):
        hall.act("hb.handler", number, answer(row, Answer.DISAGREE, "位于水源保护区"))


def test_it_happens_once_however_often_the_clockwork_looks(hall: Hall, number: str) -> None:
    asked(hall, number)
    hall.at("2026-03-20T10:00")
    hall.sweep()
    assert hall.sweep() == 0
    assert hall.actions(number).count("expire_consultation") == 1


def test_two_schedulers_at_once_fire_it_once(hall: Hall, number: str) -> None:
    for department in ("HB", "WJ", "GA", "SW"):
        asked(hall, number, department)
    hall.at(LATE)
    now, settings = hall.clock.now(), hall.services.settings
    gate, climbed_by_each = PROCESSES.Barrier(2), PROCESSES.Queue()
    run_all(sweep_at_once, [(settings, now, gate, climbed_by_each)] * 2)
    assert [climbed_by_each.get(timeout=10) for _ in range(2)]
    assert hall.actions(number).count("expire_consultation") == 4
    assert {row.answer for row in questions(hall, number)} == {Answer.AGREE}


def test_without_such_a_rule_silence_is_no_answer(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    hall.at("2026-03-20T10:00")
    hall.sweep()
    assert "expire_consultation" not in hall.actions(number)
    with refused(hall, NotDue):
        hall.act("system", number, ExpireConsultation(row.deadline_id))


def test_who_answered_is_not_silent(hall: Hall, number: str) -> None:
    row = asked(hall, number)
    hall.act("hb.handler", number, answer(row, Answer.DISAGREE, "位于水源保护区"))
    hall.at(LATE)
    hall.sweep()
    assert questions(hall, number)[0].answer is Answer.DISAGREE
    with refused(hall, NotDue):
        hall.act("system", number, ExpireConsultation(row.deadline_id))


def test_nothing_is_answered_in_a_case_that_was_withdrawn(hall: Hall, number: str) -> None:
    row = asked(hall, number)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    hall.at(LATE)
    hall.sweep()
    assert "expire_consultation" not in hall.actions(number)
    assert clock_of(hall, row).next_at is None


def test_the_time_to_answer_passes_in_a_suspended_case_too(hall: Hall, number: str) -> None:
    asked(hall, number)
    hall.act("lead", number, SuspendCase("核实申请人身份"))
    hall.at(LATE)
    hall.sweep()
    assert questions(hall, number)[0].answer is Answer.AGREE


def test_only_the_clock_takes_silence_for_an_answer(hall: Hall, number: str) -> None:
    row = asked(hall, number)
    only(hall, number, ExpireConsultation(row.deadline_id), Role.SYSTEM)
