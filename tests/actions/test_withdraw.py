"""撤回: the applicant's right until the case is decided; then nothing runs any more."""

from collections.abc import Callable

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.check_commitment import CheckCommitment
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.withdraw import Withdraw
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import CaseState, ItemState, NotAllowedInState

GOODBYE = Withdraw("不再开店")


def supplementing(hall: Hall) -> str:
    number = hall.receive(without=["M03"])
    hall.act("window1", number, ReturnForSupplement({"M03": "没有"}))
    return number


def declining(hall: Hall) -> str:
    number = hall.receive()
    hall.act("window1", number, Decline(DeclineGround.NOT_COMPETENT, "属于邻县管辖"))
    return number


@pytest.mark.parametrize("start", [Hall.receive, supplementing, declining, Hall.accepted])
def test_from_every_state_before_the_decision_it_ends_the_case_and_all_that_runs(
    hall: Hall, start: Callable[[Hall], str]
) -> None:
    number = start(hall)
    before = hall.case(number).state
    row = one_row(hall, APPLICANT, number, GOODBYE)
    assert path(row) == (before, "withdrawn")
    assert row.details == {"reason": "不再开店"}
    case = hall.case(number)
    assert {item.state for item in case.items} == {ItemState.NOT_NEEDED}
    assert all(clock.closed_at and clock.next_at is None for clock in case.deadlines)
    assert all(task.closed_at for task in case.tasks)


def test_open_pauses_end_with_the_case_and_what_was_decided_stays(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    hall.suspend(number, "R11")
    hall.grant(number, "R01")
    hall.act("window1", number, GOODBYE)
    case = hall.case(number)
    assert all(pause.ended_on for pause in case.pauses)
    assert hall.item(number, "R01").state is ItemState.APPROVED
    assert hall.item(number, "R11").state is ItemState.NOT_NEEDED


def test_what_is_decided_cannot_be_withdrawn(hall: Hall) -> None:
    number = hall.decided()
    with refused(hall, NotAllowedInState):
        hall.act(APPLICANT, number, GOODBYE)


def test_a_reason_is_asked_for(hall: Hall) -> None:
    number = hall.receive()
    with refused(hall, ReasonMissing):
        hall.act(APPLICANT, number, Withdraw(""))


def test_a_promise_that_was_believed_is_checked_even_after_a_withdrawal(hall: Hall) -> None:
    number = hall.accepted({"area_m2": 500, "commits_fire_safety": True})
    hall.grant(number, "R01")
    hall.grant(number, "R09")
    hall.act(APPLICANT, number, GOODBYE)
    assert hall.item(number, "R09").state is ItemState.COMMITTED
    assert hall.deadline(number, Clock.CHECK, item="R09").closed_at is None
    task = hall.task(number, "R09")
    hall.act("xf.handler", number, CheckCommitment(task.id, "disagree", "与承诺不符"))
    assert hall.item(number, "R09").state is ItemState.REVOKED
    assert hall.case(number).state is CaseState.WITHDRAWN


def test_only_the_applicant_and_the_window_withdraw(hall: Hall) -> None:
    only(hall, hall.receive(), GOODBYE, Role.APPLICANT, Role.WINDOW, Role.WINDOW_LEAD)
