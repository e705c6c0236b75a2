"""The stored form of a running process: small, compressed, versioned, one opaque value.

Never a JSON column: a database that sorts keys would destroy it.  The diagrams are not part of
it.  Tasks are numbered 1, 2, 3 … for the life of the instance, so that a task keeps its number
from step to step.  Version 1: ``[1, last number, process, [[parent task, called process,
process], …]]`` where a process is ``[variables, outcome of tree, root, [task, …]]`` and a task
is ``[number, parent, state, element, consumed]``.
"""

from typing import Any

import orjson
import zstandard
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task

from workflows.engine.definition import Definition
from workflows.engine.gateways import Conditions
from workflows.errors import N_, WorkflowError

VERSION = 1
MAX_BYTES = 50_000_000


class StateUnreadable(WorkflowError):
    """A stored process that this release cannot read."""

    sentence = N_("流程的保存状态无法读取（版本 %(version)s），请联系管理员。")


def encode(workflow: Any) -> bytes:
    """Number the new tasks and write the process down."""
    workflow.numbered = _number(workflow, getattr(workflow, "numbered", 0))
    called = [
        [number, sub.spec.name, _process(sub)] for number, sub in workflow.subprocesses.items()
    ]
    body = [VERSION, workflow.numbered, _process(workflow), called]
    return zstandard.ZstdCompressor(level=3).compress(orjson.dumps(body))


def _number(workflow: Any, last: int) -> int:
    """Give every task made in this step its number; SpiffWorkflow gave it a random id."""
    numbers: dict[Any, int] = {}
    processes = [workflow, *workflow.subprocesses.values()]
    for process in processes:
        for key in process.tasks:
            numbers[key] = key if isinstance(key, int) else (last := last + 1)
    for process in processes:
        process.tasks = {numbers[key]: task for key, task in process.tasks.items()}
        for number, task in process.tasks.items():
            task.id = number
            task._parent = numbers.get(task._parent)
            task._children = [numbers[child] for child in task._children]
        if process.parent_task_id is not None:
            process.parent_task_id = numbers[process.parent_task_id]
    workflow.subprocesses = {numbers[key]: sub for key, sub in workflow.subprocesses.items()}
    return last


def _process(process: Any) -> list[Any]:
    tasks = [
        [
            task.id,
            task._parent,
            task.state,
            task.task_spec.name,
            int("consumed" in task.internal_data),
        ]
        for task in process.tasks.values()
    ]
    return [process.data, process.completed, process.task_tree.id, tasks]


def decode(state: bytes, definition: Definition) -> Any:
    """Bring a stored process back to life on its definition."""
    try:
        body = orjson.loads(zstandard.ZstdDecompressor().decompress(state, MAX_BYTES))
        version, numbered, top, called = body
    except (zstandard.ZstdError, orjson.JSONDecodeError, ValueError, TypeError):
        raise StateUnreadable(version="?") from None
    if version != VERSION:
        raise StateUnreadable(version=version)
    workflow = BpmnWorkflow(
        definition.spec, definition.called, script_engine=Conditions(), deserializing=True
    )
    workflow.numbered = numbered
    _restore(workflow, top)
    for number, name, process in called:
        sub = BpmnSubWorkflow(definition.called[name], number, workflow, deserializing=True)
        workflow.subprocesses[number] = sub
        _restore(sub, process)
        caller = workflow.get_task_from_id(number)
        sub.completed_event.connect(caller.task_spec._on_subworkflow_completed, caller)
    return workflow


def _restore(process: Any, stored: list[Any]) -> None:
    process.data, process.completed, root, tasks = stored
    for number, parent, state, element, consumed in tasks:
        task = Task(
            process, process.spec.task_specs[element], process.tasks.get(parent), state, number
        )
        if consumed:
            task.internal_data["consumed"] = True
    process.task_tree = process.tasks[root]
