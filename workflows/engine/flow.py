"""How tokens move: on along flows, up when a process is over, out when something is thrown."""

from collections.abc import Iterable, Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    ErrorEventDefinition,
    EscalationEventDefinition,
)

from workflows.engine.tree import (
    ARMED,
    CANCELLED,
    COMPLETED,
    HELD,
    LIVE,
    NEW,
    STARTED,
    WAITING,
    Token,
)


def send(my_task: Token, targets: Iterable[Any]) -> None:
    """A token for each of these elements; with the last token gone, the process is over."""
    process = my_task.workflow
    for target in targets:
        child = my_task._add_child(target)
        detour = _ends_here(child) if process.detours else None
        if detour is None:
            target.arrive(child)
        else:
            child._set_state(COMPLETED)
            end_detour(detour)
    if process.detours and not targets:
        _end_lost(process)
    check_over(process)


def comes_from(task: Token, origin: Token) -> bool:
    """Whether a token has come this way from an earlier task, perhaps through joins."""
    seen: set[int] = set()
    todo = [task]
    while todo:
        one = todo.pop()
        if one is origin:
            return True
        if one.id > origin.id and one.id not in seen:
            seen.add(one.id)
            todo += [one.parent] if one.parent is not None else []
            if one.task_spec.joins:
                others = one.workflow.tasks.values()
                todo += [other for other in others if other.internal_data.get("joined") == one.id]
    return False


def detours(top: Any) -> list[Token]:
    """The ways back that are being walked, wherever."""
    return [detour for process in top.processes() for detour in process.detours.values()]


def held_by(detour: Token) -> list[Token]:
    """What still waits for a way back to be walked."""
    top = detour.workflow.top_workflow
    tasks = [top.find(number) for number in detour.internal_data["detour"]["release"]]
    return [task for task in tasks if task is not None and task._state == HELD]


def is_awaiting_return(task: Token) -> bool:
    """Whether a task is held because something was sent back."""
    return any(task in held_by(detour) for detour in detours(task.workflow.top_workflow))


def _ends_here(child: Token) -> Token | None:
    """The detour that was to be walked as far as this, if the token comes from one."""
    for detour in child.workflow.detours.values():
        facts = detour.internal_data["detour"]
        goal = facts["until"] or facts.get("goal")
        if goal == child.task_spec.name and held_by(detour) and comes_from(child, detour):
            return detour
    return None


def _end_lost(process: Any) -> None:
    """A way back that has come to an end elsewhere is over, too."""
    for detour in list(process.detours.values()):
        live = (task for task in process.tasks.values() if task._state & LIVE)
        if held_by(detour) and not any(comes_from(task, detour) for task in live):
            end_detour(detour)


def end_detour(detour: Token) -> None:
    """The way back has been walked: what was held goes on, unless another way back holds it."""
    released = held_by(detour)
    detour.note(detour=None)
    others = {task.id for other in detours(detour.workflow.top_workflow) for task in held_by(other)}
    for task in released:
        if task.id not in others and task._state == HELD:
            release(task)


def hold(task: Token, was: int | None = None) -> None:
    """Stop a task where it is, or as if it were in the state ``was``."""
    task.note(held=task._state if was is None else was)
    task._set_state(HELD)


def release(task: Token) -> None:
    """Let a task that was held go on."""
    held = task.internal_data["held"]
    task.note(held=None)
    if held == NEW:
        task._set_state(NEW)
        spec = task.task_spec
        (spec.set_to_work if "instance" in task.internal_data else spec.arrive)(task)
    elif held == COMPLETED:
        task.complete()
    elif held == WAITING and task.task_spec.joins:
        task.task_spec.arrive(task)
    else:
        task._set_state(held)


def check_over(process: Any) -> None:
    """Complete a process that holds no token any more, and with it the activity around it."""
    if process.live or process.completed:
        return
    caller = process.caller
    if caller is None:
        process.close()
    elif caller._state == STARTED:
        process.close()
        caller.task_spec.inside_done(caller, process)


def withdraw(task: Token, by: Token) -> None:
    """Cancel a task and all that runs or is armed inside it, remembering who did."""
    was = task._state
    if was & (LIVE | ARMED):
        task.note(was=was, by=by.id)
        task._set_state(CANCELLED)
    for child in task.children:
        if child._state == ARMED or child.internal_data.get("held") == ARMED or child.is_part:
            withdraw(child, by)
    if task.inner is not None:
        for inside in task.inner.unfinished():
            withdraw(inside, by)
    if was == HELD:
        _withdraw_detours(task, by)


def _withdraw_detours(gone: Token, by: Token) -> None:
    """Cancel the ways back that nobody waits for any more."""
    for detour in detours(gone.workflow.top_workflow):
        facts = detour.internal_data
        if gone.id in facts["detour"]["release"] and "again" in facts and not held_by(detour):
            for task in list(detour.workflow.tasks.values()):
                if task._state & LIVE and comes_from(task, detour):
                    withdraw(task, by)


def throw(my_task: Token, event: Any) -> bool:
    """Throw an error or escalation to the nearest activity around that catches it.

    Returns whether the thrower's token goes on.  An error that nobody catches ends everything;
    publication sees to it that there is none.
    """
    if not isinstance(event, ErrorEventDefinition | EscalationEventDefinition):
        return True
    error = isinstance(event, ErrorEventDefinition)
    for activity in _around(my_task):
        catcher = _catcher(activity, event)
        if catcher is not None:
            caught = activity._add_child(catcher)
            my_task.note(threw=[*my_task.internal_data.get("threw", ()), caught.id])
            interrupts = error or catcher.cancel_activity
            if interrupts:
                withdraw(activity, caught)
            catcher.start(caught)
            return not interrupts
    if error:
        top = my_task.workflow.top_workflow
        for task in top.unfinished():
            withdraw(task, my_task)
        check_over(top)
    return not error


def _around(task: Token) -> Iterator[Token]:
    """The activities around a task, the nearest first; an instance stands for its whole step."""
    while task.workflow.caller is not None:
        task = task.workflow.caller
        yield task.activity


def _catcher(activity: Token, event: Any) -> Any:
    """The boundary event that catches this: the one with its code, else one without any."""
    events = [
        spec
        for spec in activity.task_spec.boundary
        if isinstance(spec.event_definition, type(event))
    ]
    exact = [spec for spec in events if spec.event_definition.code == event.code]
    open_to_all = [spec for spec in events if spec.event_definition.code is None]
    return next(iter(exact + open_to_all), None)
