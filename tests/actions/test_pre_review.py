"""预审完成: all is reviewed but the result of another item; the limit counts from that result."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.people import NotYourTask
from workflows.actions.pre_review import NothingToWaitFor, PreReview
from workflows.actions.withdraw import Withdraw
from workflows.engine import TaskNotOpen
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import ItemState, NotAllowedInState


@pytest.fixture
def number(hall: Hall) -> str:
    """A case whose food licence is reviewed up to the decision, before the business licence."""
    number = hall.accepted()
    hall.to_decision(number, "R08")
    return number


def ready(hall: Hall, number: str) -> PreReview:
    """Everything but the predecessor's result is reviewed."""
    return PreReview(hall.task(number, "R08").id, "其余审查完毕")


def test_it_waits_with_both_clocks_standing_still(hall: Hall, number: str) -> None:
    hall.at("2026-03-04T10:00")
    hall.act("sj.approver", number, ready(hall, number))
    assert hall.item(number, "R08").state is ItemState.PRE_REVIEWED
    for basis in Basis:
        assert hall.deadline(number, Clock.ITEM, basis, "R08").due_at is None


def test_it_may_be_decided_once_the_predecessor_is_and_lost_no_day(hall: Hall, number: str) -> None:
    hall.at("2026-03-04T10:00")
    hall.act("sj.approver", number, ready(hall, number))
    hall.at("2026-03-06T10:00")
    hall.grant(number, "R01")
    assert hall.item(number, "R08").state is ItemState.REVIEWING
    assert day(hall.deadline(number, Clock.ITEM, item="R08").due_at) == "2026-03-11"
    assert day(hall.deadline(number, Clock.ITEM, Basis.STATUTORY, "R08").due_at) == "2026-03-18"


def test_it_is_one_row_that_says_what_is_waited_for(hall: Hall, number: str) -> None:
    row = one_row(hall, "sj.approver", number, ready(hall, number))
    assert path(row) == ("in_review", "in_review")
    assert row.details["waiting_for"] == ["R01"]


def test_with_every_predecessor_decided_there_is_nothing_to_wait_for(
    hall: Hall, number: str
) -> None:
    hall.grant(number, "R01")
    with refused(hall, NothingToWaitFor):
        hall.act("sj.approver", number, ready(hall, number))


def test_an_item_without_a_predecessor_cannot_wait(hall: Hall, number: str) -> None:
    hall.sign_for(number, "R13")
    with refused(hall, NothingToWaitFor):
        hall.act("wj.handler", number, PreReview(hall.task(number, "R13").id, "审查完毕"))


def test_it_cannot_begin_to_wait_twice(hall: Hall, number: str) -> None:
    hall.act("sj.approver", number, ready(hall, number))
    with refused(hall, NotAllowedInState, "pre_reviewed"):
        hall.act("sj.approver", number, ready(hall, number))


def test_what_is_not_reviewed_yet_cannot_wait(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    with refused(hall, TaskNotOpen):
        hall.act("sj.handler", number, ready(hall, number))


def test_no_pre_review_without_words(hall: Hall, number: str) -> None:
    with refused(hall, ReasonMissing):
        hall.act("sj.approver", number, PreReview(hall.task(number, "R08").id, ""))


def test_a_case_that_is_over_waits_for_nothing(hall: Hall, number: str) -> None:
    wait = ready(hall, number)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("sj.approver", number, wait)


def test_only_the_post_that_decides_declares_it(hall: Hall, number: str) -> None:
    only(hall, number, ready(hall, number), Role.APPROVER)
    for who in ("sj.handler", "sj.chief", "ga.approver"):
        with refused(hall, NotYourTask):
            hall.act(who, number, ready(hall, number))
