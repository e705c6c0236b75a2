"""Start a process, complete a task, let a timer or a message happen: each one `Step` to rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.engine.activities import enter_process
from workflows.engine.approvals import Approval
from workflows.engine.codec import encode, keep, take
from workflows.engine.definition import Definition
from workflows.engine.ruling import Evaluation
from workflows.engine.scope import GIVEN
from workflows.engine.tree import READY, Process, Token
from workflows.engine.undo import first_time
from workflows.errors import N_, WorkflowError

#: More automatic steps than any drawing needs before it comes to rest.
MOST_STEPS = 100_000


class TaskNotOpen(WorkflowError):
    """The task was completed by someone else, or the flow has moved on."""

    sentence = N_("这项任务已经办结或已被收回，请刷新后查看。")


class NeverAtRest(WorkflowError):
    """A drawing that goes round and round without waiting for anybody."""

    sentence = N_("流程在 %(element)s 附近循环不止，没有环节等待办理。")


@dataclass(frozen=True)
class OpenTask:
    """A user task that waits for a person."""

    number: int
    element: str
    name: str
    approval: Approval
    item: str | None
    mode: str | None
    #: Its place in a multi-instance step, from 1; inside one, the place of its sub-process or call.
    instance: int | None = None


@dataclass(frozen=True)
class Timer:
    """A timer that is armed: when its limit has run out, `fire` it."""

    number: int
    element: str
    limit: str
    #: The task whose boundary it stands on; None for one on the way.
    attached: int | None
    item: str | None


@dataclass(frozen=True)
class Waiting:
    """An element that waits for a message; `deliver` it by name."""

    number: int
    element: str
    message: str


@dataclass(frozen=True)
class Step:
    """A process at rest: its state, what it waits for, the results so far.

    ``decided`` is what decision tables have said on the way here.
    """

    state: bytes
    open_tasks: tuple[OpenTask, ...]
    timers: tuple[Timer, ...]
    messages: tuple[Waiting, ...]
    variables: dict[str, Any]
    finished: bool
    decided: tuple[Evaluation, ...] = ()


def start(definition: Definition, variables: Mapping[str, Any]) -> Step:
    """Start a process with its variables and run it to its first tasks."""
    top = Process(definition.spec, definition.called)
    top.scope.write(GIVEN, variables)
    enter_process(top)
    return settle(top, definition)


def complete(
    definition: Definition, state: bytes, number: int, variables: Mapping[str, Any]
) -> Step:
    """Complete an open task, setting variables of the process it stands in.

    Raises TaskNotOpen when the task is not waiting (any more).
    """
    top = take(state, definition)
    task = top.open.get(number)
    if task is None:
        keep(state, definition, top)
        raise TaskNotOpen
    task.scope.write(task.id, variables)
    task.run()
    return settle(top, definition)


def fire(definition: Definition, state: bytes, number: int) -> Step:
    """The limit of an armed timer has run out.  Raises TaskNotOpen when it is not armed."""

    def meant(task: Token) -> bool:
        return task.id == number and bool(task.task_spec.is_timer)

    return _happen(definition, state, {}, meant)


def deliver(
    definition: Definition, state: bytes, name: str, variables: Mapping[str, Any] | None = None
) -> Step:
    """A message has come, for the one that has waited for it the longest.

    Raises TaskNotOpen when nothing waits for it.
    """
    return _happen(definition, state, variables or {}, lambda task: message_of(task) == name)


def message_of(task: Token) -> str | None:
    """The name of the message that would end this task's wait."""
    spec = task.task_spec
    return str(spec.event_definition.name) if spec.is_message else None


def _happen(definition: Definition, state: bytes, variables: Mapping[str, Any], meant: Any) -> Step:
    top = take(state, definition)
    task = min((one for one in top.armed.values() if meant(one)), key=_by_number, default=None)
    if task is None:
        keep(state, definition, top)
        raise TaskNotOpen
    task = first_time(task)
    task.scope.write(task.id, variables)
    task.task_spec.happen(task)
    return settle(top, definition)


def settle(top: Process, definition: Definition) -> Step:
    """Run everything that waits for nobody, then write the process down."""
    go_on(top)
    return _at_rest(top, definition)


def go_on(top: Process) -> None:
    """Run everything that waits for nobody."""
    steps = 0
    while True:
        while top.queue:
            task = top.queue.popleft()
            if task._state == READY:
                task.run()
                steps += 1
                if steps > MOST_STEPS:
                    raise NeverAtRest(element=task.task_spec.bpmn_id)
        if not _join_one(top):
            return


def _join_one(top: Process) -> bool:
    """Fire one inclusive join that waits for nobody any more."""
    waiting = sorted(top.inclusive, key=lambda pair: (pair[0].number, pair[1].name))
    for process, spec in waiting:
        if spec.enabled(process):
            arrived = process.arrivals[spec.name].values()
            spec.fire(max((tasks[0] for tasks in arrived), key=_by_number))
            return True
    return False


def _by_number(task: Token) -> int:
    return task.id


def look(definition: Definition, state: bytes) -> Step:
    """What a stored process waits for; nothing moves."""
    return _at_rest(take(state, definition), definition)


def _at_rest(top: Process, definition: Definition) -> Step:
    """Write a process at rest down, and say what it waits for."""
    step = seen(top, encode(top))
    keep(step.state, definition, top)
    return step


def seen(top: Process, state: bytes) -> Step:
    """What a process at rest waits for, and its results so far."""
    acts = [top.open[number] for number in sorted(top.open)]
    events = [top.armed[number] for number in sorted(top.armed)]
    waits = [task.view or _view(task) for task in events]
    decided, top.decided = top.decided, []
    return Step(
        state=state,
        open_tasks=tuple([task.view or _view(task) for task in acts]),
        timers=tuple([one for one in waits if type(one) is Timer]),
        messages=tuple([one for one in waits if type(one) is Waiting]),
        variables=top.scope.own(),
        finished=top.completed,
        decided=tuple(decided),
    )


def _view(task: Token) -> Any:
    """What the outside sees of a task; made once."""
    if task.view is None:
        spec = task.task_spec
        if spec.manual:
            task.view = _open_task(task)
        elif spec.is_timer:
            attached = task.parent.id if spec in task.parent.task_spec.boundary else None
            code = item_of(task).get("code")
            task.view = Timer(task.id, spec.bpmn_id, spec.limit(task), attached, code)
        else:
            task.view = Waiting(task.id, spec.bpmn_id, str(message_of(task)))
    return task.view


def _open_task(task: Token) -> OpenTask:
    item = item_of(task)
    spec = task.task_spec
    return OpenTask(
        number=task.id,
        element=spec.bpmn_id,
        name=spec.bpmn_name or spec.bpmn_id,
        approval=_approval(task),
        item=item.get("code"),
        mode=item.get("mode"),
        instance=_place(task),
    )


def _approval(task: Token) -> Approval:
    """Its own part of the step, for one of those who sign together."""
    approval: Approval = task.task_spec.approval
    if approval.signing is None:
        return approval
    return approval.of_signer(task.first.internal_data["instance"])


def _place(task: Token) -> int | None:
    """Its place, or the place of what it stands in; also of one done once more, or signing."""
    at: Token | None = task
    while at is not None:
        if "instance" in at.internal_data:
            return int(at.internal_data["instance"])
        follows = {"again", "signs"} & at.internal_data.keys()
        at = at.parent if follows else at.workflow.caller
    return None


def item_of(task: Token) -> Mapping[str, str]:
    """The item (事项) this task belongs to: that of the nearest call activity around it."""
    caller = task.workflow.caller
    while caller is not None:
        found: Mapping[str, str] = caller.task_spec.extensions.get("item", {})
        if found:
            return found
        caller = caller.workflow.caller
    return {}
