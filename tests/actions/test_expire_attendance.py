"""缺席: who has said nothing when the time after the meeting is over was absent, once."""

import pytest

from tests.evidence import only, path, refused
from tests.hall import APPLICANT, Hall
from tests.processes import PROCESSES
from tests.talking import VISITED, meeting, seats, told, visit, visited
from tests.test_races import run_all, sweep_at_once
from workflows.actions.climb import NotDue
from workflows.actions.conclude_meeting import ConcludeMeeting
from workflows.actions.expire_attendance import ExpireAttendance
from workflows.actions.record_attendance import AttendanceClosed, RecordAttendance
from workflows.actions.suspend_case import SuspendCase
from workflows.actions.withdraw import Withdraw
from workflows.models import Answer
from workflows.permissions import Role

THEN, LATE = "2026-03-04T11:00", "2026-03-06T00:00"


@pytest.fixture
def number(hall: Hall) -> str:
    """A case that is visited on Wednesday by three departments."""
    return visited(hall)


def test_the_silent_are_absent_and_their_checkers_are_told(hall: Hall, number: str) -> None:
    hall.act("cg.handler", number, RecordAttendance(seats(hall, number)["CG"].id, True))
    hall.at(THEN)
    said = RecordAttendance(seats(hall, number)["SJ"].id, True, Answer.AGREE)
    hall.act("sj.handler", number, said)
    hall.at("2026-03-05T23:59:59")
    hall.sweep()
    assert seats(hall, number)["XF"].attends is None
    hall.at(LATE)
    hall.sweep()
    after = seats(hall, number)
    assert [(after[code].attends, after[code].conclusion) for code in ("SJ", "XF", "CG")] == [
        (True, Answer.AGREE), (False, None), (False, None),
    ]  # fmt: skip
    event = next(e for e in hall.history(number) if e.action == "expire_attendance")
    assert path(event) == ("in_review", "in_review")
    assert event.details["absent"] == ["城市管理局", "消防救援大队"]
    assert ("XF", "checker", "yellow") in told(hall, number)
    late = RecordAttendance(after["XF"].id, True, Answer.AGREE)
    with refused(hall, AttendanceClosed):
        hall.act("xf.handler", number, late)
    hall.act("lead", number, ConcludeMeeting(meeting(hall, number).id, "两家缺席。"))


def test_where_a_rule_of_the_place_says_so_the_silent_agree(hall: Hall) -> None:
    hall.publish(("silence: open", "silence: agrees"))
    number = visited(hall)
    hall.at(LATE)
    hall.sweep()
    after = seats(hall, number)["XF"]
    assert (after.attends, after.conclusion, after.by) == (False, Answer.AGREE, None)


def test_two_schedulers_at_once_fire_it_once(hall: Hall, number: str) -> None:
    hall.at(LATE)
    gate, climbed = PROCESSES.Barrier(2), PROCESSES.Queue()
    run_all(sweep_at_once, [(hall.services.settings, hall.clock.now(), gate, climbed)] * 2)
    assert [climbed.get(timeout=10) for _ in range(2)]
    assert hall.actions(number).count("expire_attendance") == 1
    assert hall.sweep() == 0


def test_before_the_time_is_over_and_after_a_withdrawal_nobody_is_absent(
    hall: Hall, number: str
) -> None:
    early = ExpireAttendance(meeting(hall, number).deadline_id)
    with refused(hall, NotDue):
        hall.act("system", number, early)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    hall.at(LATE)
    hall.sweep()
    assert seats(hall, number)["XF"].attends is None


def test_it_happens_in_a_suspended_case_and_after_the_decision_too(hall: Hall, number: str) -> None:
    decided = hall.accepted(VISITED)
    hall.act("lead", decided, visit("R08", departments=["WJ"]))
    hall.at("2026-03-04T11:00")  # it has taken place; the items need nobody any more, a guest may
    hall.grant_all(decided)
    hall.act("lead", number, SuspendCase("核实申请人身份"))
    hall.at(LATE)
    hall.sweep()
    for one in (number, decided):
        assert hall.actions(one).count("expire_attendance") == 1


def test_only_the_clock_does_it(hall: Hall, number: str) -> None:
    only(hall, number, ExpireAttendance(meeting(hall, number).deadline_id), Role.SYSTEM)
