"""参加、缺席: each department speaks for itself, and decides nothing by it."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.talking import clock_of, meeting, seats, visited
from workflows.actions.base import ReasonMissing
from workflows.actions.meetings import MeetingNotYet
from workflows.actions.people import NotYourTask
from workflows.actions.record_attendance import (
    AttendanceClosed,
    ConclusionMissing,
    FindingMissing,
    RecordAttendance,
)
from workflows.actions.suspend_case import SuspendCase
from workflows.models import Answer
from workflows.permissions import Role
from workflows.states import ItemState

THEN = "2026-03-04T11:00"


@pytest.fixture
def number(hall: Hall) -> str:
    """A case that is visited on Wednesday by three departments."""
    return visited(hall)


def comes(hall: Hall, number: str, department: str = "XF") -> RecordAttendance:
    return RecordAttendance(seats(hall, number)[department].id, True)


def test_before_the_time_one_says_whether_one_comes_and_then_what_one_found(
    hall: Hall, number: str
) -> None:
    row = one_row(hall, "xf.handler", number, comes(hall, number))
    assert path(row) == ("in_review", "in_review")
    assert (row.details["attends"], row.details["answer"]) == (True, None)
    assert seats(hall, number)["XF"].closed_at is None
    hall.at(THEN)
    seat = seats(hall, number)["XF"].id
    said = RecordAttendance(seat, True, Answer.DISAGREE, "安全出口不足")
    row = one_row(hall, "xf.handler", number, said)
    assert row.details == {
        "kind": "visit", "number": "TK〔2026〕第000001号", "item": "R09",
        "department": "消防救援大队", "attends": True, "answer": "disagree",
        "reason": "安全出口不足",
    }  # fmt: skip
    after = seats(hall, number)["XF"]
    assert (after.conclusion, after.by) == (Answer.DISAGREE, hall.actor("xf.handler").name)


def test_a_conclusion_is_a_fact_and_decides_no_item(hall: Hall, number: str) -> None:
    hall.at(THEN)
    seat = seats(hall, number)["XF"].id
    hall.act("xf.handler", number, RecordAttendance(seat, True, Answer.DISAGREE, "安全出口不足"))
    assert hall.item(number, "R09").state is ItemState.RECEIVED
    hall.grant(number, "R01")
    hall.grant(number, "R09")


def test_nobody_concludes_before_it_took_place(hall: Hall, number: str) -> None:
    said = RecordAttendance(seats(hall, number)["XF"].id, True, Answer.AGREE)
    with refused(hall, MeetingNotYet, "2026-03-04 09:00"):
        hall.act("xf.handler", number, said)


def test_an_absence_has_a_reason_and_so_has_a_disagreement(hall: Hall, number: str) -> None:
    seat = seats(hall, number)["XF"].id
    with refused(hall, ReasonMissing):
        hall.act("xf.handler", number, RecordAttendance(seat, False))
    hall.at(THEN)
    with refused(hall, ConclusionMissing):
        hall.act("xf.handler", number, RecordAttendance(seat, True))
    with refused(hall, FindingMissing):
        hall.act("xf.handler", number, RecordAttendance(seat, True, Answer.DISAGREE, "不"))
    hall.act("xf.handler", number, RecordAttendance(seat, False, finding="另有火灾扑救任务"))
    after = seats(hall, number)["XF"]
    assert (after.attends, after.conclusion, after.finding) == (False, None, "另有火灾扑救任务")


def test_what_was_said_is_not_said_again(hall: Hall, number: str) -> None:
    hall.at(THEN)
    said = RecordAttendance(seats(hall, number)["XF"].id, True, Answer.AGREE)
    hall.act("xf.handler", number, said)
    with refused(hall, AttendanceClosed):
        hall.act("xf.handler", number, said)


def test_who_said_it_would_come_may_still_be_kept_away(hall: Hall, number: str) -> None:
    hall.act("xf.handler", number, comes(hall, number))
    absent = RecordAttendance(seats(hall, number)["XF"].id, False, finding="临时出警")
    hall.act("xf.handler", number, absent)
    assert seats(hall, number)["XF"].attends is False


def test_when_all_have_spoken_nobody_is_waited_for(hall: Hall, number: str) -> None:
    hall.at(THEN)
    for code, seat in seats(hall, number).items():
        said = RecordAttendance(seat.id, True, Answer.AGREE)
        hall.act(f"{code.lower()}.handler", number, said)
    assert clock_of(hall, meeting(hall, number)).next_at is None


def test_only_the_department_invited_speaks_for_itself(hall: Hall, number: str) -> None:
    only(hall, number, comes(hall, number), Role.APPROVER)
    for who in ("sj.handler", "xf.checker"):
        with refused(hall, NotYourTask):
            hall.act(who, number, comes(hall, number))
    holder = hall.actor("xf.handler").name
    hall.away("xf.handler", "2026-03-02")
    row = one_row(hall, "xf.handler2", number, comes(hall, number))
    assert row.acting_for == holder


def test_a_seat_of_another_case_is_not_taken_here(hall: Hall, number: str) -> None:
    other = hall.accepted()
    with refused(hall, AttendanceClosed):
        hall.act("xf.handler", other, comes(hall, number))


def test_a_suspended_case_does_not_silence_the_departments(hall: Hall, number: str) -> None:
    hall.act("lead", number, SuspendCase("核实申请人身份"))
    hall.act("xf.handler", number, comes(hall, number))
