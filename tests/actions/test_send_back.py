"""A task is sent back: to the step before, to another department, over a fork; no work is lost."""

import pytest

from tests.hall import LARGE, Hall
from tests.moving import past, rows
from workflows import engine
from workflows.actions.base import ReasonMissing
from workflows.actions.confirm_refusal import ConfirmRefusal
from workflows.actions.decide import Decision
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.people import NotYourTask
from workflows.actions.send_back import BranchUnknown, Scope, SendBack
from workflows.models import Notice
from workflows.models.deadline import Clock
from workflows.states import CaseState, ItemState

REASON = "现场核查记录不全"


def back(hall: Hall, number: str, item: str, target: int, **terms: object) -> None:
    """The holder of the open task of an item sends it back."""
    task = hall.task(number, item)
    hall.act(hall.holder(task), number, SendBack(task.id, target, REASON, **terms))  # type: ignore[arg-type]


def test_straight_back_the_sender_waits_and_has_the_same_task_again(hall: Hall) -> None:
    number = hall.accepted()
    sender = hall.to_decision(number, "R08")
    back(hall, number, "R08", past(hall, number, "R08", "review").id)
    task = hall.task(number, "R08")
    assert task.element == "review" and task.id != sender.id
    hall.opine(number, "R08")
    assert hall.task(number, "R08").id == sender.id
    assert [row.void_at for row in rows(hall, number, "R08")] == [None] * 4


def test_again_the_steps_between_are_done_again_too(hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    back(hall, number, "R08", past(hall, number, "R08", "review").id, straight=False)
    assert hall.task(number, "R08").element == "review"
    hall.opine(number, "R08")
    assert hall.task(number, "R08").element == "check"
    first, check, _decide, *_ = rows(hall, number, "R08")
    assert first.void_at and check.void_at and check.opinion == "已审查"


def test_history_says_how_and_the_post_is_told(hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    back(hall, number, "R08", past(hall, number, "R08", "review").id)
    details = hall.history(number)[-1].details
    assert details["target"] == "R08 承办人审查"
    assert (details["scope"], details["opinions"], details["way"]) == ("mine", "kept", "straight")
    assert (details["withdrawn"], details["opened"]) == (["R08 批准人决定"], ["R08 承办人审查"])
    assert details["number"].startswith("TH〔2026〕")
    with hall.read() as session:
        notice = session.query(Notice).order_by(Notice.id.desc()).first()
        assert notice is not None and (notice.duty, notice.params["reason"]) == ("handler", REASON)


def test_no_clock_stops_and_none_starts_anew(hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    before = hall.deadline(number, Clock.ITEM, item="R08")
    hall.at("2026-03-04T10:00")
    back(hall, number, "R08", past(hall, number, "R08", "review").id, straight=False)
    after = hall.deadline(number, Clock.ITEM, item="R08")
    assert (after.id, after.due_at, after.closed_at) == (before.id, before.due_at, None)


def test_across_the_fork_the_other_branches_go_on(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.grant(number, "R01")
    hall.grant(number, "R04")
    hall.sign_for(number, "R02")
    sender = hall.task(number, "R02")
    back(hall, number, "R02", past(hall, number, "R01", "decide").id)
    assert hall.task(number, "R01").kind == "decide"
    assert hall.item(number, "R04").state is ItemState.APPROVED
    hall.grant(number, "R05")
    hall.decide(number, "R01")
    assert hall.task(number, "R02").id == sender.id
    hall.grant_all(number)
    assert hall.case(number).state is CaseState.DECIDED


def test_listed_branches_wait_and_what_they_said_is_void(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.grant(number, "R01")
    hall.grant(number, "R04")
    document = hall.item(number, "R04").document_number
    hall.sign_for(number, "R02")
    target = past(hall, number, "R01", "decide").id
    back(hall, number, "R02", target, scope=Scope.LISTED, items=["R04"], void=True)
    assert hall.item(number, "R04").state is ItemState.REVIEWING
    assert not [row for row in rows(hall, number, "R04") if row.closed_at is None]
    facts = {row["item"]: row for row in hall.history(number)[-1].details["reopened"]}
    assert set(facts) == {"R01", "R04"}
    assert facts["R04"] == {"item": "R04", "was": "approved", "void_document": document}
    hall.decide(number, "R01")
    assert hall.task(number, "R04").round == 1
    hall.grant_all(number)
    assert hall.case(number).state is CaseState.DECIDED


def test_all_branches_void_and_walked_again_is_a_second_round(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.grant(number, "R01")
    for item in ("R02", "R03", "R04"):
        hall.grant(number, item)
    hall.sign_for(number, "R05")
    target = past(hall, number, "R01", "decide").id
    back(hall, number, "R05", target, scope=Scope.ALL, void=True, straight=False)
    states = {item.code: item.state for item in hall.case(number).items}
    assert {states[code] for code in ("R01", "R02", "R03", "R04")} == {ItemState.REVIEWING}
    hall.grant_all(number)
    assert hall.case(number).state is CaseState.DECIDED


def test_a_branch_that_does_not_run_beside_it_cannot_wait(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.grant(number, "R01")
    target = past(hall, number, "R01", "decide").id
    hall.sign_for(number, "R02")
    with pytest.raises(BranchUnknown):
        back(hall, number, "R02", target, scope=Scope.LISTED, items=["R13"])
    assert hall.task(number, "R02").kind == "decide"


def test_a_refusal_sent_back_and_straight_returned_is_confirmed_afterwards(hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    hall.decide(number, "R08", Decision.REFUSED)
    confirm = hall.task(number, "R08")
    back(hall, number, "R08", past(hall, number, "R08", "review").id)
    assert hall.item(number, "R08").state is ItemState.REVIEWING
    hall.opine(number, "R08")
    assert hall.item(number, "R08").state is ItemState.RETURN_REVIEW
    assert hall.task(number, "R08").id == confirm.id
    hall.act(hall.holder(confirm), number, ConfirmRefusal(confirm.id, True, "同意不予"))
    assert hall.item(number, "R08").state is ItemState.REJECTED


def test_a_refusal_sent_back_to_walk_the_way_again_is_no_refusal(hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    hall.decide(number, "R08", Decision.REFUSED)
    back(hall, number, "R08", past(hall, number, "R08", "check").id, straight=False)
    assert hall.item(number, "R08").state is ItemState.REVIEWING
    hall.opine(number, "R08")
    assert hall.task(number, "R08").element == "decide"


def test_only_ones_own_task_to_one_before_it_and_with_a_reason(hall: Hall) -> None:
    number = hall.accepted()
    task = hall.to_decision(number, "R08")
    target = past(hall, number, "R08", "review").id
    with pytest.raises(NotYourTask):
        hall.act("zj.handler", number, SendBack(task.id, target, REASON))
    with pytest.raises(ReasonMissing):
        hall.act(hall.holder(task), number, SendBack(task.id, target, ""))
    with pytest.raises(engine.MoveNotPossible):
        back(hall, number, "R08", hall.task(number, "R13").id)
    hall.sign_for(number, "R13")
    with pytest.raises(engine.TaskNotOpen):
        hall.act(hall.holder(task), number, GiveOpinion(target, "agree", "再次审查"))
