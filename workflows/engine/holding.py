"""What stops while something is sent back: a branch, the sender, with the timers on them.

What is held is no lost work: it opens again where it was, its timers are armed again.
"""

from workflows.engine.flow import detours, held_by, hold
from workflows.engine.tree import ARMED, COMPLETED, HELD, LIVE, NEW, WAITING, Token
from workflows.engine.undo import flow_children, fresh
from workflows.engine.ways import Way


def hold_branch(head: Token) -> list[int]:
    """Hold what is open or armed in a branch, and say what; also what waits for another return."""
    top = head.workflow.top_workflow
    waiting = {task.id for detour in detours(top) for task in held_by(detour)}
    held = []
    todo = [head]
    while todo:
        task = todo.pop()
        if task.id in top.open or task.id in top.armed:
            hold(task)
            held.append(task.id)
        elif task.id in waiting:
            held.append(task.id)
        todo += task.children
        if task.inner is not None:
            todo += task.inner.tasks.values()
    return sorted(set(held))


def hold_sender(way: Way) -> list[int]:
    """Hold the task that sends back, and the timers around that have nothing else to run for."""
    held = hold_branch(way.sender)
    at = way.sender
    while True:
        whole = at.activity
        if _others_run(at, [one for one in whole.children if "instance" in one.internal_data]):
            return held
        held += hold_timers(whole)
        if way.last in (at, whole) or _others_run(whole, list(whole.workflow.tasks.values())):
            return held
        at = whole.workflow.caller


def _others_run(task: Token, among: list[Token]) -> bool:
    """Whether there is work among these that goes on, besides this task and its parts."""
    running = [one for one in among if one._state & LIVE and one._state != HELD]
    return any(one is not task and one.parent is not task for one in running)


def hold_timers(task: Token) -> list[int]:
    """Hold what is armed on the border of an activity, and say what."""
    armed = [child for child in task.children if child._state == ARMED]
    for event in armed:
        hold(event)
    return [event.id for event in armed]


def anew(head: Token) -> int:
    """Hold a branch at its beginning: what was done in it is void."""
    fresh(head)
    hold(head, NEW)
    return head.id


def hold_end(task: Token) -> Token:
    """Hold the branch of a task at its end: its token at the join, or its finished instance."""
    if "instance" in task.internal_data:
        hold(task, COMPLETED)
        task.parent.note(left=task.parent.internal_data["left"] + 1)
        return task
    todo = [task]
    while todo:
        one = todo.pop()
        if one._state == WAITING and one.task_spec.joins:
            hold(one)
            return one
        todo += flow_children(one)
    raise AssertionError("a branch that was joined has a token at the join")
