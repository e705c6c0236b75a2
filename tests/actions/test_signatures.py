"""会签、或签、票签: what a signature comes to, what history says of it, and who is told."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.hall import Hall
from tests.moving import rows
from tests.signing import ALL, ANY, ITEM, VOTE, council, part, sign, upload
from tests.test_statements import MOST, sent
from workflows.actions.accept_forward import AcceptForward
from workflows.actions.add_signer import AddSigner
from workflows.actions.claim import Claim
from workflows.actions.delegate import Delegate
from workflows.actions.forward import Forward
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.return_delegated import ReturnDelegated
from workflows.actions.roll_back import RollBack
from workflows.actions.send_back import Scope, SendBack
from workflows.actions.signatures import SignedAlready
from workflows.actions.take_back import TakeBack
from workflows.actions.work import ConclusionUnknown
from workflows.engine import MoveNotPossible, ProcessInvalid, TaskNotOpen
from workflows.models import Notice
from workflows.queries.timeline import verify


def signing(hall: Hall, number: str) -> dict[str, Any]:
    """What the latest row of history says of the signatures."""
    found: dict[str, Any] = hall.history(number)[-1].details["signing"]
    return found


def asked(hall: Hall, number: str) -> list[str]:
    """The open tasks of the item, by duty."""
    return [row.duty for row in rows(hall, number, ITEM) if row.closed_at is None]


def said(hall: Hall, number: str) -> list[tuple[str, str]]:
    """The opinions of the countersigned step that count."""
    return [
        (row.duty, row.opinion)
        for row in rows(hall, number, ITEM)
        if row.element == "check" and row.conclusion and row.void_at is None
    ]


def another(hall: Hall) -> str:
    """One more case that has come to those who sign."""
    number = hall.accepted()
    hall.sign_for(number, ITEM)
    hall.opine(number, ITEM)
    return number


def sign_all(hall: Hall, number: str) -> None:
    """All of them agree, in their order."""
    for duty in ("checker", "approver", "chief"):
        sign(hall, number, duty)


def decides(hall: Hall, number: str) -> bool:
    [task] = [row for row in rows(hall, number, ITEM) if row.closed_at is None]
    return task.element == "decide"


def test_all_sign_nobody_for_two_posts_and_the_last_row_says_how_it_was_decided(hall: Hall) -> None:
    number = council(hall, ALL)
    assert asked(hall, number) == ["checker", "approver", "chief"]
    sign(hall, number, "approver", "disagree")
    assert signing(hall, number) == {
        "rule": "all", "signed": 1, "signers": 3, "agree": 0, "against": 1, "abstained": 0,
        "votes": 3, "needed": 3, "result": None, "not_needed": [],
    }  # fmt: skip
    sign(hall, number, "checker")
    assert asked(hall, number) == ["chief"], "one who disagrees does not silence the others"
    sign(hall, number, "chief")
    assert (signing(hall, number)["result"], signing(hall, number)["signed"]) == ("disagree", 3)
    assert decides(hall, number)
    assert len(said(hall, number)) == 3
    with hall.read() as session:
        assert verify(session, hall.case(number)).fault is None
    number = another(hall)
    mine = part(hall, number, "chief")
    assert mine.barred_id == hall.actor("sj.handler").person_id
    hall.away("sj.chief", "2026-03-01")
    sign(hall, number, "approver")
    with pytest.raises(SignedAlready) as refused:
        sign(hall, number, "chief", who="sj.approver")
    assert refused.value.params == {"duty": "approver"}
    hall.act("sj.approver", number, Forward(mine.id, "sj.member1", "须由另一人签署"))
    hall.act("sj.member1", number, AcceptForward(mine.id))
    sign(hall, number, "chief", who="sj.member1")
    sign(hall, number, "checker")
    assert signing(hall, number)["result"] == "agree"


def test_any_first_opinion_decides_and_the_others_are_told_or_asked_again(
    hall: Hall,
) -> None:
    number = council(hall, ANY)
    open_to = part(hall, number, "chief")
    sign(hall, number, "approver", "agree")
    facts = signing(hall, number)
    assert (facts["result"], facts["not_needed"]) == ("agree", ["checker", "chief"])
    assert decides(hall, number)
    with pytest.raises(TaskNotOpen):
        hall.act("sj.chief", number, GiveOpinion(open_to.id, "disagree", "我也有话说"))
    with hall.read() as session:
        query = select(Notice.duty).where(Notice.sentence.contains("不再需要您签署"))
        assert set(session.scalars(query)) == {"checker", "chief"}
    for duty in ("checker", "chief"):
        spared = part(hall, number, duty)
        assert spared.closed_at and not spared.conclusion and not spared.closed_by
    hall.act("lead", number, RollBack(part(hall, number, "approver").id, "重新会签"))
    assert sorted(asked(hall, number)) == ["approver", "checker", "chief"]
    assert said(hall, number) == []
    with pytest.raises(ConclusionUnknown):
        sign(hall, number, "approver", "abstain")
    sign(hall, number, "checker")
    assert signing(hall, number)["result"] == "agree" and decides(hall, number)


def test_a_vote_by_weight_is_over_as_soon_as_it_is_certain(hall: Hall) -> None:
    number = council(hall, VOTE, "agree disagree abstain")
    sign(hall, number, "checker", "abstain")
    assert signing(hall, number)["abstained"] == 1
    task, actor = part(hall, number, "approver"), hall.actor("sj.approver")
    with sent(hall.services.database.writing) as transactions:
        hall.act(actor, number, GiveOpinion(task.id, "disagree", "不同意"))
    assert [len(statements) <= MOST for statements in transactions] == [True]
    facts = signing(hall, number)
    assert (facts["result"], facts["agree"], facts["needed"], facts["not_needed"]) == (
        "disagree", 0, 4, ["chief"],
    )  # fmt: skip
    assert decides(hall, number)


def test_one_claims_delegates_or_takes_back_and_the_others_do_not_notice(hall: Hall) -> None:
    number = council(hall, ALL)
    hall.act("sj.checker", number, Claim(part(hall, number, "checker").id))
    sign(hall, number, "checker")
    mine = part(hall, number, "approver")
    hall.act("sj.approver", number, Delegate(mine.id, "sj.member2", "请先看"))
    hall.act("sj.member2", number, ReturnDelegated(mine.id, "没有意见"))
    sign(hall, number, "approver", "disagree")
    hall.act("sj.approver", number, TakeBack(mine.id))
    assert asked(hall, number) == ["chief", "approver"]
    assert [duty for duty, _ in said(hall, number)] == ["checker"]
    sign(hall, number, "approver")
    with pytest.raises(MoveNotPossible, match="不能加签"):
        chief = part(hall, number, "chief")
        hall.act("sj.chief", number, AddSigner(chief.id, "handler", "请一起看"))
    sign(hall, number, "chief")
    assert signing(hall, number)["result"] == "agree"
    hall.act("sj.chief", number, TakeBack(part(hall, number, "chief").id))
    assert asked(hall, number) == ["chief"] and len(said(hall, number)) == 2


def test_sent_back_to_one_of_them_or_by_one_the_opinions_of_the_others_stand(hall: Hall) -> None:
    number = council(hall, ALL)
    sign_all(hall, number)
    decide = hall.task(number, ITEM)
    target = part(hall, number, "checker")
    hall.act("sj.approver", number, SendBack(decide.id, target.id, "请再核实"))
    assert asked(hall, number) == ["checker"]
    sign(hall, number, "checker", "disagree")
    assert signing(hall, number)["result"] == "disagree"
    assert decides(hall, number) and len(said(hall, number)) == 4, "what was said first stays"
    target = part(hall, number, "chief")
    void = SendBack(decide.id, target.id, "全部重签", Scope.ALL, void=True, straight=False)
    hall.act("sj.approver", number, void)
    assert sorted(asked(hall, number)) == ["approver", "checker", "chief"]
    sign_all(hall, number)
    assert signing(hall, number)["result"] == "agree" and decides(hall, number)
    number = another(hall)
    sign(hall, number, "chief")
    [review] = [row for row in rows(hall, number, ITEM) if row.element == "review"]
    hall.act("sj.checker", number, SendBack(part(hall, number, "checker").id, review.id, "补正"))
    assert sorted(asked(hall, number)) == ["approver", "handler"]
    sign(hall, number, "approver")
    hall.opine(number, ITEM)
    assert asked(hall, number) == ["checker"]
    sign(hall, number, "checker")
    assert signing(hall, number)["result"] == "agree" and decides(hall, number)


def test_what_is_wrong_with_those_who_sign_is_not_published(hall: Hall) -> None:
    with pytest.raises(ProcessInvalid, match="signers 里的岗位 mayor 不存在"):
        hall.act("designer1", "restaurant", upload(ALL.replace("chief", "mayor")))
