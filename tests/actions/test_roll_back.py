"""An earlier task is open again; what followed from it is gone, all else stands."""

import pytest

from tests.hall import LARGE, Hall
from tests.moving import past, rows
from workflows import engine
from workflows.actions import NotPermitted
from workflows.actions.base import ReasonMissing
from workflows.actions.deliver import Deliver, Delivery
from workflows.actions.moving import NoSuchTask
from workflows.actions.roll_back import RollBack
from workflows.models.deadline import Basis, Clock
from workflows.queries.timeline import verify
from workflows.states import CaseState, ItemState, NotAllowedInState

REASON = "审查依据引用错误"


def test_a_review_is_done_again_and_the_first_opinion_stays_readable(hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    review = past(hall, number, "R08", "review")
    hall.act("lead", number, RollBack(review.id, REASON))
    task = hall.task(number, "R08")
    assert (task.element, task.number, task.round) == ("review", review.number, 2)
    first, check, *_ = rows(hall, number, "R08")
    assert first.opinion == "已审查" and first.void_at is not None
    assert check.conclusion and check.void_at is not None
    details = hall.history(number)[-1].details
    assert [said["step"] for said in details["void"]] == ["承办人审查", "审核人审核"]
    assert details["withdrawn"] == ["R08 批准人决定"]
    assert details["opened"] == ["R08 承办人审查"]
    hall.grant(number, "R08") if hall.item(number, "R01").decided else hall.opine(number, "R08")
    assert hall.task(number, "R08").element == "check"


def test_a_decision_taken_back_loses_its_number_and_its_clock_runs_on(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    document = hall.item(number, "R01").document_number
    before = hall.deadline(number, Clock.ITEM, item="R01")
    hall.at("2026-03-04T10:00")
    hall.act("lead", number, RollBack(past(hall, number, "R01", "decide").id, REASON))
    item = hall.item(number, "R01")
    assert (item.state, item.document_number, item.decided_at) == (ItemState.REVIEWING, None, None)
    after = hall.deadline(number, Clock.ITEM, item="R01")
    assert (after.id, after.due_at, after.started_at) == (
        before.id, before.due_at, before.started_at,
    )  # fmt: skip
    assert before.closed_at is not None and after.closed_at is None
    (facts,) = hall.history(number)[-1].details["reopened"]
    assert facts == {"item": "R01", "was": "approved", "void_document": document}
    hall.grant(number, "R01")
    assert hall.item(number, "R01").document_number != document


def test_what_followed_from_a_grant_begins_again_and_its_clock_is_not_restarted(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    hall.grant(number, "R02")
    started = hall.item(number, "R03").started_at
    hall.at("2026-03-03T10:00")
    hall.act("lead", number, RollBack(past(hall, number, "R01", "decide").id, REASON))
    details = hall.history(number)[-1].details
    assert {row["item"] for row in details["reopened"]} == {"R01", "R02"}
    assert set(details["withdrawn"]) == {"R03 承办人决定"}
    hall.at("2026-03-04T10:00")
    hall.grant(number, "R01")
    assert hall.item(number, "R03").started_at == started
    hall.grant_all(number)
    assert hall.case(number).state is CaseState.DECIDED


def test_a_case_that_is_decided_is_under_review_again_until_it_is_delivered(hall: Hall) -> None:
    number = hall.decided()
    joint = hall.deadline(number, Clock.CASE)
    hall.at("2026-03-03T10:00")
    target = past(hall, number, "R13", "decide").id
    hall.act("lead", number, RollBack(target, REASON))
    case = hall.case(number)
    assert (case.state, case.decided_at) == (CaseState.IN_REVIEW, None)
    again = hall.deadline(number, Clock.CASE)
    assert (again.id, again.due_at, again.closed_at) == (joint.id, joint.due_at, None)
    assert hall.deadline(number, Clock.DELIVERY, Basis.STATUTORY).closed_at is not None
    hall.grant(number, "R13")
    assert hall.case(number).state is CaseState.DECIDED
    with hall.read() as session:
        assert verify(session, hall.case(number)).fault is None
    hall.act("window1", number, Deliver(Delivery.COUNTER, "王经理"))
    with pytest.raises(NotAllowedInState):
        hall.act("lead", number, RollBack(target, REASON))


def test_a_refusal_taken_back_lets_what_had_lapsed_wait_again(hall: Hall) -> None:
    number = hall.accepted()
    hall.refuse(number, "R01")
    assert hall.item(number, "R02").state is ItemState.NOT_NEEDED
    hall.act("lead", number, RollBack(past(hall, number, "R01", "confirm_refusal").id, REASON))
    assert hall.item(number, "R01").state is ItemState.RETURN_REVIEW
    assert hall.item(number, "R02").state is ItemState.WAITING
    assert hall.history(number)[-1].details["waiting_again"] == ["R02", "R03"]


def test_a_grant_on_a_promise_taken_back_is_not_checked_any_more(hall: Hall) -> None:
    number = hall.accepted({**LARGE, "commits_fire_safety": True})
    hall.grant(number, "R01")
    hall.grant(number, "R09")
    assert hall.item(number, "R09").state is ItemState.COMMITTED
    hall.act("lead", number, RollBack(past(hall, number, "R09", "decide").id, REASON))
    assert hall.item(number, "R09").state is ItemState.REVIEWING
    assert hall.task(number, "R09").kind == "decide"
    assert hall.deadline(number, Clock.CHECK, item="R09").closed_at is not None
    hall.grant(number, "R09")
    assert hall.task(number, "R09").kind == "check"


def test_only_the_window_lead_and_only_with_a_reason(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    target = past(hall, number, "R01", "decide").id
    with pytest.raises(NotPermitted):
        hall.act("window1", number, RollBack(target, REASON))
    with pytest.raises(ReasonMissing):
        hall.act("lead", number, RollBack(target, " "))
    with pytest.raises(engine.MoveNotPossible):
        hall.act("lead", number, RollBack(hall.task(number, "R02").id, REASON))
    with pytest.raises(NoSuchTask):
        hall.act("lead", number, RollBack(999, REASON))
    assert hall.item(number, "R01").state is ItemState.APPROVED
