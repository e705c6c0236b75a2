"""Reading a running process without moving it: what waits, what was done, where it may go."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflows.engine.activities import UserTask
from workflows.engine.approvals import Count, Signer, Signing
from workflows.engine.codec import decode
from workflows.engine.definition import Definition
from workflows.engine.elements import Element, StartEvent
from workflows.engine.events import BoundaryEvent
from workflows.engine.instance import TaskNotOpen, Waiting, item_of, message_of
from workflows.engine.tree import COMPLETED, HELD, READY, STARTED, Process, Token
from workflows.engine.ways import before, block_of, head_name, way_between


@dataclass(frozen=True)
class Place:
    """An element of a drawing, as people call it."""

    element: str
    name: str


@dataclass(frozen=True)
class Signature:
    """One of those who sign a step together: its tasks, what it said, whether it is waited for."""

    signer: Signer
    numbers: tuple[int, ...]
    conclusion: str | None
    waits: bool


@dataclass(frozen=True)
class Signatures:
    """A step that several posts sign together: by which rule, and how far they are."""

    signing: Signing
    each: tuple[Signature, ...]

    @property
    def count(self) -> Count:
        """How the signatures stand."""
        return self.signing.count([one.conclusion for one in self.each])


class Reading:
    """A process brought to life only to be read; nobody else holds this object."""

    def __init__(self, definition: Definition, state: bytes) -> None:
        self.top: Process = decode(state, definition)

    def done(self) -> frozenset[int]:
        """The user tasks whose conclusion counts, by number."""
        return frozenset(
            task.id
            for process in self.top.processes()
            for task in process.tasks.values()
            if isinstance(task.task_spec, UserTask) and _counts(task)
        )

    def place(self, number: int, element: str | None = None) -> Place:
        """Where a task stands, or another element of its process; TaskNotOpen without the task."""
        task = self.top.find(number)
        if task is None:
            raise TaskNotOpen
        specs = task.workflow.spec.task_specs
        spec = task.task_spec if element is None else specs.get(element)
        return Place(spec.bpmn_id, spec.bpmn_name or spec.bpmn_id) if spec else Place("-", "-")

    def messages(self) -> tuple[Waiting, ...]:
        """What waits for a message."""
        waits = [(task, message_of(task)) for task in self.top.armed.values()]
        return tuple(
            Waiting(task.id, task.task_spec.bpmn_id, message)
            for task, message in sorted(waits, key=lambda pair: pair[0].id)
            if message is not None
        )

    def signers(self) -> dict[int, int]:
        """The signers that are asked or will be, each with the task he was added to."""
        return {
            task.id: task.parent.id
            for process in self.top.processes()
            for task in process.tasks.values()
            if "signs" in task.internal_data and task._state in (READY, HELD)
        }

    def held(self, number: int) -> bool:
        """Whether a user task waits for what was sent back, or for who signs before it."""
        task = self.top.find(number)
        return task is not None and task._state == HELD

    def signatures(self, number: int) -> Signatures | None:
        """How the step stands that a task is signed in together; None for any other task."""
        task = self.top.find(number)
        if task is None or not isinstance(task.task_spec, UserTask):
            return None
        signing, first = task.task_spec.approval.signing, task.first
        if signing is None or "instance" not in first.internal_data:
            return None
        instances = task.task_spec.instances(first.parent)
        rows = zip(signing.signers, instances, task.task_spec.said(first.parent), strict=True)
        return Signatures(signing, tuple(_signature(*row) for row in rows))

    def branches(self, number: int, target: int) -> dict[str, frozenset[str]]:
        """The parallel branches between a task and an earlier one: name → items begun in it."""
        sender, past = self.top.open.get(number), self.top.find(target)
        way = way_between(past, sender) if sender is not None and past is not None else None
        block = block_of(way) if way is not None else None
        if block is None:
            return {}
        return {head_name(head): frozenset(_items(head)) for head in block.heads}

    def before(self, number: int) -> frozenset[int]:
        """The user tasks an open one may be sent back to, by number."""
        sender = self.top.open.get(number)
        if sender is None:
            return frozenset()
        around = {process: (last, before(last)) for process, last in _outward(sender)}
        found = set()
        for past in self.done():
            for process, first in _outward(self.top.find(past)):
                if process in around:
                    last, earlier = around[process]
                    if first.id in earlier and first is not last:
                        found.add(past)
                    break
        return frozenset(found)

    def goals(self, number: int) -> tuple[Place, ...]:
        """Where the token of an open task may be moved to, in the order of the drawing."""
        task = self.top.open.get(number)
        specs = task.workflow.spec.task_specs.values() if task is not None else ()
        return tuple(
            Place(spec.bpmn_id, spec.bpmn_name or spec.bpmn_id)
            for spec in specs
            if isinstance(spec, Element)
            and not isinstance(spec, StartEvent | BoundaryEvent)
            and not spec.joins
            and (task is None or spec is not task.task_spec)
        )


def _signature(signer: Signer, instance: Token, said: str | None) -> Signature:
    tasks = [instance, *(one for one in instance.children if "again" in one.internal_data)]
    waits = any(one._state & (READY | HELD) for one in tasks)
    return Signature(signer, tuple(one.id for one in tasks), said, waits)


def _outward(task: Token | None) -> Iterator[tuple[Any, Token]]:
    """The processes around a task, the nearest first, with the task that stands for it there."""
    while task is not None:
        yield task.workflow, task
        task = task.workflow.caller


def _counts(task: Token) -> bool:
    """Whether a task is done, or done but for its signers, or was done and its end is held."""
    if task._state == HELD:
        return bool(task.internal_data.get("held") == COMPLETED)
    signing = task._state == STARTED and (
        task.task_spec.multiple is None or "instance" in task.internal_data
    )
    return signing or task._state == COMPLETED


def _items(head: Token) -> Iterator[str]:
    """The items that were begun in a branch, as far as its tokens came together with others."""
    todo: list[Any] = [head]
    while todo:
        task = todo.pop()
        code = task.task_spec.extensions.get("item", {}).get("code") or item_of(task).get("code")
        if code:
            yield code
        if not (task.task_spec.joins and task is not head):
            todo += task.children
        if task.inner is not None:
            todo += task.inner.tasks.values()
