"""投诉签收: by the department, or given back once."""

from tests.complaints import HEAD, complained, examined, running
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.people import NotYourTask
from workflows.actions.sign_for_complaint import GivenBackAlready, SignForComplaint
from workflows.permissions import Role

BACK = SignForComplaint(False, "不属于本部门职责")


def test_it_is_given_back_once_and_then_signed_for(hall: Hall) -> None:
    one = examined(hall, complained(hall))
    first = running(hall, one)["handle"].due_at
    with refused(hall, ReasonMissing):
        hall.act(HEAD, one.key, SignForComplaint(False))
    assert path(one_row(hall, HEAD, one.key, BACK)) == ("signing", "examining")
    hall.clock.advance(days=1)
    examined(hall, one)
    assert running(hall, one)["handle"].due_at == first, "to and fro wins no time"
    with refused(hall, GivenBackAlready):
        hall.act(HEAD, one.key, BACK)
    row = one_row(hall, HEAD, one.key, SignForComplaint(True))
    assert path(row) == ("signing", "investigating")
    assert list(running(hall, one)) == ["handle"]


def test_nobody_else_signs(hall: Hall) -> None:
    one = examined(hall, complained(hall))
    for who in ("sj.handler", "yc.checker"):
        with refused(hall, NotYourTask):
            hall.act(who, one.key, SignForComplaint(True))
    only(hall, one.key, SignForComplaint(True), Role.APPROVER)
