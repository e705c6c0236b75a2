"""The joint limit, and items that depend on one another: who waits for whom, and whose days count.

A day of the case is frozen only when every unfinished item is frozen itself, handled outside the
government's time, or waits for one that is; otherwise the joint clock runs.
"""

import pytest

from server.view import day
from tests.evidence import refused
from tests.hall import LARGE, Hall
from workflows.actions.close import Close
from workflows.actions.decide import Decision, PredecessorRefused
from workflows.actions.deliver import Deliver, Delivery
from workflows.actions.withdraw import Withdraw
from workflows.models.deadline import Basis, Clock
from workflows.states import CaseState, ItemState

SEWAGE = {"discharges_sewage": True}
#: Fire design review, construction permit behind it, night work behind that.
BUILDING = {
    "is_special_fire_project": True, "invest_wan": 100, "area_m2": 1000, "night_work": True,
}  # fmt: skip


def joint(hall: Hall, number: str, basis: Basis = Basis.PROMISED) -> str:
    """When the whole case is due."""
    return day(hall.deadline(number, Clock.CASE, basis).due_at)


def due(hall: Hall, number: str, item: str) -> str:
    """When an item is due on its promise."""
    return day(hall.deadline(number, Clock.ITEM, item=item).due_at)


def states(hall: Hall, number: str) -> dict[str, ItemState]:
    return {item.code: item.state for item in hall.case(number).items}


def only_sewage_left(hall: Hall) -> str:
    """A case in which everything is granted but the sewage licence, signed for."""
    number = hall.accepted(SEWAGE)
    for item in ("R01", "R02", "R03", "R08", "R13"):
        hall.grant(number, item)
    hall.sign_for(number, "R11")
    return number


# -- when the joint clock stands still ------------------------------------------------------------


def test_one_frozen_item_does_not_freeze_the_case_while_another_can_move(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.sign_for(number, "R11")
    hall.suspend(number, "R11")
    assert joint(hall, number) == "2026-03-19"
    assert [pause.item_id for pause in hall.case(number).pauses if pause.item_id is None] == []


def test_the_case_freezes_with_its_last_item_and_runs_again_with_the_result(hall: Hall) -> None:
    number = only_sewage_left(hall)
    hall.at("2026-03-04T10:00")
    hall.suspend(number, "R11", days=10)
    hall.at("2026-03-09T10:00")  # frozen: 03-04, 03-05 and 03-06
    hall.resume(number, "R11")
    assert joint(hall, number) == "2026-03-24"
    assert joint(hall, number, Basis.STATUTORY) == "2026-05-12"
    assert due(hall, number, "R11") == "2026-03-12"


def test_the_case_freezes_when_the_last_item_that_moved_is_decided(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.sign_for(number, "R11")
    hall.suspend(number, "R11", days=20)
    for item in ("R01", "R02", "R03", "R08"):
        hall.grant(number, item)
    hall.at("2026-03-04T10:00")
    hall.grant(number, "R13")
    hall.at("2026-03-06T10:00")  # frozen for the case: 03-04 and 03-05; for the item 03-02 too
    hall.resume(number, "R11")
    assert joint(hall, number) == "2026-03-23"


def test_only_the_days_that_the_law_freezes_for_the_last_item_are_frozen_for_the_case(
    hall: Hall,
) -> None:
    number = only_sewage_left(hall)
    hall.at("2026-03-04T10:00")
    hall.suspend(number, "R11", days=3)
    hall.at("2026-03-20T10:00")  # nine working days beyond the three that were told
    hall.resume(number, "R11")
    assert due(hall, number, "R11") == "2026-03-12"
    assert joint(hall, number) == "2026-03-24"


def test_the_case_runs_again_as_soon_as_the_time_told_for_one_of_its_items_is_used_up(
    hall: Hall,
) -> None:
    number = hall.accepted({**SEWAGE, "has_signboard": True})
    for item in ("R01", "R02", "R03", "R08", "R10", "R13"):
        hall.grant(number, item)
    hall.sign_for(number, "R11")
    hall.at("2026-03-04T10:00")
    hall.suspend(number, "R11", days=2)
    assert joint(hall, number) == "2026-03-23"
    hall.at("2026-03-11T10:00")
    hall.sweep()
    assert joint(hall, number) == "2026-03-23"


def test_an_item_outside_the_governments_time_freezes_those_that_wait_for_it(hall: Hall) -> None:
    number = hall.accepted(BUILDING, process="construction")
    for item in ("G06", "G07", "G16", "G25", "G26"):
        hall.grant(number, item)
    hall.pre_review(number, "G02")
    assert joint(hall, number) == "2026-03-23"
    hall.at("2026-03-04T10:00")
    hall.pre_review(number, "G09")  # now G01 is with the review agency and all else waits for it
    assert hall.deadline(number, Clock.CASE).due_at is None
    hall.at("2026-03-06T10:00")
    hall.grant(number, "G01")
    assert joint(hall, number) == "2026-03-25"


def test_waiting_for_what_moves_does_not_freeze_and_waiting_for_what_is_frozen_does(
    hall: Hall,
) -> None:
    number = hall.accepted(BUILDING, process="construction")
    for item in ("G01", "G06", "G07", "G16", "G25", "G26"):
        hall.grant(number, item)
    hall.pre_review(number, "G09")  # for G02, which is under review
    assert joint(hall, number) == "2026-03-23"
    hall.sign_for(number, "G02")
    hall.at("2026-03-04T10:00")
    hall.suspend(number, "G02", "专家评审", 20)  # G09 waits for it, and G24 for G09
    hall.at("2026-03-09T10:00")
    hall.resume(number, "G02")
    assert joint(hall, number) == "2026-03-26"


def test_a_frozen_case_is_whole_again_when_it_is_withdrawn(hall: Hall) -> None:
    number = only_sewage_left(hall)
    hall.suspend(number, "R11")
    hall.act("window1", number, Withdraw("不再开店"))
    case = hall.case(number)
    assert all(pause.ended_on for pause in case.pauses)
    assert all(clock.closed_at for clock in case.deadlines)


# -- who starts when ------------------------------------------------------------------------------


def test_parallel_items_start_at_acceptance_and_the_one_that_follows_with_the_result(
    hall: Hall,
) -> None:
    hall.publish(
        ("statutory: 3wd, extension: 3wd, promised: 0.5wd", "statutory: 5wd, promised: 5wd"),
        (
            "promised: 3wd,\n     materials: [M02, M16]",
            "promised: 10wd,\n     materials: [M02, M16]",
        ),
        ("statutory: 20wd, promised: 10wd", "statutory: 20wd, promised: 7wd"),
    )
    number = hall.accepted({"sells_tobacco": True})
    assert (due(hall, number, "R01"), due(hall, number, "R13")) == ("2026-03-09", "2026-03-16")
    assert hall.item(number, "R12").state is ItemState.WAITING
    hall.at("2026-03-06T16:00")
    hall.grant(number, "R01")
    assert hall.item(number, "R12").state is ItemState.RECEIVED
    assert due(hall, number, "R12") == "2026-03-17"
    assert hall.item(number, "R12").started_at == hall.clock.now()


def test_what_waits_to_start_has_no_clock_and_no_work(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    case = hall.case(number)
    waiting = {item.id for item in case.items if item.state is ItemState.WAITING}
    assert len(waiting) == 8
    assert not waiting & {clock.item_id for clock in case.deadlines}
    assert not waiting & {task.item_id for task in case.tasks}


def test_what_waits_to_decide_stands_still_from_its_pre_review_to_the_result(hall: Hall) -> None:
    number = hall.accepted(BUILDING, process="construction")
    hall.at("2026-03-04T10:00")
    hall.pre_review(number, "G02")
    hall.at("2026-03-06T10:00")
    assert hall.deadline(number, Clock.ITEM, item="G02").due_at is None
    hall.grant(number, "G01")
    assert hall.item(number, "G02").state is ItemState.REVIEWING
    assert due(hall, number, "G02") == "2026-03-10"
    hall.decide(number, "G02")
    assert hall.item(number, "G02").state is ItemState.APPROVED


def test_an_item_that_waits_for_two_stands_still_until_the_second(hall: Hall) -> None:
    number = hall.accepted(BUILDING, process="construction")
    for item in ("G06", "G07"):
        hall.grant(number, item)
    hall.pre_review(number, "G09")
    hall.grant(number, "G01")
    assert hall.item(number, "G09").state is ItemState.PRE_REVIEWED
    hall.grant(number, "G02")
    assert hall.item(number, "G09").state is ItemState.REVIEWING


# -- refusal --------------------------------------------------------------------------------------


def test_when_the_first_is_refused_what_would_start_behind_it_is_not_needed_any_more(
    hall: Hall,
) -> None:
    number = hall.accepted({"has_employees": True, "sells_tobacco": True})
    hall.refuse(number, "R01")
    found = states(hall, number)
    assert found["R01"] is ItemState.REJECTED
    for item in ("R02", "R03", "R04", "R05", "R06", "R12"):
        assert found[item] is ItemState.NOT_NEEDED
        assert "前置事项" in hall.item(number, item).reason
    assert (found["R08"], found["R13"]) == (ItemState.RECEIVED, ItemState.RECEIVED)


@pytest.mark.parametrize("reviewed_before", [True, False])
def test_when_the_first_is_refused_what_depends_on_it_can_only_be_refused(
    hall: Hall, reviewed_before: bool
) -> None:
    number = hall.accepted()
    if reviewed_before:
        hall.pre_review(number, "R08")
    hall.refuse(number, "R01")
    hall.to_decision(number, "R08")
    assert hall.item(number, "R08").state is ItemState.REVIEWING
    with refused(hall, PredecessorRefused, "R01"):
        hall.decide(number, "R08")
    hall.refuse(number, "R08")
    hall.grant(number, "R13")
    assert hall.case(number).state is CaseState.DECIDED


def test_what_waits_may_be_refused_without_waiting_any_longer(hall: Hall) -> None:
    number = hall.accepted()
    hall.pre_review(number, "R08")
    hall.decide(number, "R08", Decision.REFUSED)
    assert hall.item(number, "R08").state is ItemState.RETURN_REVIEW
    assert due(hall, number, "R08") == "2026-03-09"


def test_one_refused_item_and_all_others_granted_delivered_and_closed(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.grant(number, "R01")
    hall.refuse(number, "R12")
    hall.grant_all(number)
    found = states(hall, number)
    assert found.pop("R12") is ItemState.REJECTED
    assert set(found.values()) == {ItemState.APPROVED}
    case = hall.act("window1", number, Deliver(Delivery.COUNTER, "王建国"))
    assert case.state is CaseState.DELIVERED
    row = hall.history(number)[-1]
    assert len(row.details["documents"]) == 15
    assert hall.act("window1", number, Close()).state is CaseState.CLOSED
    closed = hall.case(number)
    assert all(clock.closed_at for clock in closed.deadlines)
    assert all(task.closed_at for task in closed.tasks)
    assert all(instance.finished for instance in closed.instances)


def test_all_items_of_the_construction_permit_can_be_granted(hall: Hall) -> None:
    number = hall.decided(BUILDING, process="construction")
    assert set(states(hall, number).values()) == {ItemState.APPROVED}
    assert hall.case(number).state is CaseState.DECIDED
