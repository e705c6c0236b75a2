"""A suspended case rests: nobody acts on it; only what §45 names stops the time."""

import pytest

from tests.hall import APPLICANT, Hall
from tests.moving import publish, timers
from workflows.actions import NotPermitted
from workflows.actions.base import ReasonMissing
from workflows.actions.resume_case import ResumeCase
from workflows.actions.suspend_case import Ground, SuspendCase, SuspensionUnplanned
from workflows.actions.withdraw import Withdraw
from workflows.models.deadline import Basis, Clock
from workflows.states import CaseState, NotAllowedInState

REASON = "申请人主体资格正在重新核实"


def test_nobody_acts_on_its_tasks_until_it_is_resumed(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("lead", number, SuspendCase(REASON))
    assert hall.case(number).state is CaseState.SUSPENDED
    with pytest.raises(NotAllowedInState):
        hall.sign_for(number, "R08")
    hall.act("lead", number, ResumeCase("核实无误"))
    hall.grant_all(number)
    assert hall.case(number).state is CaseState.DECIDED


def test_on_a_ground_that_is_not_the_laws_every_limit_runs_on(hall: Hall) -> None:
    number = hall.accepted()
    before = hall.deadline(number, Clock.ITEM, item="R08").due_at
    hall.act("lead", number, SuspendCase(REASON))
    details = hall.history(number)[-1].details
    assert (details["limits"], details["ground"]) == ("running", None)
    assert details["number"].startswith("ZT〔2026〕")
    assert hall.deadline(number, Clock.ITEM, item="R08").due_at == before
    hall.at("2026-03-12T10:00")
    hall.sweep()
    assert "escalate" in hall.actions(number)


def test_a_hearing_stops_the_limits_for_the_days_that_were_told(hall: Hall) -> None:
    number = hall.accepted()
    joint = hall.deadline(number, Clock.CASE, Basis.STATUTORY).due_at
    item = hall.deadline(number, Clock.ITEM, item="R08")
    assert item.due_at is not None and item.due_at.isoformat().startswith("2026-03-09")
    hall.at("2026-03-03T10:00")
    hall.act("lead", number, SuspendCase("依法举行听证", Ground.HEARING, 5))
    hall.at("2026-03-06T10:00")
    hall.act("lead", number, ResumeCase("听证结束"))
    after = hall.deadline(number, Clock.ITEM, item="R08")
    assert after.due_at is not None and after.due_at.isoformat().startswith("2026-03-12")
    moved = hall.deadline(number, Clock.CASE, Basis.STATUTORY).due_at
    assert joint is not None and moved is not None and (moved - joint).days >= 3


def test_longer_than_was_told_runs_against_the_departments(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("lead", number, SuspendCase("依法举行听证", Ground.HEARING, 2))
    hall.at("2026-03-20T10:00")
    hall.act("lead", number, ResumeCase("听证结束"))
    due = hall.deadline(number, Clock.ITEM, item="R08").due_at
    assert due is not None and due.isoformat().startswith("2026-03-11")


def test_a_timer_of_the_diagram_waits_and_runs_out_when_the_case_is_resumed(hall: Hall) -> None:
    publish(hall, "1wd")
    number = hall.accepted()
    hall.act("lead", number, SuspendCase(REASON))
    due = timers(hall, number)[0].due_at
    hall.at("2026-03-05T10:00")
    hall.sweep()
    assert "fire_timer" not in hall.actions(number)
    hall.act("lead", number, ResumeCase("核实无误"))
    assert timers(hall, number)[0].due_at == due
    hall.sweep()
    assert hall.actions(number).count("fire_timer") == 1


def test_the_applicant_may_still_withdraw(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("lead", number, SuspendCase("依法举行听证", Ground.HEARING, 5))
    hall.act(APPLICANT, number, Withdraw("不再经营"))
    assert hall.case(number).state is CaseState.WITHDRAWN
    assert all(row.ended_on for row in hall.case(number).pauses)


def test_a_reason_and_for_the_law_the_days_are_needed(hall: Hall) -> None:
    number = hall.accepted()
    with pytest.raises(ReasonMissing):
        hall.act("lead", number, SuspendCase(" "))
    with pytest.raises(SuspensionUnplanned):
        hall.act("lead", number, SuspendCase("依法举行听证", Ground.HEARING))
    with pytest.raises(NotPermitted):
        hall.act("window1", number, SuspendCase(REASON))
