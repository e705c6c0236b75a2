"""否定报批: an item is refused only when another person, one duty higher, confirms it."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.confirm_refusal import ConfirmRefusal
from workflows.actions.decide import Decide, Decision
from workflows.actions.people import NotYourTask
from workflows.actions.withdraw import Withdraw
from workflows.actions.work import SamePerson
from workflows.engine import TaskNotOpen
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import ItemState, NotAllowedInState


@pytest.fixture
def number(hall: Hall) -> str:
    """A case whose sewage licence is proposed to be refused."""
    number = hall.accepted({"discharges_sewage": True})
    hall.grant(number, "R01")
    task = hall.to_decision(number, "R11")
    hall.act("zj.checker", number, Decide(task.id, Decision.REFUSED, "无隔油设施"))
    return number


def answer(hall: Hall, number: str, confirmed: bool = True) -> ConfirmRefusal:
    """The superior's word."""
    return ConfirmRefusal(hall.task(number, "R11").id, confirmed, "事实清楚，依据充分")


def test_confirmed_it_is_refused_with_its_reasons_and_a_number(hall: Hall, number: str) -> None:
    row = one_row(hall, "zj.approver", number, answer(hall, number))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R11", "step": "否定报批", "confirmed": True, "opinion": "事实清楚，依据充分",
    }  # fmt: skip
    item = hall.item(number, "R11")
    assert (item.state, item.reason) == (ItemState.REJECTED, "无隔油设施")
    assert item.document_number == "R11〔2026〕第000001号"
    assert hall.deadline(number, Clock.ITEM, item="R11").closed_at == hall.clock.now()


def test_the_other_items_go_on(hall: Hall, number: str) -> None:
    hall.act("zj.approver", number, answer(hall, number))
    hall.grant_all(number)
    states = {item.code: item.state for item in hall.case(number).items}
    assert states.pop("R11") is ItemState.REJECTED
    assert set(states.values()) == {ItemState.APPROVED}


def test_sent_back_it_is_decided_again_and_may_be_granted(hall: Hall, number: str) -> None:
    hall.act("zj.approver", number, answer(hall, number, confirmed=False))
    item = hall.item(number, "R11")
    assert (item.state, item.reason) == (ItemState.REVIEWING, "")
    assert (hall.task(number, "R11").kind, hall.task(number, "R11").duty) == ("decide", "checker")
    hall.decide(number, "R11")
    assert hall.item(number, "R11").state is ItemState.APPROVED


def test_nobody_confirms_a_refusal_of_their_own(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    task = hall.to_decision(number, "R11")
    hall.away("zj.checker", "2026-03-02", "2026-03-02")
    hall.act("zj.approver", number, Decide(task.id, Decision.REFUSED, "无隔油设施"))
    for confirmed in (True, False):
        with refused(hall, SamePerson, "审核人决定"):
            hall.act("zj.approver", number, answer(hall, number, confirmed))


def test_the_superior_says_why(hall: Hall, number: str) -> None:
    with refused(hall, ReasonMissing):
        hall.act("zj.approver", number, ConfirmRefusal(hall.task(number, "R11").id, True, ""))


def test_what_nobody_proposed_to_refuse_is_not_refused(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    task = hall.to_decision(number, "R11")
    with refused(hall, TaskNotOpen):
        hall.act("zj.checker", number, ConfirmRefusal(task.id, True, "同意不予"))


def test_a_case_that_is_over_is_not_refused(hall: Hall, number: str) -> None:
    confirm = answer(hall, number)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("zj.approver", number, confirm)


def test_only_the_next_higher_duty_confirms(hall: Hall, number: str) -> None:
    only(hall, number, answer(hall, number), Role.APPROVER)
    for who in ("zj.checker", "zj.chief", "sj.approver"):
        with refused(hall, NotYourTask):
            hall.act(who, number, answer(hall, number))
