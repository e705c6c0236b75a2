"""Moving what runs: back, elsewhere, with more people or fewer, to an end that was decided.

Every move says what it may be done to and refuses the rest; none loses what another branch did.
`returns` has the longest of them, sending back across parallel branches.
"""

from typing import Any

from workflows.engine.activities import CallActivity, UserTask
from workflows.engine.codec import take
from workflows.engine.definition import Definition
from workflows.engine.elements import Element, EndEvent, StartEvent
from workflows.engine.events import BoundaryEvent
from workflows.engine.flow import comes_from, held_by, withdraw
from workflows.engine.gateways import ParallelGateway
from workflows.engine.instance import Step, TaskNotOpen, settle
from workflows.engine.tree import (
    ARMED,
    CANCELLED,
    COMPLETED,
    LIVE,
    READY,
    STARTED,
    Process,
    Token,
)
from workflows.engine.undo import (
    followers,
    join_again,
    reopen,
    stop_detours,
    take_back,
    wait_again,
)
from workflows.engine.ways import leads_only_to
from workflows.errors import N_, WorkflowError


class MoveNotPossible(WorkflowError):
    """A move that would lose work, or lead nowhere."""

    sentence = N_("不能这样调整流程：%(why)s")


class Moving:
    """A process taken up to be moved; refused, it is thrown away, and the state holds good."""

    def __init__(self, definition: Definition, state: bytes) -> None:
        self.definition = definition
        self.top: Process = take(state, definition)

    def open_task(self, number: int) -> Token:
        """A task that waits for a person; TaskNotOpen when it does not."""
        task = self.top.open.get(number)
        if task is None:
            raise TaskNotOpen
        return task

    def past_task(self, number: int) -> Token:
        """A user task that is over, or done and only waits for those who sign with it."""
        task = self.top.find(number)
        if task is None or not isinstance(task.task_spec, UserTask):
            raise MoveNotPossible(why=N_("没有这个环节"))
        if "signs" in task.internal_data:
            raise MoveNotPossible(why=N_("加签的环节不能单独重办，请选择被加签的环节"))
        if task.is_part and task.internal_data.get("by") == task.id:
            raise MoveNotPossible(why=N_("这个环节已经减签"))
        if task._state not in (COMPLETED, CANCELLED, STARTED) or "total" in task.internal_data:
            raise MoveNotPossible(why=N_("这个环节还没有办结"))
        return task

    def require_first_time(self, task: Token) -> None:
        """Refuse a task that was done again on a way back: its end let others go on."""
        at: Token | None = task
        while at is not None:
            if "again" in at.internal_data:
                raise MoveNotPossible(why=N_("这个环节是退回后重办的，请改用退回"))
            at = at.parent or at.workflow.caller

    def settle(self) -> Step:
        """Run to rest."""
        stop_detours(self.top)
        wait_again(self.top)
        join_again(self.top)
        return settle(self.top, self.definition)


def roll_back(definition: Definition, state: bytes, number: int) -> Step:
    """Open an earlier task again, as if it had not been done; what followed from it is gone.

    Opinions that did not follow from it stand.  A task that was interrupted by a timer or a
    message is open again and its timer armed; so is one that was not needed any more, or was
    withdrawn by a jump or a conclusion, with the others that were.  Who signs after the task
    waits for his turn again.  Raises MoveNotPossible where another branch's error, escalation or
    terminating end would have taken the task away: that has to be rolled back first.
    """
    moving = Moving(definition, state)
    task = moving.past_task(number)
    moving.require_first_time(task)
    open_again(moving.top, task)
    return moving.settle()


def open_again(top: Process, task: Token) -> None:
    """Take back what followed from a task, and whatever cancelled it; it is open again."""
    while (canceller := _cancelled_by(task)) is not None:
        _revive(top, canceller)
    if task._state in (COMPLETED, STARTED):
        take_back(task)
        task._set_state(READY)


def _cancelled_by(task: Token) -> int | None:
    """The first of those who cancelled this task, what it stands in or what it led to."""
    after = followers(task)
    cancelled = [one for one in after.values() if one._state == CANCELLED]
    found: set[int] = set()
    at: Token | None = task
    while at is not None:
        cancelled += [one for one in (at, at.activity) if one._state == CANCELLED]
        found.update(
            one.id
            for one in at.workflow.tasks.values()
            if one.id > task.id and one._state == COMPLETED and _terminates(one)
        )
        at = at.workflow.caller
    found.update(int(one.internal_data["by"]) for one in cancelled)
    if task._state != CANCELLED:
        found.discard(task.id)
    return min(found - after.keys(), default=None)


def _terminates(task: Token) -> bool:
    return isinstance(task.task_spec, EndEvent) and task.task_spec.terminates


def _revive(top: Process, canceller: int) -> None:
    """Take back what cancelled: an event that interrupted, a step that had enough, a move."""
    by = top.find(canceller)
    if by is not None and isinstance(by.task_spec, BoundaryEvent) and by.task_spec.waits:
        take_back(by)
        by._set_state(ARMED)
    elif by is not None and by._state == CANCELLED and by.internal_data["by"] == by.id:
        take_back(by)  # it was moved by a jump
    elif by is not None and "concluded" in by.internal_data:
        by.inner.close(False)
        reopen(by)
    elif by is not None and "total" in by.internal_data and by._state == COMPLETED:
        reopen(by)
    else:
        raise MoveNotPossible(why=N_("这个环节是被流程终止的，不能单独恢复"))


def jump(definition: Definition, state: bytes, number: int, element: str, alone: bool) -> Step:
    """Move the token of an open task to another element of the same process.

    ``alone`` also withdraws every other token of that process, so that none is left waiting; one
    of many instances jumps for the whole step.  Raises MoveNotPossible when a join would wait for
    ever, or be reached twice: out of a branch, or alone into one.
    """
    moving = Moving(definition, state)
    task = moving.open_task(number).activity
    if "signs" in task.internal_data:
        raise MoveNotPossible(why=N_("加签的环节不能跳转，请跳转被加签的环节"))
    target = _goal_of_jump(task, element)
    others = [
        one for one in task.workflow.unfinished() if one is not task and one.parent is not task
    ]
    if not alone:
        _require_way_back(task, target)
    if not alone and any(one._state & LIVE for one in others):
        if _feeds(task.task_spec) != _feeds(target):
            raise MoveNotPossible(why=N_("还有其他分支在办，跳转后汇聚会等不齐"))
    elif not _fills(target):
        raise MoveNotPossible(why=N_("不能单独跳进并行的分支，汇聚会等不齐"))
    for one in others if alone else []:
        withdraw(one, task)
    withdraw(task, task)
    target.arrive(task._add_child(target))
    return moving.settle()


def _goal_of_jump(task: Token, element: str) -> Element:
    target = task.workflow.spec.task_specs.get(element)
    if not isinstance(target, Element) or isinstance(target, StartEvent | BoundaryEvent):
        raise MoveNotPossible(why=N_("本流程没有这个环节"))
    if target.joins:
        raise MoveNotPossible(why=N_("不能直接跳到汇聚网关"))
    return target


def _require_way_back(task: Token, target: Element) -> None:
    """Refuse to jump off a way back past those who wait for it: they would come there again."""
    for detour in task.workflow.detours.values():
        goal = detour.internal_data["detour"].get("goal")
        waits = goal and held_by(detour) and comes_from(task, detour)
        if waits and not leads_only_to(target, task.workflow.spec.task_specs[goal]):
            raise MoveNotPossible(why=N_("退回后还有环节在等，不能跳到它后面，请先办完退回的环节"))


def _feeds(spec: Any) -> set[tuple[str, str]]:
    """The incoming flows of parallel joins that a token here may fill, the next time."""
    found: set[tuple[str, str]] = set()
    for join in spec._wf_spec.task_specs.values():
        if isinstance(join, ParallelGateway) and join.joins:
            seen, todo = {spec}, [spec]
            while todo:
                one = todo.pop()
                for target in one.targets:
                    if target is join:
                        found.add((join.name, one.name))
                    elif target not in seen and isinstance(target, Element):
                        seen.add(target)
                        todo.append(target)
    return found


def _fills(spec: Any) -> bool:
    """Whether a single token here can fill every flow of the parallel joins it may come to."""
    feeds = _feeds(spec)
    joins = [spec._wf_spec.task_specs[name] for name in {name for name, _ in feeds}]
    return feeds >= {(join.name, source) for join in joins for source in join.sources}


def conclude(definition: Definition, state: bytes, number: int, outcome: str) -> Step:
    """End the called process around an open task with an outcome; its branch goes on.

    Cancelling it instead would leave the join waiting for ever.
    """
    moving = Moving(definition, state)
    task = moving.top.find(number)
    caller = task.workflow.caller if task is not None else None
    while caller is not None and not isinstance(caller.task_spec, CallActivity):
        caller = caller.workflow.caller
    if caller is None or caller._state != STARTED:
        raise MoveNotPossible(why=N_("这个环节不在被调用的流程里"))
    for inside in caller.inner.unfinished():
        withdraw(inside, caller)
    caller.inner.close()
    caller.note(concluded=True)
    caller.scope.write(caller.id, {caller.task_spec.result: outcome})
    caller.complete()
    return moving.settle()
