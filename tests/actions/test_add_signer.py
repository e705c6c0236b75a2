"""Another post signs too: beside, before or after; the task decides when all have signed."""

import pytest

from tests.hall import Hall
from tests.moving import rows
from workflows.actions.add_signer import AddSigner, PostUnknown, SignerAsks, When
from workflows.actions.base import ReasonMissing
from workflows.actions.decide import Decide, Decision
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.people import NotYourTask
from workflows.actions.send_back import SendBack, SignerSendsBack
from workflows.actions.work import SamePerson
from workflows.engine import TaskNotOpen
from workflows.models import Task
from workflows.states import CaseState, ItemState

REASON = "涉及消防疏散，请会签"


def ask(hall: Hall, number: str, item: str, duty: str, when: When = When.BESIDE) -> Task:
    """Ask a post to sign; returns the row of the signer."""
    task = hall.task(number, item)
    hall.act(hall.holder(task), number, AddSigner(task.id, duty, REASON, when))
    return rows(hall, number, item)[-1]


def sign(hall: Hall, number: str, signer: Task) -> None:
    """The signer gives an opinion."""
    hall.act(hall.holder(signer), number, GiveOpinion(signer.id, "agree", "同意会签意见"))


def test_beside_both_are_open_and_the_flow_waits_for_both(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    main = hall.task(number, "R08")
    signer = ask(hall, number, "R08", "approver")
    assert (signer.signer_of, signer.duty, signer.closed_at) == (main.id, "approver", None)
    hall.act(hall.holder(main), number, GiveOpinion(main.id, "agree", "已审查"))
    assert hall.task(number, "R08").id == signer.id
    sign(hall, number, signer)
    assert hall.task(number, "R08").element == "check"
    details = next(e for e in hall.history(number) if e.action == "add_signer").details
    assert (details["signer"], details["when"], details["opened"]) == (
        "approver", "beside", ["R08 承办人审查"],
    )  # fmt: skip


def test_before_the_task_waits_for_the_signer(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    main = hall.task(number, "R08")
    signer = ask(hall, number, "R08", "checker", When.BEFORE)
    with pytest.raises(TaskNotOpen):
        hall.act(hall.holder(main), number, GiveOpinion(main.id, "agree", "已审查"))
    sign(hall, number, signer)
    assert hall.task(number, "R08").id == main.id


def test_after_a_decision_the_signer_is_asked_and_then_it_takes_effect(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R13")
    main = hall.task(number, "R13")
    signer = ask(hall, number, "R13", "chief", When.AFTER)
    assert signer.closed_at is not None and hall.task(number, "R13").id == main.id
    hall.act(hall.holder(main), number, Decide(main.id, Decision.GRANTED, "依法决定"))
    assert hall.item(number, "R13").state is ItemState.REVIEWING
    assert hall.task(number, "R13").id == signer.id
    sign(hall, number, signer)
    assert hall.item(number, "R13").state is ItemState.APPROVED


def test_a_signer_of_a_refusal_signs_before_it_is_confirmed(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R13")
    main = hall.task(number, "R13")
    signer = ask(hall, number, "R13", "checker")
    hall.act(hall.holder(main), number, Decide(main.id, Decision.REFUSED, "不符合条件"))
    assert hall.item(number, "R13").state is ItemState.RETURN_REVIEW
    sign(hall, number, signer)
    assert hall.task(number, "R13").kind == "confirm"


def test_the_last_signer_can_complete_the_case(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R13")
    main = hall.task(number, "R13")
    signer = ask(hall, number, "R13", "approver")
    hall.act(hall.holder(main), number, Decide(main.id, Decision.GRANTED, "依法决定"))
    for item in ("R01", "R02", "R03", "R08"):
        hall.grant(number, item)
    sign(hall, number, signer)
    assert hall.case(number).state is CaseState.DECIDED


def test_the_deputy_signs_when_the_same_post_is_asked(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    signer = ask(hall, number, "R08", "handler")
    holder = hall.holder(signer)
    with pytest.raises(SamePerson):
        hall.act(holder, number, GiveOpinion(signer.id, "agree", "我再签一次"))
    hall.act(f"{holder}2", number, GiveOpinion(signer.id, "agree", "同意"))


def test_a_signer_neither_asks_nor_sends_back(hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    target = rows(hall, number, "R08")[0].id
    signer = ask(hall, number, "R08", "chief")
    who = hall.holder(signer)
    with pytest.raises(SignerAsks):
        hall.act(who, number, AddSigner(signer.id, "handler", REASON))
    with pytest.raises(SignerSendsBack):
        hall.act(who, number, SendBack(signer.id, target, REASON))


def test_only_ones_own_task_a_post_that_exists_and_with_a_reason(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    task = hall.task(number, "R08")
    who = hall.holder(task)
    with pytest.raises(PostUnknown):
        hall.act(who, number, AddSigner(task.id, "mayor", REASON))
    with pytest.raises(ReasonMissing):
        hall.act(who, number, AddSigner(task.id, "chief", ""))
    with pytest.raises(NotYourTask):
        hall.act("zj.handler", number, AddSigner(task.id, "chief", REASON))
