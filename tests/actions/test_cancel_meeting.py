"""取消联合踏勘: who leads it calls it off, with a reason; what has taken place is concluded."""

from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.talking import clock_of, meeting, seats, told, visit, visited
from workflows.actions.base import ReasonMissing
from workflows.actions.cancel_meeting import CancelMeeting, TookPlace
from workflows.actions.meetings import NoSuchMeeting, NotLeading
from workflows.actions.record_attendance import RecordAttendance
from workflows.models import Answer, Notice
from workflows.permissions import Role

REASON = "申请人当天停业"


def test_it_is_called_off_everybody_is_told_and_nobody_is_absent(hall: Hall) -> None:
    number = visited(hall)
    action = CancelMeeting(meeting(hall, number).id, REASON)
    hall.act("cg.handler", number, RecordAttendance(seats(hall, number)["CG"].id, True))
    before = len(told(hall, number))
    row = one_row(hall, "sj.handler", number, action)
    assert path(row) == ("in_review", "in_review")
    assert row.details == {"kind": "visit", "number": "TK〔2026〕第000001号", "reason": REASON}
    assert [who for who, *_ in told(hall, number)[before:]] == ["CG", "SJ", "XF"]
    with hall.read() as session:
        latest = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        assert latest is not None and latest.params["reason"] == REASON
    after = meeting(hall, number)
    assert after.cancelled and clock_of(hall, after).next_at is None
    assert all(seat.released for seat in seats(hall, number).values())
    hall.act("lead", number, visit("R08", at="2026-03-06T09:00"))  # on another day
    with refused(hall, NoSuchMeeting):
        hall.act("lead", number, action)


def test_only_who_leads_with_a_reason_and_before_anything_is_found(hall: Hall) -> None:
    number = visited(hall)
    row = meeting(hall, number).id
    only(hall, number, CancelMeeting(row, REASON), Role.APPROVER, Role.WINDOW_LEAD)
    with refused(hall, NotLeading):
        hall.act("xf.handler", number, CancelMeeting(row, REASON))
    with refused(hall, ReasonMissing):
        hall.act("lead", number, CancelMeeting(row, " "))
    hall.at("2026-03-04T11:00")
    found = RecordAttendance(seats(hall, number)["XF"].id, True, Answer.AGREE)
    hall.act("xf.handler", number, found)
    with refused(hall, TookPlace):
        hall.act("lead", number, CancelMeeting(row, REASON))
