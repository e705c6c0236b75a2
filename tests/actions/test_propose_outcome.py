"""调查、拟办意见: by who handles it, with what was found."""

from tests.complaints import HEAD, complained, examined, signed_for
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.complaints import NotHandling
from workflows.actions.people import NotYourTask
from workflows.actions.propose_outcome import ProposeOutcome
from workflows.models import Finding, Way
from workflows.permissions import Role

PROVEN = ProposeOutcome(Finding.PROVEN, "确有延误")


def test_the_department_proposes(hall: Hall) -> None:
    one = signed_for(hall)
    only(hall, one.key, PROVEN, Role.SUPERVISOR, Role.APPROVER)
    with refused(hall, ReasonMissing):
        hall.act(HEAD, one.key, ProposeOutcome(Finding.PROVEN, ""))
    with refused(hall, NotYourTask):
        hall.act("supervisor", one.key, PROVEN)
    row = one_row(hall, HEAD, one.key, PROVEN)
    assert path(row) == ("investigating", "weighing")
    assert (row.details["finding"], row.details["round"]) == ("proven", 1)


def test_what_the_supervisors_handle_is_theirs(hall: Hall) -> None:
    one = examined(hall, complained(hall), Way.OWN)
    with refused(hall, NotHandling):
        hall.act(HEAD, one.key, PROVEN)
    one_row(hall, "supervisor", one.key, PROVEN)
