"""More people for a task, or fewer: 加签 and 减签."""

from collections.abc import Mapping
from typing import Any

from workflows.engine.activities import UserTask
from workflows.engine.definition import Definition
from workflows.engine.flow import hold, is_awaiting_return, withdraw
from workflows.engine.instance import Step
from workflows.engine.moves import MoveNotPossible, Moving
from workflows.engine.scope import GIVEN, Scope
from workflows.engine.tree import HELD, READY
from workflows.errors import N_


def add_signer(
    definition: Definition,
    state: bytes,
    number: int,
    when: str = "beside",
    variables: Mapping[str, Any] | None = None,
) -> Step:
    """Ask one more person to sign: ``beside`` the open task, ``before`` it or ``after`` it (加签).

    Beside an instance of a multi-instance step, the signer is one more instance.  The flow goes
    on when all have signed.
    """
    moving = Moving(definition, state)
    task = moving.open_task(number)
    spec = task.task_spec
    if spec.approval.signing is not None:
        raise MoveNotPossible(why=N_("由谁会签是流程图规定的，不能加签"))
    if when == "beside" and "instance" in task.internal_data:
        whole = task.parent
        facts = whole.internal_data
        place = len(spec.instances(whole)) + 1
        if spec.multiple.sequential:
            raise MoveNotPossible(why=N_("依次办理的环节不能并行加签"))
        whole.note(total=facts["total"] + 1, left=facts["left"] + 1)
        added = spec.add_instance(whole, place, None)
    else:
        added = task._add_child(spec)
        added.note(signs=when)
        added.scope = Scope(added, task.scope)
        added._set_state(READY)
        if when == "before":
            hold(task)
        elif when == "after":
            hold(added)
    added.scope.write(GIVEN, variables or {})
    return moving.settle()


def remove_signer(definition: Definition, state: bytes, number: int) -> Step:
    """Take back the request to a signer, or one instance of a multi-instance step (减签)."""
    moving = Moving(definition, state)
    task = moving.top.find(number)
    if task is None or not task._state & (READY | HELD) or not task.is_part:
        raise MoveNotPossible(why=N_("这不是加签的环节"))
    if is_awaiting_return(task):
        raise MoveNotPossible(why=N_("这个环节正等退回的环节办完，不能减签"))
    if "signs" in task.internal_data:
        withdraw(task, task)
        task.task_spec.signed(task.parent)
        return moving.settle()
    whole = task.parent
    facts = whole.internal_data
    if whole.task_spec.multiple.sequential:
        raise MoveNotPossible(why=N_("依次办理的环节不能减签"))
    if isinstance(whole.task_spec, UserTask) and whole.task_spec.approval.signing is not None:
        raise MoveNotPossible(why=N_("由谁会签是流程图规定的，不能减签"))
    withdraw(task, task)
    whole.note(left=facts["left"] - 1, gone=facts.get("gone", 0) + 1)
    if not facts["left"]:
        whole.task_spec.end_step(whole)
    return moving.settle()
