"""An item ends without a decision, and nobody waits for it."""

import pytest

from tests.hall import LARGE, Hall
from tests.moving import past
from workflows.actions import NotPermitted
from workflows.actions.conclude_item import ConcludeItem, Outcome
from workflows.actions.concluding import ItemNotBegun
from workflows.actions.roll_back import RollBack
from workflows.models.deadline import Clock
from workflows.states import CaseState, ItemState, NotAllowedInState

REASON = "申请人书面撤回该事项"


def test_the_branch_goes_on_and_the_case_is_decided_without_it(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("lead", number, ConcludeItem("R13", Outcome.WITHDRAWN, REASON))
    item = hall.item(number, "R13")
    assert (item.state, item.reason) == (ItemState.NOT_NEEDED, REASON)
    assert hall.deadline(number, Clock.ITEM, item="R13").closed_at is not None
    details = hall.history(number)[-1].details
    assert (details["outcome"], details["withdrawn"]) == ("withdrawn", ["R13 承办人决定"])
    hall.grant_all(number)
    assert hall.case(number).state is CaseState.DECIDED
    assert hall.item(number, "R13").state is ItemState.NOT_NEEDED


def test_what_could_only_follow_from_it_lapses(hall: Hall) -> None:
    number = hall.accepted()
    hall.act("lead", number, ConcludeItem("R01", Outcome.NOT_NEEDED, "已有营业执照"))
    assert hall.item(number, "R02").state is ItemState.NOT_NEEDED


def test_a_paused_item_can_end_and_its_pause_ends_with_it(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.to_decision(number, "R11")
    hall.suspend(number, "R11")
    hall.act("lead", number, ConcludeItem("R11", Outcome.WITHDRAWN, REASON))
    assert all(row.ended_on for row in hall.case(number).pauses if row.item_id)


def test_it_can_be_taken_back_by_rolling_back_into_it(hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    hall.act("lead", number, ConcludeItem("R08", Outcome.WITHDRAWN, REASON))
    hall.act("lead", number, RollBack(past(hall, number, "R08", "check").id, "申请人改变主意"))
    assert hall.item(number, "R08").state is ItemState.REVIEWING
    assert hall.task(number, "R08").element == "check"


def test_what_has_not_begun_or_is_decided_cannot_end(hall: Hall) -> None:
    number = hall.accepted()
    with pytest.raises(ItemNotBegun):
        hall.act("lead", number, ConcludeItem("R02", Outcome.WITHDRAWN, REASON))
    hall.grant(number, "R01")
    with pytest.raises(NotAllowedInState):
        hall.act("lead", number, ConcludeItem("R01", Outcome.WITHDRAWN, REASON))
    with pytest.raises(NotPermitted):
        hall.act("window1", number, ConcludeItem("R02", Outcome.WITHDRAWN, REASON))
