"""The checks of activities: who does a task, what is called, how often, what a script sets."""

from collections.abc import Iterator
from typing import Any

from workflows.engine.approvals import ABSTAIN
from workflows.engine.checks import signing
from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import Level, extensions, text_of
from workflows.engine.expressions import (
    RESERVED,
    ExpressionFailed,
    ExpressionInvalid,
    assignable,
    compile_expression,
)
from workflows.engine.xml import local, tag
from workflows.errors import N_

DUTIES = {"handler", "checker", "approver", "chief"}
KINDS = {"review", "decide", "confirm", "check"}
CONCLUSIONS = {"agree", "disagree", "refer", "return", ABSTAIN}
MAX_INSTANCES = 1000
NAME = N_("变量名“%(name)s”不能用：只用字母、数字和下划线，且不是保留字。")
HOW_OFTEN = N_("多实例要写明个数（loopCardinality）或名单（loopDataInputRef）之一。")
COUNT = N_("多实例的个数应为 0 到 %(most)s 的整数。")
ITEM = N_("多实例的 inputDataItem 要有名称，并且要写明名单（loopDataInputRef）。")
OUTPUT = N_("多实例的结果要同时写明 loopDataOutputRef 和有名称的 outputDataItem。")


def faults(level: Level, processes: set[str]) -> Iterator[Fault]:
    """What is wrong with the activities of a process or sub-process."""
    for node in level.nodes.values():
        if local(node) == "userTask":
            yield from _user_task(level, node)
        elif local(node) == "callActivity":
            yield from _call_activity(level, node, processes)
        elif local(node) == "scriptTask" and not text_of(node, "script"):
            yield level.fault(node, N_("脚本任务没有脚本（script）。"))
        for loop in node.iterfind(tag("multiInstanceLoopCharacteristics")):
            if not signing.is_signed_together(node):
                yield from _multiple(level, loop)


def _user_task(level: Level, node: Any) -> Iterator[Fault]:
    found = extensions(node, "approval")
    if len(found) != 1:
        yield level.fault(node, N_("审批环节要有且只有一个 lb:approval。"))
        return
    approval = found[0]
    if signing.is_signed_together(node):
        yield from signing.faults(level, node, approval, DUTIES)
    elif approval.get("duty") not in DUTIES:
        yield level.fault(node, N_("岗位 duty 应为 %(ok)s。"), ok=" ".join(sorted(DUTIES)))
    if approval.get("kind") not in KINDS:
        yield level.fault(node, N_("环节类型 kind 应为 %(ok)s。"), ok=" ".join(sorted(KINDS)))
    yield from _conclusions(level, node, set(approval.get("conclusions", "").split()))
    other = approval.get("differentFrom")
    if other and other not in level.top.tasks:
        yield level.fault(node, N_("differentFrom 指的环节 %(other)s 不存在。"), other=other)
    elif other and signing.is_signed_together(_node(level, other)):
        yield level.fault(node, signing.SEVERAL, other=other)


def _conclusions(level: Level, node: Any, said: set[str]) -> Iterator[Fault]:
    if wrong := said - CONCLUSIONS:
        yield level.fault(node, N_("不认识的结论 %(wrong)s。"), wrong=" ".join(sorted(wrong)))
    if ABSTAIN in said and not signing.is_signed_together(node):
        yield level.fault(node, N_('弃权 abstain 只用于票签（rule="vote"）。'))


def _node(level: Level, key: str) -> Any:
    return next(one.nodes[key] for one in level.top.levels() if key in one.nodes)


def _call_activity(level: Level, node: Any, processes: set[str]) -> Iterator[Fault]:
    called = node.get("calledElement", "")
    if called not in processes:
        yield level.fault(node, N_("调用的流程 %(called)s 不存在。"), called=called)
    found = extensions(node, "item")
    if len(found) > 1 or any(not item.get("code") for item in found):
        yield level.fault(node, N_("事项 lb:item 最多一个，且要有 code。"))
    if any(item.get("mode") not in (None, "commitment") for item in found):
        yield level.fault(node, N_("事项的 mode 只能是 commitment。"))
    name = result_of(node)
    if name in RESERVED or (found and name and not assignable(name)):
        yield level.fault(node, NAME, name=name[:40])


def result_of(node: Any) -> str:
    """The variable that takes the outcome of a called process."""
    for item in extensions(node, "item"):
        return str(item.get("code", ""))
    return str(node.get("id"))


def item_name(loop: Any, name: str) -> str | None:
    """What an instance calls its member of the list, or its result."""
    found = loop.find(tag(name))
    return None if found is None else found.get("name") or found.get("id") or ""


def _multiple(level: Level, loop: Any) -> Iterator[Fault]:
    count, collection = text_of(loop, "loopCardinality"), text_of(loop, "loopDataInputRef")
    item, output = item_name(loop, "inputDataItem"), item_name(loop, "outputDataItem")
    into = text_of(loop, "loopDataOutputRef")
    if bool(count) == bool(collection):
        yield level.fault(loop, HOW_OFTEN)
    if count and not _countable(count):
        yield level.fault(loop, COUNT, most=MAX_INSTANCES)
    if item == "" or (item is not None and not collection):
        yield level.fault(loop, ITEM)
    if bool(into) != bool(output) or output == "":
        yield level.fault(loop, OUTPUT)
    read = output in RESERVED  # such as loopCounter: no one's to set, but it may be collected
    for name in filter(None, (collection, item, None if read else output, into)):
        if not assignable(name):
            yield level.fault(loop, NAME, name=name[:40])


def fixed(text: str) -> Any:
    """The value of an expression that asks for no variable; none for any other."""
    try:
        compiled = compile_expression(text)
        return None if compiled.names else compiled({})
    except (ExpressionInvalid, ExpressionFailed):
        return None


def _countable(text: str) -> bool:
    """Whether a number of instances may turn out right: unknown, or within bounds."""
    try:
        if compile_expression(text).names:
            return True
    except ExpressionInvalid:
        return True  # which `variables` tells
    value = fixed(text)
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_INSTANCES
