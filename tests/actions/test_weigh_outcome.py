"""审核拟办意见: passed, or sent back with a new limit; every round is counted."""

from server.view import minute
from tests.complaints import as_now, proposed, running, signed_for
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.weigh_outcome import WeighOutcome
from workflows.permissions import Role


def test_poor_work_is_done_again_with_a_limit_of_its_own(hall: Hall) -> None:
    one = proposed(hall, signed_for(hall))
    only(hall, one.key, WeighOutcome(False, "没有查清"), Role.SUPERVISOR)
    with refused(hall, ReasonMissing):
        hall.act("supervisor", one.key, WeighOutcome(False, ""))
    hall.at("2026-03-09T10:00")
    row = one_row(hall, "supervisor", one.key, WeighOutcome(False, "没有查清"))
    assert path(row) == ("weighing", "investigating") and row.details["round"] == 2
    assert minute(running(hall, one)["handle"].due_at) == "2026-03-30 23:59"
    proposed(hall, one)
    row = one_row(hall, "supervisor", one.key, WeighOutcome(True, "同意"))
    assert path(row) == ("weighing", "handling") and as_now(hall, one).round == 2
