"""Moving a running process to another version of its drawing, or saying why it cannot move.

Tasks keep their numbers, so that everything kept about them outside (who has it, until when)
stays as it is.  A token moves to the element with the same id, or to the one it is mapped to.
What the new version would wait for in vain is refused: a join with a branch that this case never
entered.  Such a branch is begun on request (``begin``).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.activities import Activity, SubProcess, UserTask
from workflows.engine.codec import revive, unpack
from workflows.engine.definition import Definition
from workflows.engine.elements import Element
from workflows.engine.events import BoundaryEvent
from workflows.engine.gateways import EventBasedGateway, ParallelGateway
from workflows.engine.instance import Step, settle
from workflows.engine.tree import ARMED, LIVE, READY, STARTED, WAITING, Process
from workflows.errors import N_, WorkflowError

SIGNED = N_("这个环节已经开始，而会签的签署人或规则在新版本里变了。")


@dataclass(frozen=True)
class Obstacle:
    """One reason why a process cannot move, and the element it is about."""

    element: str
    sentence: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"[{self.element}] {self.sentence % self.params}"


class MigrationNotPossible(WorkflowError):
    """A process that cannot move to the other version; carries every reason."""

    sentence = N_("不能迁移到新版本，有 %(count)s 处障碍：%(first)s")

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__(count=len(obstacles), first=str(obstacles[0]))
        self.obstacles = obstacles


def migrate(
    old: Definition,
    new: Definition,
    state: bytes,
    mapping: Mapping[str, str] | None = None,
    begin: Collection[str] = (),
) -> Step:
    """Move a process at rest to another version; raises MigrationNotPossible with the reasons.

    ``mapping`` names the elements that have another id in the new version; ``begin`` the elements
    of the new version that get a token of their own, because the case has passed their fork.
    """
    obstacles = can_migrate(old, new, state, mapping, begin)
    if obstacles:
        raise MigrationNotPossible(obstacles)
    top = revive(_moved(unpack(state, old), new, _with_starts(old, new, mapping)), new)
    for element in begin:
        _begin(top, element)
    for process in list(top.processes()):
        for task in process.unfinished():
            _arm_new_events(task)
    return settle(top, new)


def can_migrate(
    old: Definition,
    new: Definition,
    state: bytes,
    mapping: Mapping[str, str] | None = None,
    begin: Collection[str] = (),
) -> tuple[Obstacle, ...]:
    """Everything that keeps a process from moving to another version; empty when it can."""
    body = unpack(state, old)
    mapping = _with_starts(old, new, mapping)
    found = list(_lost(body, old, new, mapping))
    if not found:
        top = revive(_moved(body, new, mapping), new)
        before = revive(unpack(state, old), old)
        specs = [process.spec.task_specs for process in top.processes()]
        for element in begin:
            if not any(_can_begin(one.get(element)) for one in specs):
                found.append(Obstacle(element, N_("新版本里没有可以开始的环节。")))
        for process in top.processes():
            found += _starved(process, begin)
            found += _doubled(process, before, mapping)
    return tuple(found)


def _with_starts(
    old: Definition, new: Definition, mapping: Mapping[str, str] | None
) -> dict[str, str]:
    """The mapping, and every process begins where its new drawing does."""
    pairs = [(old.spec, new.spec)]
    pairs += [(old.called[name], spec) for name, spec in new.called.items() if name in old.called]
    starts = {one.start._outputs[0]: other.start._outputs[0] for one, other in pairs}
    return {**starts, **(mapping or {})}


def _drawn(body: list[Any], definition: Definition) -> Iterator[tuple[list[Any], Any]]:
    """Every stored task with the drawing it stands in; None where there is none any more."""
    names, rows = body[2], body[5]
    drawings: dict[int, Any] = {0: definition.spec}
    for row in rows:
        number, parent, _, place, *_ = row
        drawing = drawings[number] = drawings[parent]
        element = drawing and drawing.task_specs.get(names[place])
        drawings[-number] = definition.called.get(getattr(element, "spec", ""))  # inside it
        yield row, drawing


def _renamed(body: list[Any], mapping: Mapping[str, str]) -> list[Any]:
    version, last, names, *rest = body
    return [version, last, [mapping.get(name, name) for name in names], *rest]


def _lost(
    body: list[Any], old: Definition, new: Definition, mapping: Mapping[str, str]
) -> Iterator[Obstacle]:
    """Tokens whose element is not there any more, or is something else."""
    renamed = _renamed(body, mapping)
    for (row, was), (_, drawing) in zip(_drawn(body, old), _drawn(renamed, new), strict=True):
        name, target = body[2][row[3]], renamed[2][row[3]]
        found = drawing.task_specs.get(target) if drawing is not None else None
        if isinstance(found, UserTask) and _signing(was.task_specs[name]) != found.approval.signing:
            yield Obstacle(name, SIGNED)
        if not row[2] & LIVE:
            continue
        if not isinstance(found, Element):
            yield Obstacle(name, N_("环节在新版本里没有了，请指定对应的环节。"))
        elif not _alike(was.task_specs[name], found):
            yield Obstacle(name, N_("环节在新版本里变成了另一种元素（%(to)s）。"), {"to": target})
        elif found.joins and row[2] == WAITING:
            yield from _strayed(row, renamed, found)


def _alike(one: Any, other: Any) -> bool:
    """Whether a token of one element can stand at another."""
    return type(one) is type(other) and (getattr(one, "multiple", None) is None) == (
        getattr(other, "multiple", None) is None
    )


def _signing(spec: Any) -> Any:
    """Who signs an element together, and how they decide; None for one that one person does."""
    return spec.approval.signing if isinstance(spec, UserTask) else None


def _strayed(row: list[Any], renamed: list[Any], join: Any) -> Iterator[Obstacle]:
    """A token at a join that came by a flow the join has no more."""
    parent = next(one for one in renamed[5] if one[0] == row[1])
    source = renamed[2][parent[3]]
    if source not in join.sources:
        yield Obstacle(
            join.name, N_("已到汇聚的分支 %(source)s 在新版本里不汇聚了。"), {"source": source}
        )


def _moved(body: list[Any], new: Definition, mapping: Mapping[str, str]) -> list[Any]:
    """The body on the new drawing; what is over and has no element any more is left out."""
    version, last, names, over, writes, *_ = renamed = _renamed(body, mapping)
    heirs: dict[int, int] = {}
    rows = []
    for (number, parent, state, place, *more), drawing in _drawn(renamed, new):
        heir = heirs.get(parent, parent)
        element = drawing and drawing.task_specs.get(names[place])
        if not isinstance(element, Element):
            heirs[number] = heir
        elif isinstance(element, SubProcess):
            rows.append([number, heir, state, place, *more])
        else:  # what had a process inside and is over may be another element now
            rows.append([number, heir, state, place, *more[:2]])
    return [version, last, names, over, writes, rows]


def _can_begin(spec: Any) -> bool:
    return isinstance(spec, Element) and not spec.joins and not isinstance(spec, BoundaryEvent)


def _begin(top: Process, element: str) -> None:
    """A token of its own for an element, in the first process that has it and is not over."""
    for process in list(top.processes()):
        spec = process.spec.task_specs.get(element)
        if _can_begin(spec) and not process.completed:
            before = [
                task for task in process.tasks.values() if task.task_spec.name in spec.sources
            ]
            first = next(iter(process.tasks.values()))
            parent = max(before, key=lambda task: task.id, default=first)
            spec.arrive(parent._add_child(spec))
            return


def _arm_new_events(task: Any) -> None:
    """The new version waits for an event that the old one did not know."""
    spec = task.task_spec
    events: tuple[Any, ...] = ()
    if isinstance(spec, Activity) and not task.is_part:
        events = spec.armable
    elif isinstance(spec, EventBasedGateway):
        events = spec.targets
    if task._state in (READY, WAITING, STARTED):
        there = {child.task_spec for child in task.children}
        for event in events:
            if event not in there:
                event.arm(task._add_child(event), ARMED)


def _starved(process: Any, begin: Collection[str]) -> Iterator[Obstacle]:
    """Parallel joins that some tokens will reach and others never."""
    standing = {*process.tokens, *begin}
    for join in process.spec.task_specs.values():
        if not isinstance(join, ParallelGateway) or not join.joins:
            continue
        arrived = process.arrivals.get(join.name, {}).keys()
        fed = {
            source
            for source in join.sources
            if source in arrived or not join.upstream(source).isdisjoint(standing - {join.name})
        }
        for source in sorted(set(join.sources) - fed) if fed else ():
            sentence = N_("新版本的汇聚 %(join)s 会一直等 %(source)s：请指定在哪里开始这个分支。")
            yield Obstacle(source, sentence, {"join": join.name, "source": source})


def _doubled(process: Any, before: Process, mapping: Mapping[str, str]) -> Iterator[Obstacle]:
    """Open tasks that another token would reach once more, which it could not before."""
    was = next(one for one in before.processes() if one.number == process.number)
    names = {new: old for old, new in mapping.items()}
    standing = [name for name, count in process.tokens.items() if count]
    for name in standing:
        for other in standing:
            if other == name or not _reaches(process.spec, other, name):
                continue
            if not _reaches(was.spec, names.get(other, other), names.get(name, name)):
                yield Obstacle(name, N_("环节会被分支 %(other)s 再办一次。"), {"other": other})


def _reaches(spec: Any, start: str, goal: str) -> bool:
    """Whether a way leads from one element to another."""
    seen: set[str] = set()
    todo = [start]
    while todo:
        one = spec.task_specs.get(todo.pop())
        if not isinstance(one, Element) or one.name in seen:
            continue
        seen.add(one.name)
        todo += [target.name for target in (*one.targets, *one.boundary)]
        if goal in todo:
            return True
    return False
