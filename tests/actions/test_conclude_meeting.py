"""勘验笔录、会审纪要: all have spoken or are late, then the minutes are kept."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.talking import clock_of, meeting, seats, told, visit, visited
from workflows.actions.base import ReasonMissing
from workflows.actions.conclude_meeting import ConcludeMeeting, ConclusionsAwaited
from workflows.actions.meetings import MeetingNotYet, NoSuchMeeting, NotLeading
from workflows.actions.record_attendance import AttendanceClosed, RecordAttendance
from workflows.models import Answer
from workflows.permissions import Role

THEN, LATER = "2026-03-04T11:00", "2026-03-06T09:30"
MINUTES = "现场两名执法人员查看，出口两处。"


@pytest.fixture
def number(hall: Hall) -> str:
    """A case that is visited on Wednesday by three departments."""
    return visited(hall)


def minutes(hall: Hall, number: str) -> ConcludeMeeting:
    return ConcludeMeeting(meeting(hall, number).id, MINUTES)


def speak(hall: Hall, number: str, *departments: str) -> None:
    """These departments have found nothing wrong."""
    for code in departments:
        said = RecordAttendance(seats(hall, number)[code].id, True, Answer.AGREE)
        hall.act(f"{code.lower()}.handler", number, said)


def test_the_minutes_are_kept_with_who_was_absent(hall: Hall, number: str) -> None:
    absent = RecordAttendance(seats(hall, number)["CG"].id, False, finding="另有执法任务")
    hall.act("cg.handler", number, absent)
    hall.at(THEN)
    speak(hall, number, "SJ", "XF")
    row = one_row(hall, "sj.handler", number, minutes(hall, number))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "kind": "visit", "number": "TK〔2026〕第000001号", "minutes": MINUTES,
        "absent": ["城市管理局"],
    }  # fmt: skip
    after = meeting(hall, number)
    assert (after.minutes, after.concluded_by) == (MINUTES, hall.actor("sj.handler").name)
    hall.act("lead", number, visit("R08", at=LATER))  # what was concluded may be visited again


def test_who_still_has_time_to_speak_is_waited_for(hall: Hall, number: str) -> None:
    hall.at(THEN)
    speak(hall, number, "SJ")
    with refused(hall, ConclusionsAwaited, "城市管理局、消防救援大队"):
        hall.act("lead", number, minutes(hall, number))
    hall.at(LATER)  # the clockwork has not looked
    hall.act("lead", number, minutes(hall, number))
    assert hall.history(number)[-1].details["absent"] == ["城市管理局", "消防救援大队"]
    assert clock_of(hall, meeting(hall, number)).next_at is None
    assert {one for one in told(hall, number) if one[1] == "checker"} == {
        ("CG", "checker", "yellow"), ("XF", "checker", "yellow"),
    }  # fmt: skip
    with refused(hall, AttendanceClosed):
        speak(hall, number, "XF")


def test_no_minutes_before_the_time_and_none_that_say_nothing(hall: Hall, number: str) -> None:
    with refused(hall, MeetingNotYet):
        hall.act("lead", number, minutes(hall, number))
    hall.at(LATER)
    with refused(hall, ReasonMissing):
        hall.act("lead", number, ConcludeMeeting(meeting(hall, number).id, " "))


def test_the_window_lead_or_the_leading_department_keeps_them_once(hall: Hall, number: str) -> None:
    hall.at(LATER)
    only(hall, number, minutes(hall, number), Role.APPROVER, Role.WINDOW_LEAD)
    with refused(hall, NotLeading):
        hall.act("xf.handler", number, minutes(hall, number))
    hall.act("sj.checker", number, minutes(hall, number))
    with refused(hall, NoSuchMeeting):
        hall.act("lead", number, minutes(hall, number))


def test_a_meeting_of_another_case_is_not_concluded_here(hall: Hall, number: str) -> None:
    hall.at(LATER)
    other = hall.accepted()
    with refused(hall, NoSuchMeeting):
        hall.act("lead", other, minutes(hall, number))
