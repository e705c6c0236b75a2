"""审查意见: one step after the other, each by another person, with reasons."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.import_organisation import ImportOrganisation, PostEntry
from workflows.actions.people import NotYourTask
from workflows.actions.withdraw import Withdraw
from workflows.actions.work import ConclusionUnknown, SamePerson
from workflows.engine import TaskNotOpen
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import NotAllowedInState


@pytest.fixture
def number(hall: Hall) -> str:
    """A case whose food licence is signed for."""
    number = hall.accepted()
    hall.sign_for(number, "R08")
    return number


def agree(hall: Hall, number: str) -> GiveOpinion:
    """A favourable opinion on the open step of the food licence."""
    return GiveOpinion(hall.task(number, "R08").id, "agree", "材料齐全，符合条件")


def test_the_three_steps_pass_from_post_to_post(hall: Hall, number: str) -> None:
    duties = []
    for _ in range(2):
        duties.append(hall.task(number, "R08").duty)
        hall.opine(number, "R08")
    last = hall.task(number, "R08")
    assert duties == ["handler", "checker"]
    assert (last.duty, last.kind) == ("approver", "decide")


def test_an_opinion_is_one_row_and_stays_with_the_step(hall: Hall, number: str) -> None:
    done = hall.task(number, "R08").id
    row = one_row(hall, "sj.handler", number, agree(hall, number))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R08", "step": "承办人审查", "conclusion": "agree", "opinion": "材料齐全，符合条件",
    }  # fmt: skip
    task = next(task for task in hall.case(number).tasks if task.id == done)
    assert (task.conclusion, task.closed_by) == ("agree", hall.actor("sj.handler").name)


def test_a_return_goes_back_one_step_and_the_clock_keeps_running(hall: Hall, number: str) -> None:
    hall.opine(number, "R08")
    due = hall.deadline(number, Clock.ITEM, item="R08").due_at
    hall.at("2026-03-04T09:00")
    hall.opine(number, "R08", "return")
    assert hall.task(number, "R08").duty == "handler"
    assert hall.deadline(number, Clock.ITEM, item="R08").due_at == due
    assert day(due) == "2026-03-09"


def test_nobody_gives_an_opinion_before_signing_for_the_item(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, NotAllowedInState, "received"):
        hall.act("sj.handler", number, agree(hall, number))


def test_nobody_gives_an_opinion_while_the_item_is_suspended(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    hall.suspend(number, "R11")
    with refused(hall, NotAllowedInState, "suspended"):
        hall.opine(number, "R11")


def test_no_opinion_without_words_and_no_conclusion_that_the_step_does_not_offer(
    hall: Hall, number: str
) -> None:
    task = hall.task(number, "R08").id
    with refused(hall, ReasonMissing):
        hall.act("sj.handler", number, GiveOpinion(task, "agree", " "))
    with refused(hall, ConclusionUnknown, "return"):
        hall.act("sj.handler", number, GiveOpinion(task, "return", "退回"))


def test_who_reviewed_does_not_check(hall: Hall, number: str) -> None:
    hall.opine(number, "R08")
    moved = ImportOrganisation(posts=(PostEntry("SJ", "checker", "sj.handler"),))
    hall.act("admin", "organisation", moved)
    with refused(hall, SamePerson, "承办人审查"):
        hall.act("sj.handler", number, agree(hall, number))


def test_the_opinion_is_that_of_the_post_and_only_of_the_open_step(hall: Hall, number: str) -> None:
    first = agree(hall, number)
    for who in ("sj.checker", "wj.handler"):
        with refused(hall, NotYourTask):
            hall.act(who, number, first)
    hall.act("sj.handler", number, first)
    with refused(hall, TaskNotOpen):
        hall.act("sj.handler", number, first)


def test_a_decision_is_not_an_opinion(hall: Hall, number: str) -> None:
    hall.to_decision(number, "R08")
    with refused(hall, TaskNotOpen):
        hall.act("sj.approver", number, agree(hall, number))


def test_a_case_that_is_over_takes_no_opinion(hall: Hall, number: str) -> None:
    opinion = agree(hall, number)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("sj.handler", number, opinion)


def test_only_approvers_give_opinions(hall: Hall, number: str) -> None:
    only(hall, number, agree(hall, number), Role.APPROVER)
