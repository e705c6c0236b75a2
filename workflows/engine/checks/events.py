"""The checks of events: each says one thing, what it waits for exists, boundaries hold."""

from collections.abc import Iterator
from typing import Any

from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import ACTIVITIES, EVENTS, Level, text_of
from workflows.engine.expressions import ExpressionFailed, ExpressionInvalid, compile_expression
from workflows.engine.limits import is_date, is_duration, is_meant
from workflows.engine.xml import local
from workflows.errors import N_

#: Events that wait, and so need to say for what.
WAITING = {"intermediateCatchEvent", "boundaryEvent"}
NO_TIME = N_("定时事件要写明一个时长（timeDuration）或时刻（timeDate）。")
NOT_A_TIME = N_("时限“%(text)s”无法识别：应写作 10wd、3.5h、60d、P5D、PT1H，时刻写作日期。")
UNDECLARED = N_("没有声明 %(kind)s“%(ref)s”。")
NOT_ATTACHED = N_("边界事件要附在同一层的用户任务、接收任务、子流程或调用活动上。")
INTERRUPTS = N_("错误总是中断活动：错误边界事件不能设为非中断。")
NOTHING_THROWN = N_("这个活动里抛不出错误或升级，边界事件永远不会发生。")
SAME_BOUNDARY = N_("同一活动上有两个相同的边界事件，分不清由哪个捕获。")
FEW_TARGETS = N_("事件网关至少要有两条出线。")
BAD_TARGET = N_(
    "事件网关后面只能是定时、消息捕获事件，或者没有边界事件的接收任务，各只有一条入线。"
)
SAME_TARGET = N_("事件网关后面有两处等待同一个消息。")


def faults(level: Level) -> Iterator[Fault]:
    """What is wrong with the events of a process or sub-process."""
    for key, node in level.nodes.items():
        if local(node) in EVENTS:
            yield from _event(level, node)
        if local(node) == "boundaryEvent":
            yield from _attached(level, node)
        elif local(node) == "receiveTask":
            yield from _reference(level, node, "message", needed=True)
        elif local(node) == "eventBasedGateway":
            yield from _race(level, key)
    for attached in level.boundary.values():
        yield from _alike(level, attached)


def definitions(event: Any) -> list[Any]:
    """The event definitions of an event."""
    return [child for child in event if local(child).endswith("EventDefinition")]


def code_of(level: Level, node: Any) -> tuple[str, str | None]:
    """What an event catches or throws: its kind, and the name or code (none: any)."""
    for found in [node] if local(node) == "receiveTask" else definitions(node)[:1]:
        kind = "message" if found is node else local(found).removesuffix("EventDefinition")
        ref = found.get(f"{kind}Ref")
        return kind, level.source.declared.get(kind, {}).get(ref, ref)
    return "none", None


def _event(level: Level, event: Any) -> Iterator[Fault]:
    found = definitions(event)
    if len(found) > 1:
        yield level.fault(event, N_("一个事件只能有一个事件定义。"))
    elif not found and local(event) in WAITING:
        yield level.fault(event, N_("这个事件没有说明等待什么：定时还是消息。"))
    for definition in found:
        kind = local(definition).removesuffix("EventDefinition")
        if kind == "timer":
            yield from _timer(level, definition)
        elif kind in level.source.declared:
            any_will_do = local(event) == "boundaryEvent" and kind != "message"
            yield from _reference(level, definition, kind, needed=not any_will_do)


def _reference(level: Level, element: Any, kind: str, needed: bool) -> Iterator[Fault]:
    ref = element.get(f"{kind}Ref")
    if needed and not ref:
        yield level.fault(element, N_("没有指明 %(name)s。"), name=f"{kind}Ref")
    elif ref is not None and ref not in level.source.declared[kind]:
        yield level.fault(element, UNDECLARED, kind=kind, ref=ref[:40])


def _timer(level: Level, definition: Any) -> Iterator[Fault]:
    given = [name for name in ("timeDuration", "timeDate") if text_of(definition, name)]
    if len(given) != 1:
        yield level.fault(definition, NO_TIME)
        return
    text = text_of(definition, given[0])
    if not _is_time(text, given[0]):
        yield level.fault(definition, NOT_A_TIME, text=text[:40])


def literal(text: str, name: str) -> bool:
    """Whether a timer says when in so many words, not by an expression."""
    return is_duration(text) if name == "timeDuration" else is_date(text)


def _is_time(text: str, name: str) -> bool:
    """A literal, or an expression; one without variables must be worth a literal."""
    if literal(text, name) or is_meant(text):
        return literal(text, name)
    try:
        computed = compile_expression(text)
        value = None if computed.names else computed({})
    except (ExpressionInvalid, ExpressionFailed):
        return False
    return bool(computed.names) or (isinstance(value, str) and literal(value, name))


def _attached(level: Level, event: Any) -> Iterator[Fault]:
    host = level.nodes.get(event.get("attachedToRef", ""))
    if host is None or local(host) not in ACTIVITIES:
        yield level.fault(event, NOT_ATTACHED)
        return
    kind, _ = code_of(level, event)
    if kind == "error" and event.get("cancelActivity") == "false":
        yield level.fault(event, INTERRUPTS)
    if kind in ("error", "escalation") and local(host) in ("userTask", "receiveTask"):
        yield level.fault(event, NOTHING_THROWN)


def _alike(level: Level, attached: list[str]) -> Iterator[Fault]:
    """Two errors, escalations or messages of the same name on one activity."""
    seen: set[tuple[str, str | None]] = set()
    for key in attached:
        caught = code_of(level, level.nodes[key])
        if caught in seen and caught[0] != "timer":
            yield level.fault(level.nodes[key], SAME_BOUNDARY)
        seen.add(caught)


def _race(level: Level, gateway: str) -> Iterator[Fault]:
    """An event-based gateway: the first of its events to happen decides."""
    if len(level.after[gateway]) < 2:
        yield level.fault(level.nodes[gateway], FEW_TARGETS)
    seen: set[tuple[str, str | None]] = set()
    for key in level.after[gateway]:
        target = level.nodes[key]
        caught = code_of(level, target)
        waits = local(target) in ("intermediateCatchEvent", "receiveTask")
        if not waits or key in level.boundary or len(level.before[key]) > 1:
            yield level.fault(target, BAD_TARGET)
        elif caught in seen and caught[0] == "message":
            yield level.fault(target, SAME_TARGET)
        seen.add(caught)
