"""The request to sign is taken back, and the task goes on when it waited for nobody else."""

import pytest

from tests.actions.test_add_signer import ask, sign
from tests.hall import Hall
from tests.moving import rows
from workflows.actions.add_signer import AddSigner, When
from workflows.actions.claim import Claim
from workflows.actions.decide import Decide, Decision
from workflows.actions.people import NotYourTask
from workflows.actions.remove_signer import RemoveSigner
from workflows.actions.signers import NoSigner
from workflows.states import ItemState

REASON = "改为电话沟通"


def test_the_task_goes_on_without_the_signer(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    main = hall.task(number, "R08")
    signer = ask(hall, number, "R08", "checker", When.BEFORE)
    hall.act(hall.holder(main), number, RemoveSigner(signer.id, REASON))
    assert hall.task(number, "R08").id == main.id
    removed = rows(hall, number, "R08")[-1]
    assert removed.closed_at is not None and removed.conclusion is None
    details = hall.history(number)[-1].details
    assert (details["signer"], details["reason"]) == ("checker", REASON)


def test_a_decision_that_waited_only_for_the_signer_takes_effect(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R13")
    main = hall.task(number, "R13")
    signer = ask(hall, number, "R13", "checker")
    hall.act(hall.holder(main), number, Decide(main.id, Decision.GRANTED, "依法决定"))
    hall.act(hall.holder(main), number, RemoveSigner(signer.id, REASON))
    assert hall.item(number, "R13").state is ItemState.APPROVED


def test_only_the_asker_and_only_while_it_is_not_signed(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    main = hall.task(number, "R08")
    signer = ask(hall, number, "R08", "checker")
    with pytest.raises(NotYourTask):
        hall.act(hall.holder(signer), number, RemoveSigner(signer.id, REASON))
    with pytest.raises(NoSigner):
        hall.act(hall.holder(main), number, RemoveSigner(main.id, REASON))
    sign(hall, number, signer)
    with pytest.raises(NoSigner):
        hall.act(hall.holder(main), number, RemoveSigner(signer.id, REASON))


def test_who_took_up_the_task_takes_the_request_back_and_not_the_holder(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    main = hall.task(number, "R08")
    hall.act("sj.member1", number, Claim(main.id))
    hall.act("sj.member1", number, AddSigner(main.id, "approver", "请会签"))
    [signer] = [row for row in hall.case(number).tasks if row.signer_of == main.id]
    with pytest.raises(NotYourTask):
        hall.act("sj.handler", number, RemoveSigner(signer.id, "不需要了"))
    hall.act("sj.member1", number, RemoveSigner(signer.id, "不需要了"))
