"""The checks of flows and gateways: where a token can go, and whether it gets there."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import CONDITIONAL, GATEWAYS, NODES, Level, reached, text_of
from workflows.engine.xml import local, tag
from workflows.errors import N_


def faults(level: Level) -> Iterator[Fault]:
    """What is wrong with how the nodes of a process or sub-process hang together."""
    kinds = Counter(local(node) for node in level.nodes.values())
    if kinds["startEvent"] != 1:
        yield level.fault(level.element, N_("流程要有且只有一个开始事件。"))
    if not kinds["endEvent"]:
        yield level.fault(level.element, N_("流程没有结束事件。"))
    yield from _flows(level)
    yield from _reach(level)
    listed = {flow.get("id"): flow for flow in level.flows}
    for key, node in level.nodes.items():
        yield from _ways_out(level, key, node)
        yield from _listed(level, key, node, listed)
        if local(node) in CONDITIONAL:
            yield from _default(level, key, node, listed)
    yield from _joins(level)


def _flows(level: Level) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for flow in level.flows:
        pair = (flow.get("sourceRef"), flow.get("targetRef"))
        if not {*pair} <= level.nodes.keys():
            yield level.fault(flow, N_("连线的一端不在本流程里。"))
            continue
        if pair in seen:
            yield level.fault(flow, N_("同样两个元素之间有两条连线。"))
        seen.add(pair)
        source, target = (local(level.nodes[end]) for end in pair)
        if source == "endEvent":
            yield level.fault(flow, N_("结束事件不能有出线。"))
        if target in ("startEvent", "boundaryEvent"):
            yield level.fault(flow, N_("开始事件和边界事件不能有入线。"))
        yield from _condition(level, flow, level.nodes[pair[0]])


def _condition(level: Level, flow: Any, source: Any) -> Iterator[Fault]:
    text = text_of(flow, "conditionExpression")
    splits = local(source) in CONDITIONAL and len(level.after[source.get("id")]) > 1
    default = source.get("default") == flow.get("id")
    if text and (not splits or default):
        yield level.fault(flow, N_("这条连线不能带条件：条件只用在排他、相容网关的非默认出线上。"))
    elif splits and not default and not text:
        yield level.fault(flow, N_("网关的这条出线没有条件，也不是默认出线。"))


def _ways_out(level: Level, key: str, node: Any) -> Iterator[Fault]:
    kind, ways = local(node), len(level.after[key])
    if kind not in GATEWAYS and ways > 1:
        yield level.fault(node, N_("只有网关可以分支：请加一个网关。"))
    if kind in NODES - {"endEvent"} and not ways:
        yield level.fault(node, N_("没有出线：请连到下一步，或者连到结束事件。"))
    if kind in CONDITIONAL and ways > 1 and not node.get("default"):
        yield level.fault(node, N_("网关没有默认出线：条件都不成立时无路可走。"))


def _listed(level: Level, key: str, node: Any, flows: dict[str, Any]) -> Iterator[Fault]:
    """What an element lists as its flows are its flows; else the file has been damaged."""
    for name, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
        for entry in node.iterfind(tag(name)):
            flow = flows.get((entry.text or "").strip())
            if flow is None or flow.get(end) != key:
                sentence = N_("元素列出的连线 %(flow)s 与图上的连线不符。")
                yield level.fault(node, sentence, flow=(entry.text or "").strip()[:40])


def _default(level: Level, key: str, node: Any, flows: dict[str, Any]) -> Iterator[Fault]:
    default = node.get("default")
    if default and (default not in flows or flows[default].get("sourceRef") != key):
        yield level.fault(node, N_("默认出线 %(flow)s 不是这个网关的出线。"), flow=default[:40])


def _reach(level: Level) -> Iterator[Fault]:
    found = reached(level.of("startEvent"), level.onward)
    leaving = reached(level.of("endEvent"), level.backward)
    for key, node in level.nodes.items():
        if local(node) not in NODES:
            continue
        if key not in found:
            yield level.fault(node, N_("从开始事件走不到这里。"))
        elif key not in leaving and level.after[key]:
            yield level.fault(node, N_("从这里走不到结束事件。"))


def _joins(level: Level) -> Iterator[Fault]:
    for key in level.of("parallelGateway"):
        if len(level.before[key]) > 1:
            outside = reached(level.of("startEvent"), level.onward, without=key)
            if not set(level.before[key]) <= outside:
                yield level.fault(
                    level.nodes[key], N_("并行汇聚的一条入线只有经过它自己才能到达，会永远等待。")
                )
