"""否定报批 at the window: a second person confirms that an application is not accepted."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.confirm_decline import ConfirmDecline, OwnProposal
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.silence import NoticeTooLate
from workflows.permissions import Role
from workflows.states import ItemState, NotAllowedInState

YES = ConfirmDecline(True, "情况属实")
NO = ConfirmDecline(False, "材料可以补正，请告知申请人")


def declined(
    hall: Hall, ground: DeclineGround = DeclineGround.NOT_COMPETENT, who: str = "window1"
) -> str:
    """A case with a proposal to decline it."""
    number = hall.receive()
    hall.act(who, number, Decline(ground, "属于邻县管辖"))
    return number


@pytest.mark.parametrize(
    ("ground", "state"),
    [
        (DeclineGround.NOT_REQUIRED, "not_required"),
        (DeclineGround.NOT_COMPETENT, "refused"),
        (DeclineGround.INCOMPLETE, "refused"),
    ],
)
def test_confirmed_it_is_over_with_a_numbered_document(
    hall: Hall, ground: DeclineGround, state: str
) -> None:
    number = declined(hall, ground)
    row = one_row(hall, "lead", number, YES)
    assert path(row) == ("declining", state)
    assert row.details == {
        "confirmed": True, "reason": "情况属实", "number": "BS〔2026〕第000001号",
    }  # fmt: skip
    case = hall.case(number)
    assert {item.state for item in case.items} == {ItemState.NOT_NEEDED}
    assert all(clock.closed_at for clock in case.deadlines)
    assert case.decline is not None
    assert case.decline["by"] != case.decline["confirmed_by"]


def test_sent_back_it_is_with_the_window_again_and_the_five_days_went_on(hall: Hall) -> None:
    number = declined(hall)
    row = one_row(hall, "lead", number, NO)
    assert path(row) == ("declining", "submitted")
    case = hall.case(number)
    assert case.decline is None
    assert [clock.closed_at for clock in case.deadlines] == [None]


def test_nobody_confirms_what_they_proposed(hall: Hall) -> None:
    number = declined(hall, who="lead")
    for answer in (YES, NO):
        with refused(hall, OwnProposal):
            hall.act("lead", number, answer)


def test_the_superior_says_why(hall: Hall) -> None:
    number = declined(hall)
    with refused(hall, ReasonMissing):
        hall.act("lead", number, ConfirmDecline(True, " "))


def test_without_a_proposal_there_is_nothing_to_confirm(hall: Hall) -> None:
    number = hall.receive()
    with refused(hall, NotAllowedInState):
        hall.act("lead", number, YES)


def test_after_five_silent_days_it_is_too_late_though_the_clockwork_stood_still(
    hall: Hall,
) -> None:
    number = declined(hall)
    hall.at("2026-03-10T09:00")
    with refused(hall, NoticeTooLate):
        hall.act("lead", number, YES)


def test_only_the_lead_of_the_window_confirms(hall: Hall) -> None:
    only(hall, declined(hall), YES, Role.WINDOW_LEAD)
