"""决定: granted with a number, proposed to be refused, or returned; never before its time."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.decide import Decide, Decision, PredecessorRefused, PredecessorUndecided
from workflows.actions.import_organisation import ImportOrganisation, PostEntry
from workflows.actions.people import NotYourTask
from workflows.actions.withdraw import Withdraw
from workflows.actions.work import SamePerson
from workflows.engine import TaskNotOpen
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import CaseState, ItemState, NotAllowedInState

SEWAGE = {"discharges_sewage": True}


@pytest.fixture
def number(hall: Hall) -> str:
    """A case whose sewage licence (一审一核) is ready to be decided: the result it needs is in."""
    number = hall.accepted(SEWAGE)
    hall.grant(number, "R01")
    hall.to_decision(number, "R11")
    return number


def decision(hall: Hall, number: str, said: Decision = Decision.GRANTED) -> Decide:
    """A decision on the sewage licence."""
    return Decide(hall.task(number, "R11").id, said, "符合许可条件")


def test_a_granted_item_has_a_number_and_its_clocks_stop(hall: Hall, number: str) -> None:
    row = one_row(hall, "zj.checker", number, decision(hall, number))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R11", "step": "审核人决定", "decision": "granted", "opinion": "符合许可条件",
    }  # fmt: skip
    item = hall.item(number, "R11")
    assert (item.state, item.document_number) == (ItemState.APPROVED, "R11〔2026〕第000001号")
    for basis in Basis:
        clock = hall.deadline(number, Clock.ITEM, basis, "R11")
        assert (clock.closed_at, clock.next_at) == (hall.clock.now(), None)


def test_a_refusal_is_only_proposed_and_the_clock_runs_on(hall: Hall, number: str) -> None:
    hall.act("zj.checker", number, decision(hall, number, Decision.REFUSED))
    item = hall.item(number, "R11")
    assert (item.state, item.document_number) == (ItemState.RETURN_REVIEW, None)
    assert hall.deadline(number, Clock.ITEM, item="R11").closed_at is None
    task = hall.task(number, "R11")
    assert (task.kind, task.duty) == ("confirm", "approver")


def test_a_return_opens_the_review_again_within_the_same_limit(hall: Hall, number: str) -> None:
    hall.act("zj.checker", number, decision(hall, number, Decision.RETURNED))
    assert hall.task(number, "R11").kind == "review"
    assert day(hall.deadline(number, Clock.ITEM, item="R11").due_at) == "2026-03-09"
    hall.grant(number, "R11")


def test_the_last_decision_decides_the_case_and_the_time_to_deliver_begins(hall: Hall) -> None:
    number = hall.decided()
    case = hall.case(number)
    assert (case.state, case.decided_at) == (CaseState.DECIDED, hall.clock.now())
    assert path(hall.history(number)[-1]) == ("in_review", "decided")
    running = [row.clock for row in case.deadlines if row.closed_at is None]
    assert running == [Clock.DELIVERY]
    assert day(hall.deadline(number, Clock.DELIVERY, Basis.STATUTORY).due_at) == "2026-03-16"


def test_a_promise_is_granted_on_the_spot_and_checked_within_sixty_days(hall: Hall) -> None:
    number = hall.accepted({"area_m2": 500, "commits_fire_safety": True})
    hall.grant(number, "R01")
    hall.grant(number, "R09")
    assert hall.item(number, "R09").state is ItemState.COMMITTED
    assert hall.task(number, "R09").kind == "check"
    assert hall.deadline(number, Clock.CHECK, item="R09").limit == "60wd"


def test_nothing_is_granted_before_the_result_it_depends_on(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.to_decision(number, "R11")
    with refused(hall, PredecessorUndecided, "R01"):
        hall.decide(number, "R11")


def test_nothing_is_granted_on_a_result_that_was_refused(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.refuse(number, "R01")
    hall.to_decision(number, "R11")
    with refused(hall, PredecessorRefused, "R01"):
        hall.decide(number, "R11")


@pytest.mark.parametrize("said", Decision)
def test_every_decision_gives_its_reasons(hall: Hall, number: str, said: Decision) -> None:
    with refused(hall, ReasonMissing):
        hall.act("zj.checker", number, Decide(hall.task(number, "R11").id, said, "  "))


def test_who_reviewed_does_not_decide(hall: Hall, number: str) -> None:
    moved = ImportOrganisation(posts=(PostEntry("ZJ", "checker", "zj.handler"),))
    hall.act("admin", "organisation", moved)
    with refused(hall, SamePerson, "承办人审查"):
        hall.act("zj.handler", number, decision(hall, number))


def test_nothing_is_decided_while_its_clock_is_stopped(hall: Hall, number: str) -> None:
    hall.suspend(number, "R11")
    with refused(hall, NotAllowedInState, "suspended"):
        hall.act("zj.checker", number, decision(hall, number))


def test_a_decision_is_taken_once(hall: Hall, number: str) -> None:
    grant = decision(hall, number)
    hall.act("zj.checker", number, grant)
    with refused(hall, TaskNotOpen):
        hall.act("zj.checker", number, grant)


def test_a_case_that_is_over_is_not_decided(hall: Hall, number: str) -> None:
    grant = decision(hall, number)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("zj.checker", number, grant)


def test_only_the_post_that_has_the_step_decides(hall: Hall, number: str) -> None:
    only(hall, number, decision(hall, number), Role.APPROVER)
    for who in ("zj.handler", "zj.approver", "sj.checker"):
        with refused(hall, NotYourTask):
            hall.act(who, number, decision(hall, number))
