"""A task is moved elsewhere in its process, on record; a licence is never granted by it."""

import pytest

from tests.hall import Hall
from workflows import engine
from workflows.actions import NotPermitted
from workflows.actions.base import ReasonMissing
from workflows.actions.jump import Jump
from workflows.states import NotAllowedInState

REASON = "简易程序，直接决定"


def test_a_task_is_moved_to_another_step_and_history_says_so(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    task = hall.task(number, "R08")
    hall.act("lead", number, Jump(task.id, "decide", REASON))
    assert hall.task(number, "R08").element == "decide"
    details = hall.history(number)[-1].details
    assert (details["step"], details["target"]) == ("承办人审查", "批准人决定")
    assert details["withdrawn"] == ["R08 承办人审查"]
    hall.grant(number, "R01")
    hall.grant(number, "R08")


@pytest.mark.parametrize("end", ["granted", "refused"])
def test_nothing_is_decided_by_a_jump(hall: Hall, end: str) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    with pytest.raises(NotAllowedInState):
        hall.act("lead", number, Jump(hall.task(number, "R08").id, end, REASON))
    assert hall.task(number, "R08").element == "review"


def test_only_within_the_process_by_the_lead_and_with_a_reason(hall: Hall) -> None:
    number = hall.accepted()
    task = hall.task(number, "R08")
    with pytest.raises(engine.MoveNotPossible):
        hall.act("lead", number, Jump(task.id, "R13", REASON))
    with pytest.raises(ReasonMissing):
        hall.act("lead", number, Jump(task.id, "decide", ""))
    with pytest.raises(NotPermitted):
        hall.act("window1", number, Jump(task.id, "decide", REASON))
