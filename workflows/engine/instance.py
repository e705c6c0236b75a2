"""Start a process, complete one of its tasks.  Each returns the `Step` it comes to rest at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from workflows.engine.codec import decode, encode
from workflows.engine.definition import Approval, Definition, approval_of
from workflows.engine.gateways import Conditions
from workflows.errors import N_, WorkflowError


class TaskNotOpen(WorkflowError):
    """The task was completed by someone else, or the flow has moved on."""

    sentence = N_("这项任务已经办结或已被收回，请刷新后查看。")


@dataclass(frozen=True)
class OpenTask:
    """A user task that waits for a person."""

    number: int
    element: str
    name: str
    approval: Approval
    item: str | None
    mode: str | None


@dataclass(frozen=True)
class Step:
    """A process at rest: its state, the tasks it waits for, the results so far."""

    state: bytes
    open_tasks: tuple[OpenTask, ...]
    variables: dict[str, Any]
    finished: bool


def start(definition: Definition, variables: Mapping[str, Any]) -> Step:
    """Start a process with its variables and run it to its first tasks."""
    workflow = BpmnWorkflow(definition.spec, definition.called, script_engine=Conditions())
    workflow.data.update(variables)
    return _settle(workflow)


def complete(
    definition: Definition, state: bytes, number: int, variables: Mapping[str, Any]
) -> Step:
    """Complete an open task, setting variables of the process it stands in.

    Raises TaskNotOpen when the task is not waiting (any more).
    """
    workflow = decode(state, definition)
    for process in (workflow, *workflow.subprocesses.values()):
        task = process.tasks.get(number)
        if task is not None and task.state == TaskState.READY and task.task_spec.manual:
            process.data.update(variables)
            task.run()
            return _settle(workflow)
    raise TaskNotOpen


def _settle(workflow: Any) -> Step:
    """Run everything that waits for nobody, then write the process down."""
    while automatic := [task for task in _ready(workflow) if not task.task_spec.manual]:
        for task in automatic:
            if task.state == TaskState.READY and task.id in task.workflow.tasks:
                task.run()
    state = encode(workflow)
    return Step(
        state=state,
        open_tasks=tuple(_open_task(task) for task in _ready(workflow)),
        variables=dict(workflow.data),
        finished=workflow.completed,
    )


def _ready(workflow: Any) -> list[Any]:
    return [
        task
        for process in (workflow, *workflow.subprocesses.values())
        if not process.completed
        for task in process.tasks.values()
        if task.state == TaskState.READY
    ]


def _open_task(task: Any) -> OpenTask:
    item = _item(task)
    return OpenTask(
        number=task.id,
        element=task.task_spec.bpmn_id,
        name=task.task_spec.bpmn_name or task.task_spec.bpmn_id,
        approval=approval_of(task.task_spec.extensions["approval"]),
        item=item.get("code"),
        mode=item.get("mode"),
    )


def _item(task: Any) -> dict[str, str]:
    """The item (事项) this task belongs to: that of the nearest call activity around it."""
    process = task.workflow
    while process.parent_task_id is not None:
        caller = process.top_workflow.get_task_from_id(process.parent_task_id)
        found: dict[str, str] = caller.task_spec.extensions.get("item", {})
        if found:
            return found
        process = caller.workflow
    return {}
