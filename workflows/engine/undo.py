"""Taking back what a task has caused, and nothing else.

What follows from a task is known exactly: the tokens it sent on, the join that took its token,
what it cancelled, what it threw, what it wrote, the process it was the last of.  Taking a task
back leaves the process as if that task, and all that followed from it, had not happened yet;
whatever the other branches did meanwhile stands.
"""

from collections.abc import Iterator

from workflows.engine.tree import CANCELLED, COMPLETED, NEW, STARTED, WAITING, Process, Token


def every_task(top: Process) -> Iterator[Token]:
    """Every task of a process and of those inside it."""
    for process in list(top.processes()):
        yield from list(process.tasks.values())


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
    _take_back_effects(task)


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
    task.workflow.remove(task)


def unfire(join: Token) -> None:
    """A join has not fired: its tokens wait again."""
    take_back(join)
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
    _take_back_effects(task)


def fresh(task: Token) -> None:
    """Make a task one whose token has just arrived and has not been looked at."""
    clear(task)
    task.internal_data = {
        name: fact for name, fact in task.internal_data.items() if name == "instance"
    }
    task._set_state(NEW)


def _take_back_effects(task: Token) -> None:
    """What it cancelled runs again, what it joined waits again; what it threw or wrote is gone."""
    top = task.workflow.top_workflow
    for other in every_task(top):
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
    if "instance" in task.internal_data:
        whole = task.parent
        if whole._state == COMPLETED:
            reopen(whole)
        whole.note(left=whole.internal_data["left"] + 1)
        if whole.task_spec.multiple.sequential:
            for later in whole.task_spec.instances(whole):
                if later.id > task.id:
                    remove(later)
    process = task.workflow
    if process.completed:
        process.completed = False
        process.touch()
        if process.caller is not None:
            reopen(process.caller)
