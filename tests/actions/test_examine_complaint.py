"""投诉审核: taken up and handed to somebody, or declined with the reason."""

from server.view import minute
from tests.complaints import as_now, complained, examined, running
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.complaints import ComplaintNotFound
from workflows.actions.examine_complaint import DepartmentWanted, ExamineComplaint
from workflows.models import Way
from workflows.permissions import Role


def test_what_is_handed_on_is_signed_for_by_the_next_day(hall: Hall) -> None:
    one = complained(hall)
    action = ExamineComplaint(True, "属于受理范围", Way.REFERRED, "SJ", complex=True)
    row = one_row(hall, "supervisor", one.key, action)
    assert path(row) == ("examining", "signing") and row.details["department"] == "SJ"
    due = {clock: minute(row.due_at) for clock, row in running(hall, one).items()}
    assert due == {"handle": "2026-04-14 23:59", "sign": "2026-03-03 23:59"}


def test_what_the_supervisors_handle_themselves_is_investigated_at_once(hall: Hall) -> None:
    one = examined(hall, complained(hall), Way.OWN)
    assert (one.state, one.round, one.department_code) == ("investigating", 1, None)
    assert list(running(hall, one)) == ["handle"]


def test_what_is_declined_is_over_and_says_why(hall: Hall) -> None:
    one = complained(hall)
    row = one_row(hall, "supervisor", one.key, ExamineComplaint(False, "属于诉讼事项"))
    assert path(row) == ("examining", "not_accepted")
    now = as_now(hall, one)
    assert (now.answer, now.closed_at) == ("属于诉讼事项", hall.clock.now())
    assert running(hall, one) == {}


def test_a_reason_and_a_department_are_wanted(hall: Hall) -> None:
    one = complained(hall)
    with refused(hall, ReasonMissing):
        hall.act("supervisor", one.key, ExamineComplaint(True, ""))
    with refused(hall, DepartmentWanted):
        hall.act("supervisor", one.key, ExamineComplaint(True, "受理", Way.ASSIGNED, "NO"))
    with refused(hall, ComplaintNotFound):
        hall.act("supervisor", "complaint:TS1", ExamineComplaint(True, "受理"))
    only(hall, one.key, ExamineComplaint(True, "受理"), Role.SUPERVISOR)
