"""What is refused when a process is published, by element, with a sentence.

Nothing is swallowed: what the engine does not run is refused here, before any case meets it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.expressions import ExpressionInvalid, compile_expression
from workflows.engine.xml import BPMN, LIANBAN, DiagramUnreadable, local, read, tag
from workflows.errors import N_, WorkflowError

GATEWAYS = {"exclusiveGateway", "inclusiveGateway", "parallelGateway"}
CONDITIONAL = {"exclusiveGateway", "inclusiveGateway"}
NODES = GATEWAYS | {"startEvent", "endEvent", "userTask", "callActivity"}
#: Elements that change nothing at run time.
QUIET = {
    "definitions", "process", "sequenceFlow", "conditionExpression", "incoming", "outgoing",
    "extensionElements", "documentation", "laneSet", "lane", "flowNodeRef", "collaboration",
    "participant", "textAnnotation", "text", "association", "group", "category", "categoryValue",
}  # fmt: skip
RESERVED = re.compile(r"Start|End|Root|.*\.(EndJoin|BoundaryEventSplit|BoundaryEventJoin)")
DUTIES = {"handler", "checker", "approver", "chief"}
KINDS = {"review", "decide", "confirm", "check"}
CONCLUSIONS = {"agree", "disagree", "return"}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a diagram, and where."""

    file: str
    line: int
    element: str
    sentence: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.file}:{self.line} [{self.element}] {self.sentence % self.params}"


class ProcessInvalid(WorkflowError):
    """A diagram that cannot be published; carries every fault found in it."""

    sentence = N_("流程图有 %(count)s 处问题，不能发布：%(first)s")

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(count=len(faults), first=str(faults[0]))
        self.faults = faults


def check(sources: Mapping[str, str], names: Set[str] | None = None) -> tuple[Fault, ...]:
    """Every fault of the diagrams (file name → XML) that are published together.

    ``names`` are the variables that conditions may ask for; any, when it is not given.
    """
    faults: list[Fault] = []
    roots: dict[str, Any] = {}
    for file, text in sources.items():
        try:
            roots[file] = read(text, file)
        except DiagramUnreadable as unreadable:
            faults.append(Fault(file, 1, "-", unreadable.sentence, unreadable.params))
    processes = [p for root in roots.values() for p in root.iter(tag("process"))]
    callable_ids = {process.get("id") for process in processes}
    for file, root in roots.items():
        faults.extend(_Document(file, root, callable_ids, names).faults())
    for key, count in Counter(process.get("id") for process in processes).items():
        if count > 1:
            faults.append(Fault("-", 1, str(key), N_("流程标识重复，请改名。")))
    return tuple(sorted(faults, key=lambda fault: (fault.file, fault.line)))


class _Document:
    """The checks of one file."""

    def __init__(
        self, file: str, root: Any, callable_ids: set[str], names: Set[str] | None
    ) -> None:
        self.file = file
        self.root = root
        self.callable_ids = callable_ids
        self.names = names

    def fault(self, element: Any, sentence: str, **params: Any) -> Fault:
        name = element.get("id") or local(element)
        return Fault(self.file, element.sourceline or 1, name, sentence, params)

    def faults(self) -> Iterator[Fault]:
        yield from self._elements()
        yield from self._ids()
        processes = list(self.root.iter(tag("process")))
        if not processes:
            yield self.fault(self.root, N_("文件里没有流程（process）。"))
        for process in processes:
            if process.get("isExecutable") != "true":
                yield self.fault(process, N_("流程没有标为可执行（isExecutable）。"))
            yield from _Process(self, process).faults()

    def _elements(self) -> Iterator[Fault]:
        for element in self.root.iter(f"{{{BPMN}}}*"):
            if local(element) not in NODES | QUIET:
                yield self.fault(
                    element, N_("引擎不支持 %(name)s，请改用其他画法。"), name=local(element)
                )

    def _ids(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for element in self.root.iter(f"{{{BPMN}}}*"):
            key = element.get("id")
            if key is None:
                continue
            if key in seen:
                yield self.fault(element, N_("标识重复。"))
            if RESERVED.fullmatch(key):
                yield self.fault(element, N_("标识 %(key)s 是保留字，请改名。"), key=key)
            elif not re.fullmatch(r"[A-Za-z_][\w.-]*", key):
                yield self.fault(element, N_("标识 %(key)s 只能用字母、数字和 _ - . "), key=key)
            seen.add(key)


class _Process:
    """The checks of one process: its flows, its branches, its tasks."""

    def __init__(self, document: _Document, process: Any) -> None:
        self.fault = document.fault
        self.callable_ids = document.callable_ids
        self.names = document.names
        self.process = process
        self.nodes = {n.get("id"): n for n in process if local(n) in NODES}
        self.flows = list(process.iter(tag("sequenceFlow")))
        self.after: dict[str, list[str]] = {key: [] for key in self.nodes}
        self.before: dict[str, list[str]] = {key: [] for key in self.nodes}
        for flow in self.flows:
            source, target = flow.get("sourceRef"), flow.get("targetRef")
            if source in self.nodes and target in self.nodes:
                self.after[source].append(target)
                self.before[target].append(source)

    def faults(self) -> Iterator[Fault]:
        yield from self._ends()
        yield from self._flows()
        yield from self._reach()
        for node in self.nodes.values():
            yield from self._arity(node)
            if local(node) == "userTask":
                yield from self._user_task(node)
            elif local(node) == "callActivity":
                yield from self._call_activity(node)

    def _ends(self) -> Iterator[Fault]:
        kinds = Counter(local(node) for node in self.nodes.values())
        if kinds["startEvent"] != 1:
            yield self.fault(self.process, N_("流程要有且只有一个开始事件。"))
        if not kinds["endEvent"]:
            yield self.fault(self.process, N_("流程没有结束事件。"))

    def _flows(self) -> Iterator[Fault]:
        seen: set[tuple[str, str]] = set()
        for flow in self.flows:
            pair = (flow.get("sourceRef"), flow.get("targetRef"))
            if not {*pair} <= self.nodes.keys():
                yield self.fault(flow, N_("连线的一端不在本流程里。"))
                continue
            if pair in seen:
                yield self.fault(flow, N_("同样两个元素之间有两条连线。"))
            seen.add(pair)
            yield from self._condition(flow, self.nodes[pair[0]])

    def _condition(self, flow: Any, source: Any) -> Iterator[Fault]:
        found = flow.find(tag("conditionExpression"))
        text = (found.text or "").strip() if found is not None else ""
        splits = local(source) in CONDITIONAL and len(self.after[source.get("id")]) > 1
        default = source.get("default") == flow.get("id")
        if text and (not splits or default):
            yield self.fault(
                flow, N_("这条连线不能带条件：条件只用在排他、相容网关的非默认出线上。")
            )
        elif splits and not default and not text:
            yield self.fault(flow, N_("网关的这条出线没有条件，也不是默认出线。"))
        elif text:
            yield from self._names(flow, text)

    def _names(self, flow: Any, text: str) -> Iterator[Fault]:
        try:
            asked = compile_expression(text).names
        except ExpressionInvalid as invalid:
            yield self.fault(flow, invalid.sentence, **invalid.params)
            return
        for name in sorted(asked - self.names if self.names is not None else ()):
            yield self.fault(flow, N_("条件用了不存在的变量 %(name)s。"), name=name)

    def _arity(self, node: Any) -> Iterator[Fault]:
        kind, key = local(node), node.get("id")
        if kind not in GATEWAYS and len(self.after[key]) > 1:
            yield self.fault(node, N_("只有网关可以分支：请加一个网关。"))
        if kind in CONDITIONAL and len(self.after[key]) > 1 and not node.get("default"):
            yield self.fault(node, N_("网关没有默认出线：条件都不成立时无路可走。"))
        if kind == "parallelGateway" and len(self.before[key]) > 1:
            outside = self._closure(self._starts(), self.after, without=key)
            if not set(self.before[key]) <= outside:
                yield self.fault(node, N_("并行汇聚的一条入线只有经过它自己才能到达，会永远等待。"))

    def _starts(self) -> list[str]:
        return [key for key, node in self.nodes.items() if local(node) == "startEvent"]

    def _reach(self) -> Iterator[Fault]:
        ends = [key for key, node in self.nodes.items() if local(node) == "endEvent"]
        reached = self._closure(self._starts(), self.after)
        leaving = self._closure(ends, self.before)
        for key, node in self.nodes.items():
            if key not in reached:
                yield self.fault(node, N_("从开始事件走不到这里。"))
            elif key not in leaving:
                yield self.fault(node, N_("从这里走不到结束事件。"))

    @staticmethod
    def _closure(
        first: list[str], arrows: Mapping[str, list[str]], without: str | None = None
    ) -> set[str]:
        found: set[str] = set()
        todo = list(first)
        while todo:
            key = todo.pop()
            if key not in found and key != without:
                found.add(key)
                todo.extend(arrows[key])
        return found

    def _extension(self, node: Any, name: str) -> list[Any]:
        return list(node.iterfind(f"{tag('extensionElements')}/{{{LIANBAN}}}{name}"))

    def _user_task(self, node: Any) -> Iterator[Fault]:
        found = self._extension(node, "approval")
        if len(found) != 1:
            yield self.fault(node, N_("审批环节要有且只有一个 lb:approval。"))
            return
        approval = found[0]
        if approval.get("duty") not in DUTIES:
            yield self.fault(node, N_("岗位 duty 应为 %(ok)s。"), ok=" ".join(sorted(DUTIES)))
        if approval.get("kind") not in KINDS:
            yield self.fault(node, N_("环节类型 kind 应为 %(ok)s。"), ok=" ".join(sorted(KINDS)))
        wrong = set(approval.get("conclusions", "").split()) - CONCLUSIONS
        if wrong:
            yield self.fault(node, N_("不认识的结论 %(wrong)s。"), wrong=" ".join(sorted(wrong)))
        other = approval.get("differentFrom")
        if other and (other not in self.nodes or local(self.nodes[other]) != "userTask"):
            yield self.fault(node, N_("differentFrom 指的环节 %(other)s 不存在。"), other=other)

    def _call_activity(self, node: Any) -> Iterator[Fault]:
        called = node.get("calledElement")
        if called not in self.callable_ids:
            yield self.fault(node, N_("调用的流程 %(called)s 不存在。"), called=called)
        found = self._extension(node, "item")
        if len(found) > 1 or any(not item.get("code") for item in found):
            yield self.fault(node, N_("事项 lb:item 最多一个，且要有 code。"))
