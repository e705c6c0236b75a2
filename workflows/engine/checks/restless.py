"""Loops that never rest: a circle of automatic elements would keep the engine busy for ever.

A token rests where someone or something has to come: a user task, a message, a timer.  Whatever
else it visits is done at once, so a circle without any rest has no end once it is entered.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workflows.engine.checks.activities import fixed
from workflows.engine.checks.calls import inside
from workflows.engine.checks.events import code_of, definitions
from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import Level, text_of
from workflows.engine.checks.signing import is_signed_together
from workflows.engine.xml import local, tag
from workflows.errors import N_

RESTLESS = N_("这里有一个没有人工环节、也不等待的循环，会无休止地转下去：%(path)s。")
AUTOMATIC = {
    "startEvent", "intermediateThrowEvent", "boundaryEvent", "scriptTask",
    "businessRuleTask", "exclusiveGateway", "inclusiveGateway", "parallelGateway",
}  # fmt: skip
THROWN = ("error", "escalation")

Arrows = dict[str, list[str]]


def faults(processes: Mapping[str, Level]) -> Iterator[Fault]:
    """Every process or sub-process with a circle that never rests.

    The processes come in the order of `calls.ordered`.
    """
    moves = Moves(processes)
    for process in processes.values():
        for level in process.levels():
            circle = _circle(level, moves.exits(level))
            if circle:
                node = level.nodes[circle[0]]
                yield level.fault(node, RESTLESS, path=" ".join(circle[:10]))


class Moves:
    """Where a token goes without rest, worked out once for every level."""

    def __init__(self, processes: Mapping[str, Level]) -> None:
        self.processes = processes
        self._exits: dict[Level, Arrows] = {}
        self._through: dict[Level, tuple[bool, bool]] = {}

    def exits(self, level: Level) -> Arrows:
        """Where a token that comes to a node goes on to at once."""
        if level not in self._exits:
            inner = inside(self.processes, level)
            self._exits[level] = {
                key: self._exit(level, key, inner.get(key)) for key in level.nodes
            }
        return self._exits[level]

    def _exit(self, level: Level, key: str, inner: Level | None) -> list[str]:
        node = level.nodes[key]
        if local(node) in AUTOMATIC:
            return level.after[key]
        passes, throws = self.through(inner) if inner is not None else (False, False)
        found = list(level.after[key]) if passes or _may_be_none(node) else []
        if throws:
            boundary = level.boundary.get(key, ())
            found += [b for b in boundary if code_of(level, level.nodes[b])[0] in THROWN]
        return found

    def through(self, level: Level) -> tuple[bool, bool]:
        """Whether a level can be over, and whether something can be thrown, without rest."""
        if level not in self._through:
            exits = self.exits(level)
            starts = level.of("startEvent")
            done = spread(_ends(level), _turned(exits), _needed(level, exits))
            come = spread(starts, exits, _needed(level, level.before))
            inner = inside(self.processes, level)
            throws = any(self._throws(level, key, inner.get(key)) for key in come)
            passes = bool(done & set(starts)) or any(_terminates(level, key) for key in come)
            self._through[level] = passes, throws
        return self._through[level]

    def _throws(self, level: Level, key: str, inner: Level | None) -> bool:
        node = level.nodes[key]
        if inner is not None:
            return self.through(inner)[1]
        thrower = local(node) in ("endEvent", "intermediateThrowEvent")
        return thrower and code_of(level, node)[0] in THROWN


def _may_be_none(node: Any) -> bool:
    """Whether a multi-instance activity may find that it has nothing to do."""
    loop = node.find(tag("multiInstanceLoopCharacteristics"))
    unsure = loop is not None and not fixed(text_of(loop, "loopCardinality"))
    return unsure and not is_signed_together(node)


def _ends(level: Level) -> list[str]:
    return [k for k in level.of("endEvent") if code_of(level, level.nodes[k])[0] != "error"]


def _terminates(level: Level, key: str) -> bool:
    kinds = [local(definition) for definition in definitions(level.nodes[key])]
    return kinds == ["terminateEventDefinition"]


def _needed(level: Level, arrows: Arrows) -> dict[str, int]:
    """How many of its arrows a node needs: a parallel gateway all, any other one."""
    parallel = set(level.of("parallelGateway"))
    return {key: len(ends) if key in parallel else 1 for key, ends in arrows.items()}


def _turned(arrows: Arrows) -> Arrows:
    found: Arrows = {key: [] for key in arrows}
    for key, targets in arrows.items():
        for target in targets:
            found[target].append(key)
    return found


def spread(first: Iterable[str], arrows: Arrows, needed: dict[str, int]) -> set[str]:
    """The first nodes, and every node to which as many arrows lead from these as it needs."""
    found: set[str] = set()
    todo, needed = list(first), dict(needed)
    while todo:
        key = todo.pop()
        if key in found:
            continue
        found.add(key)
        for target in arrows[key]:
            needed[target] -= 1
            if needed[target] == 0:
                todo.append(target)
    return found


def _circle(level: Level, exits: Arrows) -> list[str]:
    """The nodes of all circles without rest, in the order they are drawn.

    First whatever is not fed from inside a circle goes: an ordinary node without any arrow to
    it, a parallel join that lacks one.  Then whatever leads to nothing that is left.
    """
    fed = {key: len(sources) for key, sources in _turned(exits).items()}
    needed = _needed(level, level.before)
    needed = {key: max(1, needed[key]) for key in fed}
    lacking = [key for key in fed if fed[key] < needed[key]]
    gone = spread(lacking, exits, {key: fed[key] - needed[key] + 1 for key in fed})
    left = {key: [t for t in exits[key] if t not in gone] for key in fed if key not in gone}
    loose = [key for key, targets in left.items() if not targets]
    tails = spread(loose, _turned(left), {key: len(targets) for key, targets in left.items()})
    return [key for key in level.nodes if key in left and key not in tails]
