"""A diagram as the checks see it: files, and in them processes with sub-processes inside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from workflows.engine.checks.faults import Fault
from workflows.engine.checks.tables import NO_TABLES, Tables
from workflows.engine.xml import LIANBAN, local, tag

GATEWAYS = {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway"}
CONDITIONAL = {"exclusiveGateway", "inclusiveGateway"}
ACTIVITIES = {"userTask", "receiveTask", "subProcess", "callActivity"}
EVENTS = {
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
}  # fmt: skip
NODES = GATEWAYS | ACTIVITIES | EVENTS | {"scriptTask", "businessRuleTask"}
#: What says more about an element, and what else stands in a process and is no node of it.
PARTS = {
    "documentation", "extensionElements", "incoming", "outgoing",
    "multiInstanceLoopCharacteristics",
}  # fmt: skip
ASIDE = PARTS | {"sequenceFlow", "laneSet", "textAnnotation", "association", "group"}
#: How many sub-processes and calls there may be inside each other.
MAX_NESTED = 10
AROUND = {"definitions", "process", "subProcess", "collaboration"}
#: The declarations at the top of a file, and what the engine knows them by.
DECLARED = {"message": "name", "error": "errorCode", "escalation": "escalationCode"}


def text_of(element: Any, name: str) -> str:
    """The text of a child, empty when there is none."""
    return (element.findtext(tag(name)) or "").strip()


def extensions(node: Any, name: str) -> list[Any]:
    """Our own elements of this name on a node."""
    return list(node.iterfind(f"{tag('extensionElements')}/{{{LIANBAN}}}{name}"))


@dataclass(frozen=True, eq=False)
class Source:
    """One file."""

    file: str
    root: Any
    #: The decision tables that are published with it.
    tables: Tables = NO_TABLES

    def fault(self, element: Any, sentence: str, **params: Any) -> Fault:
        """What is wrong, at the line of this element, under the name of what one sees drawn."""
        drawn = element
        while (around := drawn.getparent()) is not None:
            if local(around) in AROUND and local(drawn) not in PARTS:
                break
            drawn = around
        name = drawn.get("id") or local(drawn)
        return Fault(self.file, element.sourceline or 1, name, sentence, params)

    @cached_property
    def declared(self) -> dict[str, dict[str, str]]:
        """Messages, errors and escalations: id → the name or code the engine knows them by."""
        return {
            kind: {found.get("id"): found.get(key) or "" for found in self.root.iter(tag(kind))}
            for kind, key in DECLARED.items()
        }

    @property
    def processes(self) -> "Iterator[Level]":
        """Its processes."""
        for process in self.root.iterfind(tag("process")):
            yield Level(self, process)


@dataclass(eq=False)
class Level:
    """A process or an embedded sub-process: its nodes, its flows, the levels inside."""

    source: Source
    element: Any
    parent: "Level | None" = None
    depth: int = 1
    nodes: dict[str, Any] = field(default_factory=dict)
    inner: dict[str, "Level"] = field(default_factory=dict)
    #: Boundary events by the activity they are attached to.
    boundary: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.element:
            key = node.get("id")
            if key is None or local(node) in ASIDE:
                continue
            self.nodes[key] = node
            if local(node) == "boundaryEvent":
                self.boundary.setdefault(node.get("attachedToRef", ""), []).append(key)
            elif local(node) == "subProcess" and self.depth <= MAX_NESTED:
                self.inner[key] = Level(self.source, node, self, self.depth + 1)

    @cached_property
    def flows(self) -> list[Any]:
        """Its sequence flows, in the order they are written."""
        return list(self.element.iterfind(tag("sequenceFlow")))

    @cached_property
    def after(self) -> dict[str, list[str]]:
        """Where the flows lead from each node."""
        return self._ends("sourceRef", "targetRef")

    @cached_property
    def before(self) -> dict[str, list[str]]:
        """Where the flows come from to each node."""
        return self._ends("targetRef", "sourceRef")

    def _ends(self, one: str, other: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {key: [] for key in self.nodes}
        for flow in self.flows:
            near, far = flow.get(one), flow.get(other)
            if near in self.nodes and far in self.nodes:
                found[near].append(far)
        return found

    @cached_property
    def onward(self) -> dict[str, list[str]]:
        """Where a token can go from each node: along flows, and out over a boundary event."""
        return {key: [*self.after[key], *self.boundary.get(key, ())] for key in self.nodes}

    @cached_property
    def backward(self) -> dict[str, list[str]]:
        """The same, the other way round."""
        found: dict[str, list[str]] = {key: [] for key in self.nodes}
        for key, targets in self.onward.items():
            for target in targets:
                found[target].append(key)
        return found

    def of(self, *kinds: str) -> list[str]:
        """The nodes of these kinds."""
        return [key for key, node in self.nodes.items() if local(node) in kinds]

    def levels(self) -> "Iterator[Level]":
        """This one and all inside."""
        todo = [self]
        while todo:
            level = todo.pop()
            yield level
            todo.extend(level.inner.values())

    @cached_property
    def tasks(self) -> set[str]:
        """The user tasks, those of the levels inside as well."""
        return {key for level in self.levels() for key in level.of("userTask")}

    @property
    def top(self) -> "Level":
        """The process this belongs to."""
        return self if self.parent is None else self.parent.top

    @property
    def key(self) -> str:
        """Its id."""
        return str(self.element.get("id"))

    def fault(self, element: Any, sentence: str, **params: Any) -> Fault:
        """What is wrong here, and where."""
        return self.source.fault(element, sentence, **params)


def reached(
    first: Iterable[str], arrows: Mapping[str, list[str]], without: str | None = None
) -> set[str]:
    """Everything the arrows lead to, without visiting one of the nodes."""
    found: set[str] = set()
    todo = list(first)
    while todo:
        key = todo.pop()
        if key not in found and key != without:
            found.add(key)
            todo.extend(arrows[key])
    return found
