"""Taking back what a task has caused, and nothing else.

What follows from a task is known exactly: the tokens it sent on, the join that took its token,
what it cancelled, what it threw, what it wrote, the process it was the last of.  Taking a task
back leaves the process as if that task, and all that followed from it, had not happened yet;
whatever the other branches did meanwhile stands.
"""

from collections.abc import Iterator

from workflows.engine.flow import detours, hold
from workflows.engine.tree import (
    ARMED,
    CANCELLED,
    COMPLETED,
    HELD,
    LIVE,
    NEW,
    READY,
    STARTED,
    WAITING,
    Process,
    Token,
)


def flow_children(task: Token) -> list[Token]:
    """The tasks this one sent its token to: not its boundary events, instances or signers."""
    return [
        child
        for child in task.children
        if child.task_spec not in task.task_spec.boundary and not child.is_part
    ]


def take_back(task: Token) -> None:
    """Take back everything that followed from the end of this task; the task itself stays."""
    _reopen_around(task)
    for child in flow_children(task):
        remove(child)
    take_back_effects(task)
    for child in task.children:  # who signs after it waits for it again
        if child.internal_data.get("signs") == "after" and child._state & (READY | COMPLETED):
            take_back_effects(child)
            hold(child, READY)


def reopen(task: Token) -> None:
    """Take back what followed from an activity that was done: it is at work again."""
    take_back(task)
    task._set_state(STARTED)


def remove(task: Token) -> None:
    """As if no token had ever come here."""
    if task.id not in task.workflow.tasks:
        return
    clear(task)
    join = task.workflow.tasks.get(task.internal_data.get("joined"))
    if join is not None:
        unfire(join)
    if task.id in task.workflow.tasks:
        task.workflow.remove(task)


def stop_detours(top: Process) -> None:
    """When those who waited for a way back are gone, it is as if nothing had been sent back."""
    for detour in detours(top):
        if any(top.find(number) for number in detour.internal_data["detour"]["release"]):
            continue
        if "again" in detour.internal_data:
            remove(detour)
        else:  # a process that is at work again, and now leads on as ever
            detour.note(detour=None)
            detour._set_state(COMPLETED)
            _reopen_around(detour)
            detour._set_state(STARTED)
            for child in flow_children(detour):
                remove(child)


def unfire(join: Token) -> None:
    """A join has not fired: its tokens wait again."""
    take_back(join)
    if join._state == HELD:
        join.note(held=WAITING)
    else:
        join._set_state(WAITING)


def clear(task: Token) -> None:
    """Remove all that a task began or sent on; only the arrival of its token is left."""
    if task._state == COMPLETED:
        _reopen_around(task)
        task._set_state(STARTED)
    inner = task.inner
    if inner is not None:
        inner.completed = False
        for inside in list(inner.tasks.values()):
            remove(inside)
        del task.workflow.top_workflow.subprocesses[task.id]
    for child in list(task.children):
        remove(child)
    take_back_effects(task)


def followers(task: Token) -> dict[int, Token]:
    """All that followed from the end of this task, by number: what `take_back` would remove."""
    found: dict[int, Token] = {}
    ends: set[int] = set()
    todo = [(task, False)]
    while todo:
        one, wholly = todo.pop()
        if one.id in (found if wholly else ends):
            continue
        if wholly:
            found[one.id] = one
            inner = one.inner
            todo += [(inside, True) for inside in inner.tasks.values()] if inner else []
        ends.add(one.id)
        todo += [(child, True) for child in (one.children if wholly else flow_children(one))]
        todo += _consequences(one)
    return found


def _consequences(task: Token) -> Iterator[tuple[Token, bool]]:
    """What else came of a task, and whether wholly or only by its end."""
    process, facts = task.workflow, task.internal_data
    if "joined" in facts:
        yield process.tasks[facts["joined"]], False
    for number in facts.get("threw", ()):
        yield process.top_workflow.find(number), True
    if "instance" in facts:
        whole = task.parent
        if whole._state == COMPLETED:
            yield whole, False
        if whole.task_spec.multiple.sequential:
            later = whole.task_spec.instances(whole)
            yield from ((one, True) for one in later if one.id > task.id)
    if process.completed and process.caller is not None:
        yield process.caller, False


def wait_again(top: Process) -> None:
    """An inclusive join that fired since nobody else could come waits again when somebody can."""
    for process in list(top.processes()):
        tasks = process.tasks.values()
        live = [one for one in tasks if one._state & LIVE and "detour" not in one.internal_data]
        for join in list(process.tasks.values()):
            if _fired_without(join, live):
                unfire(join)
                return wait_again(top)
    return None


def join_again(top: Process) -> None:
    """A token whose partner at a parallel join was taken back may have found another."""
    for process in list(top.processes()):
        for name in list(process.arrivals):
            spec = process.spec.task_specs[name]
            while not spec.inclusive and spec.is_full(process):
                spec.fire(spec.newest(process))


def _fired_without(join: Token, live: list[Token]) -> bool:
    """Whether a join fired while one of these, which may still reach it, was thought done."""
    spec = join.task_spec
    fired = spec.joins and spec.inclusive and join._state == COMPLETED and join.children
    if not fired or "joined" in join.internal_data:
        return False
    tasks = join.workflow.tasks.values()
    taken = [join, *(one for one in tasks if one.internal_data.get("joined") == join.id)]
    awaited = spec.awaited({one.parent.task_spec.name for one in taken})
    since = min(child.id for child in join.children)
    return any(one.id < since and one.task_spec.name in awaited for one in live)


def fresh(task: Token) -> None:
    """Make a task one whose token has just arrived and has not been looked at."""
    clear(task)
    task.note(detour=None)
    task.internal_data = {
        name: fact for name, fact in task.internal_data.items() if name == "instance"
    }
    task._set_state(NEW)


def first_time(event: Token) -> Token:
    """The event that really happens: it interrupts a task done once more, and leads elsewhere.

    Then it is as if it had interrupted the task the first time: what followed from that is void.
    """
    again = event.parent
    detour = None if again is None else again.internal_data.get("detour")
    if not detour or event.task_spec.name not in detour.get("astray", ()):
        return event
    first = again.parent
    take_back(first)
    first._set_state(READY)
    armed = (child for child in first.activity.children if child._state == ARMED)
    return first_time(next(one for one in armed if one.task_spec is event.task_spec))


def take_back_effects(task: Token) -> None:
    """What it cancelled runs again, what it joined waits again; what it threw or wrote is gone."""
    top = task.workflow.top_workflow
    for other in list(top.numbered.values()):
        facts = other.internal_data
        if facts.get("by") == task.id and other._state == CANCELLED:
            was = facts["was"]
            other.note(by=None, was=None)
            other._set_state(was)
        if facts.get("joined") == task.id:
            other.note(joined=None)
            other._set_state(WAITING)
    for number in task.internal_data.get("threw", ()):
        caught = top.find(number)
        if caught is not None:
            remove(caught)
    task.note(threw=None, concluded=None)
    task.scope.take_back({task.id})
    if task.workflow.scope is not task.scope:
        task.workflow.scope.take_back({task.id})


def _reopen_around(task: Token) -> None:
    """What was done because this task was done is at work again: the step, the activity around."""
    if "instance" in task.internal_data and task._state == COMPLETED:
        _reopen_step(task.parent, task)
    process = task.workflow
    if process.completed:
        process.close(False)
        if process.caller is not None:
            reopen(process.caller)


def _reopen_step(whole: Token, instance: Token) -> None:
    """A multi-instance step has one instance more to do; in a row, those after it begin anew."""
    if whole._state == COMPLETED:
        reopen(whole)
    elif whole._state == HELD:
        take_back(whole)
        whole.note(held=STARTED)
    whole.note(left=whole.internal_data["left"] + 1)
    if whole.task_spec.multiple.sequential:
        for later in whole.task_spec.instances(whole):
            if later.id > instance.id:
                remove(later)
