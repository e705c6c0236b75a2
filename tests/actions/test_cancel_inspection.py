"""An inspection is called off with a reason, before it was carried out."""

from tests.evidence import one_row, path, refused
from tests.hall import Hall
from tests.inspecting import RESULT, approved, filed, stored
from workflows.actions.base import ReasonMissing
from workflows.actions.cancel_inspection import CancelInspection
from workflows.actions.people import NotYourTask
from workflows.states import NotAllowedInState

STORM = CancelInspection("台风停工")


def test_it_is_called_off_before_and_after_it_was_approved(hall: Hall) -> None:
    first, second = filed(hall), approved(hall, token="another")
    assert path(one_row(hall, "sj.handler", first.key, STORM)) == ("filed", "cancelled")
    assert path(one_row(hall, "sj.handler", second.key, STORM)) == ("approved", "cancelled")
    found = stored(hall, first.number)
    assert found.reason == "台风停工" and found.closed_at is not None


def test_not_without_a_reason_not_by_others_and_not_afterwards(hall: Hall) -> None:
    inspection = approved(hall)
    with refused(hall, ReasonMissing):
        hall.act("sj.handler", inspection.key, CancelInspection(""))
    with refused(hall, NotYourTask):
        hall.act("xf.handler", inspection.key, STORM)
    hall.at("2026-03-11T09:00")
    hall.act("sj.handler", inspection.key, RESULT)
    with refused(hall, NotAllowedInState):
        hall.act("sj.handler", inspection.key, STORM)
