"""Who pressed the wrong button puts it right, as long as nobody has gone on from it."""

import pytest

from tests.hall import LARGE, Hall
from tests.moving import past, rows
from workflows.actions.decide import Decide, Decision
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.moving import NoSuchTask
from workflows.actions.people import NotYourTask
from workflows.actions.take_back import AlreadyDecided, GoneOn, NotYourConclusion, TakeBack
from workflows.queries.timeline import verify
from workflows.states import ItemState, NotAllowedInState


def handler(hall: Hall, number: str, item: str) -> str:
    """Who has the first task of an item, which is signed for."""
    hall.sign_for(number, item)
    return hall.holder(hall.task(number, item))


def test_an_opinion_is_taken_back_and_the_task_is_ones_own_again(hall: Hall) -> None:
    number = hall.accepted()
    who = handler(hall, number, "R08")
    hall.opine(number, "R08")
    said = past(hall, number, "R08", "review")
    hall.act(who, number, TakeBack(said.id))
    task = hall.task(number, "R08")
    assert (task.element, task.number, task.round) == ("review", said.number, 2)
    assert hall.holder(task) == who
    first, check, again = rows(hall, number, "R08")
    assert first.void_at and first.opinion == "已审查"
    assert check.closed_at and not check.conclusion and again.closed_at is None
    assert [row["step"] for row in hall.history(number)[-1].details["void"]] == ["承办人审查"]
    with hall.read() as session:
        assert verify(session, hall.case(number)).fault is None


def test_what_the_next_one_has_concluded_cannot_be_taken_back(hall: Hall) -> None:
    number = hall.accepted()
    who = handler(hall, number, "R08")
    hall.to_decision(number, "R08")
    before = hall.actions(number)
    with pytest.raises(GoneOn) as refused:
        hall.act(who, number, TakeBack(past(hall, number, "R08", "review").id))
    assert refused.value.params["step"] == "审核人审核"
    assert hall.actions(number) == before and hall.task(number, "R08").element == "decide"


def test_the_work_of_other_departments_is_not_in_the_way(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    who = handler(hall, number, "R08")
    hall.opine(number, "R08")
    hall.grant(number, "R01")
    hall.act(who, number, TakeBack(past(hall, number, "R08", "review").id))
    assert hall.item(number, "R01").state is ItemState.APPROVED
    assert hall.task(number, "R08").element == "review"


def test_a_proposed_refusal_is_taken_back_before_it_is_confirmed(hall: Hall) -> None:
    number = hall.accepted()
    task = hall.to_decision(number, "R08")
    who = hall.holder(task)
    hall.act(who, number, Decide(task.id, Decision.REFUSED, "不符合条件"))
    assert hall.item(number, "R08").state is ItemState.RETURN_REVIEW
    hall.act(who, number, TakeBack(task.id))
    assert hall.item(number, "R08").state is ItemState.REVIEWING
    assert hall.task(number, "R08").element == "decide"


def test_a_decision_that_is_out_is_not_taken_back_by_one_person(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    decided = past(hall, number, "R01", "decide")
    with pytest.raises(AlreadyDecided):
        hall.act(hall.holder(decided), number, TakeBack(decided.id))
    assert hall.item(number, "R01").state is ItemState.APPROVED
    assert hall.item(number, "R01").document_number


def test_only_ones_own_and_only_once(hall: Hall) -> None:
    number = hall.accepted()
    who = handler(hall, number, "R08")
    hall.opine(number, "R08")
    said = past(hall, number, "R08", "review")
    with pytest.raises(NotYourConclusion):
        hall.act(hall.holder(hall.task(number, "R08")), number, TakeBack(said.id))
    with pytest.raises(NoSuchTask):
        hall.act(who, number, TakeBack(0))
    hall.act(who, number, TakeBack(said.id))
    with pytest.raises(NotYourConclusion):
        hall.act(who, number, TakeBack(said.id))


def test_after_taking_back_only_its_holder_can_conclude_it_again(hall: Hall) -> None:
    number = hall.accepted()
    who = handler(hall, number, "R08")
    hall.opine(number, "R08")
    next_one = hall.holder(hall.task(number, "R08"))
    hall.act(who, number, TakeBack(past(hall, number, "R08", "review").id))
    with pytest.raises(NotYourTask):
        hall.act(next_one, number, GiveOpinion(hall.task(number, "R08").id, "agree", "已审查"))
    hall.opine(number, "R08")
    assert hall.task(number, "R08").element == "check"


def test_nothing_is_taken_back_from_a_case_that_is_over(hall: Hall) -> None:
    number = hall.decided()
    task = hall.case(number).tasks[-1]
    with pytest.raises(NotAllowedInState):
        hall.act(hall.holder(task), number, TakeBack(task.id))
