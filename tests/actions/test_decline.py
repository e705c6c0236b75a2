"""不予受理: proposed with a ground and a reason; it takes effect only when it is confirmed."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.silence import NoticeTooLate
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import CaseState, NotAllowedInState

ELSEWHERE = Decline(DeclineGround.NOT_COMPETENT, "属于邻县管辖", "邻县行政服务中心")


def test_a_proposal_refuses_nothing_yet(hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, ELSEWHERE)
    assert hall.case(number).state is CaseState.DECLINING
    assert hall.deadline(number, Clock.NOTICE, Basis.STATUTORY).closed_at is None


def test_the_row_says_on_what_ground_and_where_to_go(hall: Hall) -> None:
    row = one_row(hall, "window1", hall.receive(), ELSEWHERE)
    assert path(row) == ("submitted", "declining")
    assert row.details == {
        "ground": "not_competent", "reason": "属于邻县管辖", "where_to": "邻县行政服务中心",
    }  # fmt: skip


@pytest.mark.parametrize("reason", ["", "  ", "否"])
def test_nothing_is_declined_without_a_reason(hall: Hall, reason: str) -> None:
    number = hall.receive()
    with refused(hall, ReasonMissing):
        hall.act("window1", number, Decline(DeclineGround.NOT_QUALIFIED, reason))


def test_what_was_accepted_cannot_be_declined(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, NotAllowedInState):
        hall.act("window1", number, ELSEWHERE)


def test_after_five_silent_days_it_is_too_late_though_the_clockwork_stood_still(
    hall: Hall,
) -> None:
    number = hall.receive()
    hall.at("2026-03-10T09:00")
    with refused(hall, NoticeTooLate):
        hall.act("window1", number, ELSEWHERE)


def test_only_the_window_proposes(hall: Hall) -> None:
    only(hall, hall.receive(), ELSEWHERE, Role.WINDOW, Role.WINDOW_LEAD)
