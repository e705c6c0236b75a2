"""签收: the post that has the work takes it over, its deputy while the holder is away."""

from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.people import NotYourTask
from workflows.actions.sign_for import SignFor
from workflows.actions.withdraw import Withdraw
from workflows.engine import TaskNotOpen
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import ItemState, NotAllowedInState


def test_signing_stops_its_clock_and_opens_the_review(hall: Hall) -> None:
    number = hall.accepted()
    assert hall.deadline(number, Clock.SIGN_FOR, item="R08").closed_at is None
    hall.sign_for(number, "R08")
    assert hall.deadline(number, Clock.SIGN_FOR, item="R08").closed_at == hall.clock.now()
    assert hall.deadline(number, Clock.SIGN_FOR, item="R13").closed_at is None
    assert hall.item(number, "R08").state is ItemState.REVIEWING


def test_signing_writes_one_row_with_item_and_step(hall: Hall) -> None:
    number = hall.accepted()
    row = one_row(hall, "sj.handler", number, SignFor(hall.task(number, "R08").id))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {"item": "R08", "step": "承办人审查"}
    assert row.acting_for is None


def test_no_other_post_of_this_or_another_department_signs(hall: Hall) -> None:
    number = hall.accepted()
    sign = SignFor(hall.task(number, "R08").id)
    holder = hall.actor("sj.handler").name
    for who in ("ga.handler", "sj.checker", "sj.chief", "sj.handler2"):
        with refused(hall, NotYourTask, holder):
            hall.act(who, number, sign)


def test_the_deputy_signs_in_the_name_of_the_holder_who_is_away(hall: Hall) -> None:
    number = hall.accepted()
    hall.away("sj.handler", "2026-03-02")
    sign = SignFor(hall.task(number, "R08").id)
    with refused(hall, NotYourTask, hall.actor("sj.handler2").name):
        hall.act("sj.handler", number, sign)
    row = one_row(hall, "sj.handler2", number, sign)
    assert row.acting_for == hall.actor("sj.handler").name


def test_an_item_is_signed_for_once(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    with refused(hall, NotAllowedInState, "reviewing"):
        hall.sign_for(number, "R08")


def test_there_is_nothing_to_sign_for_in_a_case_that_was_withdrawn(hall: Hall) -> None:
    number = hall.accepted()
    sign = SignFor(hall.task(number, "R08").id)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("sj.handler", number, sign)


def test_the_task_of_another_case_cannot_be_signed_for(hall: Hall) -> None:
    number, other = hall.accepted(), hall.accepted()
    with refused(hall, TaskNotOpen):
        hall.act("sj.handler", number, SignFor(hall.task(other, "R08").id))


def test_only_approvers_sign(hall: Hall) -> None:
    number = hall.accepted()
    only(hall, number, SignFor(hall.task(number, "R08").id), Role.APPROVER)
