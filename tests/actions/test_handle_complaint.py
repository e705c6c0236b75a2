"""投诉处理: something is done, and the time to answer begins."""

from server.view import minute
from tests.complaints import HEAD, passed, proposed, running, signed_for
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.handle_complaint import HandleComplaint, MeasureUnknown
from workflows.permissions import Role


def test_it_is_handled_and_answered_within_two_working_days(hall: Hall) -> None:
    one = passed(hall, proposed(hall, signed_for(hall)))
    only(hall, one.key, HandleComplaint("talk", "已谈话"), Role.SUPERVISOR, Role.APPROVER)
    with refused(hall, MeasureUnknown):
        hall.act(HEAD, one.key, HandleComplaint("invented", "已处理"))
    with refused(hall, ReasonMissing):
        hall.act(HEAD, one.key, HandleComplaint("talk", ""))
    row = one_row(hall, HEAD, one.key, HandleComplaint("talk", "已谈话"))
    assert path(row) == ("handling", "answering")
    due = {clock: minute(row.due_at) for clock, row in running(hall, one).items()}
    assert due == {"reply": "2026-03-04 23:59"}
