"""The checks of expressions: each compiles, and asks only for variables that can exist."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from workflows.engine.checks.activities import item_name, result_of
from workflows.engine.checks.events import literal
from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import Level, extensions, text_of
from workflows.engine.checks.ruling import read_by, written_by
from workflows.engine.expressions import ExpressionInvalid, compile_expression, compile_script
from workflows.engine.xml import local, tag
from workflows.errors import N_

#: What an instance of a multi-instance activity knows, and what its completion condition does.
COUNTER = {"loopCounter"}
COUNTS = {
    "numberOfInstances", "numberOfActiveInstances",
    "numberOfCompletedInstances", "numberOfTerminatedInstances",
}  # fmt: skip
#: An expression: where it is, the names it asks for, and those that are known just there.
Asked = tuple[Any, Set[str] | ExpressionInvalid, Set[str]]

UNKNOWN = N_("用了不存在的变量 %(name)s。")
TAKEN = N_("变量 %(name)s 已经是调用结果的名称，请另起一个。")


def faults(processes: dict[str, Level], names: Set[str] | None) -> Iterator[Fault]:
    """Every expression that does not compile, or asks for what is not there.

    The processes come in the order of `calls.ordered`.
    """
    scopes = _Scopes(processes, names or set())
    for process in reversed(processes.values()):
        yield from _taken(process)
        for level in process.levels():
            for element, asked, more in _asked(level):
                if isinstance(asked, ExpressionInvalid):
                    yield level.fault(element, asked.sentence, **asked.params)
                elif names is not None:
                    for name in sorted(asked - scopes.seen(level) - more):
                        yield level.fault(element, UNKNOWN, name=name)


class _Scopes:
    """Which variables there can be in each process and sub-process."""

    def __init__(self, processes: Mapping[str, Level], names: Set[str]) -> None:
        self.names = names
        self._seen: dict[Level, Set[str]] = {}
        self.callers: dict[str, list[tuple[Level, Any]]] = {}
        for process in processes.values():
            for level in process.levels():
                for key in level.of("callActivity"):
                    node = level.nodes[key]
                    self.callers.setdefault(node.get("calledElement", ""), []).append((level, node))

    def seen(self, level: Level) -> Set[str]:
        """The variables a level sees: its process's, and those of everyone who calls it."""
        if level not in self._seen:
            if level.parent is not None:
                self._seen[level] = self.seen(level.parent) | instance_names(level.element)
            else:
                found = self.names | {name for _, name in _written(level)}
                for caller, node in self.callers.get(level.key, ()):
                    found |= self.seen(caller) | instance_names(node)
                self._seen[level] = found
        return self._seen[level]


def instance_names(node: Any) -> set[str]:
    """What an instance of a multi-instance activity knows beyond the scope around it."""
    loop = node.find(tag("multiInstanceLoopCharacteristics"))
    if loop is None:
        return set()
    return {*COUNTER, *filter(None, [item_name(loop, "inputDataItem")])}


def _loops(level: Level) -> Iterator[tuple[Any, Any]]:
    for node in level.nodes.values():
        for loop in node.iterfind(tag("multiInstanceLoopCharacteristics")):
            yield node, loop


def _written(process: Level) -> Iterator[tuple[Any, str]]:
    """Every variable a process sets, and where."""
    for level in process.levels():
        for key in level.of("scriptTask"):
            try:
                written = compile_script(text_of(level.nodes[key], "script")).writes
            except ExpressionInvalid:
                continue
            yield from ((level.nodes[key], name) for name in sorted(written))
        for key in level.of("businessRuleTask"):
            yield from ((level.nodes[key], name) for name in written_by(level, level.nodes[key]))
        for key in level.of("callActivity"):
            yield level.nodes[key], result_of(level.nodes[key])
        for node, loop in _loops(level):
            yield node, text_of(loop, "loopDataOutputRef")


def _taken(process: Level) -> Iterator[Fault]:
    """A variable that takes the result of a call takes nothing else."""
    written = list(_written(process))
    results: dict[str, set[bool]] = {}
    for node, name in written:
        if local(node) == "callActivity" and name == result_of(node):
            results.setdefault(name, set()).add(bool(extensions(node, "item")))
    for node, name in written:
        own = local(node) == "callActivity" and name == result_of(node)
        if name in results and (not own or len(results[name]) > 1):
            yield process.fault(node, TAKEN, name=name)


def _timers(node: Any) -> Iterator[Asked]:
    for name in ("timeDuration", "timeDate"):
        for timer in node.iterfind(tag("timerEventDefinition")):
            if not literal(text_of(timer, name), name):
                yield from _expression(timer, text_of(timer, name))


def _asked(level: Level) -> Iterator[Asked]:
    """Every expression of a level."""
    for flow in level.flows:
        yield from _expression(flow, text_of(flow, "conditionExpression"))
    for node in level.nodes.values():
        yield from _timers(node)
        if local(node) == "businessRuleTask":
            yield node, read_by(level, node), set()
        if text := text_of(node, "script"):
            try:
                yield node, compile_script(text).reads, set()
            except ExpressionInvalid as invalid:
                yield node, invalid, set()
    for node, loop in _loops(level):
        yield from _expression(loop, text_of(loop, "loopCardinality"))
        known = instance_names(node)
        yield from _expression(loop, text_of(loop, "completionCondition"), known | COUNTS)
        yield loop, {*filter(None, [text_of(loop, "loopDataInputRef")])}, set()
        yield loop, {*filter(None, [item_name(loop, "outputDataItem")])}, known


def _expression(element: Any, text: str, more: Set[str] = frozenset()) -> Iterator[Asked]:
    if text:
        try:
            yield element, compile_expression(text).names, more
        except ExpressionInvalid as invalid:
            yield element, invalid, more
