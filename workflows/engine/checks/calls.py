"""The checks across calls: nothing calls itself, nothing thrown gets lost."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from workflows.engine.checks.events import code_of
from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import MAX_NESTED, Level
from workflows.errors import N_

CIRCLE = N_("流程直接或间接调用自己：%(path)s。")
TOO_DEEP = N_("子流程和调用一层套一层，超过 %(most)s 层。")
ESCAPES = {
    "error": N_("从这里抛出的错误 %(code)s 在流程 %(process)s 里没有人捕获。"),
    "escalation": N_("从这里抛出的升级 %(code)s 在流程 %(process)s 里没有人捕获。"),
}

#: What leaves a level: (kind, code) → where it is thrown.
Thrown = dict[tuple[str, str | None], tuple[Level, Any]]


def ordered(processes: Mapping[str, Level]) -> tuple[dict[str, Level], list[Fault]]:
    """The processes, each behind those it calls; or the fault that they call each other."""
    calls = {key: set(called(processes, process)) for key, process in processes.items()}
    try:
        return {key: processes[key] for key in TopologicalSorter(calls).static_order()}, []
    except CycleError as error:
        circle: list[str] = error.args[1][::-1]
        level, node = called(processes, processes[circle[0]])[circle[1]]
        return {}, [level.fault(node, CIRCLE, path=" → ".join(circle[:MAX_NESTED]))]


def called(processes: Mapping[str, Level], process: Level) -> dict[str, tuple[Level, Any]]:
    """The processes one calls, and from where."""
    return {
        level.nodes[key].get("calledElement"): (level, level.nodes[key])
        for level in process.levels()
        for key in level.of("callActivity")
        if level.nodes[key].get("calledElement") in processes
    }


def inside(processes: Mapping[str, Level], level: Level) -> dict[str, Level]:
    """What runs inside each activity of a level."""
    found = dict(level.inner)
    for key in level.of("callActivity"):
        process = processes.get(level.nodes[key].get("calledElement", ""))
        if process is not None:
            found[key] = process
    return found


def faults(processes: Mapping[str, Level]) -> Iterator[Fault]:
    """What is wrong with how processes, in the order of `ordered`, call and throw."""
    calls = _Calls(processes)
    inner = {key for process in processes.values() for key in called(processes, process)}
    for key, process in processes.items():
        depth, thrown = calls.depth(process), calls.thrown(process)
        if depth > MAX_NESTED and key not in inner:
            yield process.fault(process.element, TOO_DEEP, most=MAX_NESTED)
        for (kind, code), (level, node) in thrown.items() if key not in inner else ():
            yield level.fault(node, ESCAPES[kind], code=code, process=key)


class _Calls:
    """The levels and what runs inside them, each looked at once."""

    def __init__(self, processes: Mapping[str, Level]) -> None:
        self.processes = processes
        self._depth: dict[Level, int] = {}
        self._thrown: dict[Level, Thrown] = {}

    def depth(self, level: Level) -> int:
        """How many levels run inside each other, this one included."""
        if level not in self._depth:
            inner = [self.depth(found) for found in inside(self.processes, level).values()]
            self._depth[level] = 1 + max(inner, default=0)
        return self._depth[level]

    def thrown(self, level: Level) -> Thrown:
        """The errors and escalations that leave a level."""
        if level not in self._thrown:
            found: Thrown = {}
            for key in level.of("endEvent", "intermediateThrowEvent"):
                thrown = code_of(level, level.nodes[key])
                if thrown[0] in ESCAPES:
                    found.setdefault(thrown, (level, level.nodes[key]))
            for key, inner in inside(self.processes, level).items():
                caught = {code_of(level, level.nodes[b]) for b in level.boundary.get(key, ())}
                for (kind, code), place in self.thrown(inner).items():
                    if not caught & {(kind, code), (kind, None)}:
                        found.setdefault((kind, code), place)
            self._thrown[level] = found
        return self._thrown[level]
