"""A case is resumed where it rested, and only by who may suspend it."""

import pytest

from tests.hall import LARGE, Hall
from workflows.actions import NotPermitted
from workflows.actions.base import ReasonMissing
from workflows.actions.resume_case import ResumeCase
from workflows.actions.suspend_case import Ground, SuspendCase
from workflows.states import CaseState, ItemState, NotAllowedInState


def test_an_item_in_a_special_procedure_of_its_own_stays_in_it(hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.to_decision(number, "R11")
    hall.suspend(number, "R11")
    hall.act("lead", number, SuspendCase("专家评审", Ground.EXPERT_REVIEW, 3))
    assert "R11" not in hall.history(number)[-1].details["frozen"]
    hall.at("2026-03-04T10:00")
    hall.act("lead", number, ResumeCase("评审结束"))
    assert hall.item(number, "R11").state is ItemState.SUSPENDED
    (own,) = (row for row in hall.case(number).pauses if row.ended_on is None)
    assert own.kind == "水质检测"
    details = hall.history(number)[-1].details
    assert details["number"].startswith("HF〔2026〕") and "promised" in details["due"]


def test_what_is_not_suspended_cannot_be_resumed(hall: Hall) -> None:
    number = hall.accepted()
    with pytest.raises(NotAllowedInState):
        hall.act("lead", number, ResumeCase("没有中止"))
    hall.act("lead", number, SuspendCase("核实资料真实性"))
    with pytest.raises(ReasonMissing):
        hall.act("lead", number, ResumeCase(""))
    with pytest.raises(NotPermitted):
        hall.act("window1", number, ResumeCase("核实无误"))
    assert hall.case(number).state is CaseState.SUSPENDED
