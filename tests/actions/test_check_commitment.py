"""告知承诺事后核查: the promise was kept, was not, or is put right and checked again."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.check_commitment import CheckCommitment
from workflows.actions.close import Close
from workflows.actions.deliver import Deliver, Delivery
from workflows.actions.people import NotYourTask
from workflows.actions.work import ConclusionUnknown
from workflows.engine import TaskNotOpen
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import CaseState, ItemState, NotAllowedInState

PROMISE = {"area_m2": 500, "commits_fire_safety": True}


@pytest.fixture
def number(hall: Hall) -> str:
    """A case whose fire safety was granted on a promise."""
    number = hall.accepted(PROMISE)
    hall.grant(number, "R01")
    hall.grant(number, "R09")
    return number


def check(hall: Hall, number: str, conclusion: str = "agree") -> CheckCommitment:
    """What was found."""
    return CheckCommitment(hall.task(number, "R09").id, conclusion, "现场核查情况")


@pytest.mark.parametrize(
    ("conclusion", "state"),
    [("agree", ItemState.APPROVED), ("disagree", ItemState.REVOKED)],
)
def test_the_licence_is_confirmed_or_revoked_and_the_clock_stops(
    hall: Hall, number: str, conclusion: str, state: ItemState
) -> None:
    row = one_row(hall, "xf.handler", number, check(hall, number, conclusion))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R09", "step": "核查承诺", "conclusion": conclusion, "opinion": "现场核查情况",
    }  # fmt: skip
    item = hall.item(number, "R09")
    assert item.state is state
    assert item.reason == ("现场核查情况" if state is ItemState.REVOKED else "")
    assert hall.deadline(number, Clock.CHECK, item="R09").closed_at == hall.clock.now()


def test_what_can_be_put_right_is_checked_again_within_the_same_time(
    hall: Hall, number: str
) -> None:
    due = hall.deadline(number, Clock.CHECK, item="R09").due_at
    hall.act("xf.handler", number, check(hall, number, "return"))
    assert hall.item(number, "R09").state is ItemState.COMMITTED
    clock = hall.deadline(number, Clock.CHECK, item="R09")
    assert (clock.due_at, clock.closed_at) == (due, None)
    hall.act("xf.handler", number, check(hall, number))
    assert hall.item(number, "R09").state is ItemState.APPROVED


def test_the_check_outlives_the_case(hall: Hall, number: str) -> None:
    hall.grant_all(number)
    hall.act("window1", number, Deliver(Delivery.COUNTER, "王建国"))
    hall.act("window1", number, Close())
    row = one_row(hall, "xf.handler", number, check(hall, number, "disagree"))
    assert path(row) == ("closed", "closed")
    assert hall.case(number).state is CaseState.CLOSED


def test_a_check_without_findings_or_with_an_unknown_conclusion_is_none(
    hall: Hall, number: str
) -> None:
    task = hall.task(number, "R09").id
    with refused(hall, ReasonMissing):
        hall.act("xf.handler", number, CheckCommitment(task, "agree", ""))
    with refused(hall, ConclusionUnknown, "perhaps"):
        hall.act("xf.handler", number, CheckCommitment(task, "perhaps", "不好说"))


def test_a_licence_that_was_not_promised_is_not_checked(hall: Hall, number: str) -> None:
    task = hall.task(number, "R13").id
    with refused(hall, TaskNotOpen):
        hall.act("wj.handler", number, CheckCommitment(task, "agree", "现场核查情况"))


def test_before_acceptance_there_is_nothing_to_check(hall: Hall) -> None:
    number = hall.receive(PROMISE)
    with refused(hall, NotAllowedInState):
        hall.act("xf.handler", number, CheckCommitment(1, "agree", "现场核查情况"))


def test_only_the_department_that_believed_the_promise_checks_it(hall: Hall, number: str) -> None:
    only(hall, number, check(hall, number), Role.APPROVER)
    for who in ("xf.checker", "sj.handler"):
        with refused(hall, NotYourTask):
            hall.act(who, number, check(hall, number))
