"""Which elements a diagram may consist of, inside which others, and with which attributes.

Whatever is not written here is refused: the engine would leave it out without a word.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import Source
from workflows.engine.xml import BPMN, LIANBAN, local, tag
from workflows.errors import N_

UNSUPPORTED = N_("引擎不支持 %(name)s，请改用其他画法。")
MISPLACED = N_("%(name)s 不能用在 %(parent)s 里。")
ONCE = N_("%(parent)s 里的 %(name)s 只能有一个。")
ATTRIBUTE = N_("引擎不支持属性 %(name)s=“%(value)s”，请删去。")
FOREIGN = N_("引擎不执行扩展 %(name)s，请删去。")

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"


@dataclass(frozen=True)
class Rule:
    """``attributes``: name → the values it may have, any when empty; ``children``: by name."""

    attributes: dict[str, tuple[str, ...]]
    children: frozenset[str]


def _rule(attributes: str, children: str = "") -> Rule:
    named = (entry.partition("=") for entry in f"id {attributes}".split())
    return Rule(
        {name: tuple(filter(None, values.split("|"))) for name, _, values in named},
        frozenset(f"documentation extensionElements {children}".split()),
    )


_TIED = "incoming outgoing"
_ACTIVITY = "name isForCompensation=false startQuantity=1 completionQuantity=1"
_MULTIPLE = f"{_TIED} multiInstanceLoopCharacteristics"
_DRAWN = (
    "startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent userTask "
    "scriptTask businessRuleTask receiveTask subProcess callActivity exclusiveGateway "
    "inclusiveGateway parallelGateway eventBasedGateway sequenceFlow laneSet textAnnotation "
    "association group"
)
_TURNS = "name gatewayDirection"
_CAUGHT = "timerEventDefinition messageEventDefinition"
_THROWN = "errorEventDefinition escalationEventDefinition"
_EXPRESSION = _rule("")

GRAMMAR = {
    "definitions": _rule(
        "name targetNamespace expressionLanguage typeLanguage exporter exporterVersion",
        "process collaboration message error escalation category",
    ),
    "process": _rule("name isExecutable isClosed processType", _DRAWN),
    "subProcess": _rule(f"{_ACTIVITY} triggeredByEvent=false", f"{_DRAWN} {_MULTIPLE}"),
    "callActivity": _rule(f"{_ACTIVITY} calledElement", _MULTIPLE),
    "userTask": _rule(f"{_ACTIVITY} implementation=##unspecified", _MULTIPLE),
    "scriptTask": _rule(f"{_ACTIVITY} scriptFormat=lianban", f"{_TIED} script"),
    "businessRuleTask": _rule(f"{_ACTIVITY} implementation=##unspecified", _TIED),
    "receiveTask": _rule(f"{_ACTIVITY} messageRef instantiate=false", _TIED),
    "startEvent": _rule("name isInterrupting=true parallelMultiple=false", _TIED),
    "endEvent": _rule("name", f"{_TIED} {_THROWN} terminateEventDefinition"),
    "intermediateCatchEvent": _rule("name parallelMultiple=false", f"{_TIED} {_CAUGHT}"),
    "intermediateThrowEvent": _rule("name", f"{_TIED} escalationEventDefinition"),
    "boundaryEvent": _rule(
        "name attachedToRef cancelActivity=true|false parallelMultiple=false",
        f"{_TIED} {_CAUGHT} {_THROWN}",
    ),
    "exclusiveGateway": _rule(f"{_TURNS} default", _TIED),
    "inclusiveGateway": _rule(f"{_TURNS} default", _TIED),
    "parallelGateway": _rule(_TURNS, _TIED),
    "eventBasedGateway": _rule(f"{_TURNS} instantiate=false eventGatewayType=Exclusive", _TIED),
    "sequenceFlow": _rule("name sourceRef targetRef", "conditionExpression"),
    "timerEventDefinition": _rule("", "timeDate timeDuration"),
    "messageEventDefinition": _rule("messageRef"),
    "errorEventDefinition": _rule("errorRef"),
    "escalationEventDefinition": _rule("escalationRef"),
    "terminateEventDefinition": _rule(""),
    "multiInstanceLoopCharacteristics": _rule(
        "isSequential=true|false behavior=All",
        "loopCardinality loopDataInputRef loopDataOutputRef inputDataItem outputDataItem "
        "completionCondition",
    ),
    "inputDataItem": _rule("name isCollection=false"),
    "outputDataItem": _rule("name isCollection=false"),
    "message": _rule("name"),
    "error": _rule("name errorCode"),
    "escalation": _rule("name escalationCode"),
    "collaboration": _rule("name isClosed", "participant textAnnotation association group"),
    "participant": _rule("name processRef"),
    "laneSet": _rule("name", "lane"),
    "lane": _rule("name", "flowNodeRef childLaneSet"),
    "childLaneSet": _rule("name", "lane"),
    "textAnnotation": _rule("textFormat", "text"),
    "association": _rule("sourceRef targetRef associationDirection"),
    "group": _rule("categoryValueRef"),
    "category": _rule("name", "categoryValue"),
    "categoryValue": _rule("value"),
    "incoming": _EXPRESSION,
    "outgoing": _EXPRESSION,
    "flowNodeRef": _EXPRESSION,
    "script": _EXPRESSION,
    "conditionExpression": _EXPRESSION,
    "timeDate": _EXPRESSION,
    "timeDuration": _EXPRESSION,
    "loopCardinality": _EXPRESSION,
    "loopDataInputRef": _EXPRESSION,
    "loopDataOutputRef": _EXPRESSION,
    "completionCondition": _EXPRESSION,
    "text": _EXPRESSION,
    "documentation": _rule("textFormat"),
    "extensionElements": _rule(""),
}
#: What may stand more than once in the same place.
MANY = frozenset(
    f"{_DRAWN} {_TIED} documentation process message error escalation category categoryValue "
    "participant lane flowNodeRef".split()
)
#: Where drawing tools may leave notes of their own: nothing runs here.
MARGINS = {"definitions", "collaboration", "participant", "laneSet", "lane", "childLaneSet"}
#: Our own elements: on what they stand, and their attributes.
EXTENSIONS = {
    "item": ("callActivity", {"code", "mode"}),
    "decision": ("businessRuleTask", {"ref", "result"}),
    "approval": (
        "userTask",
        set("duty kind conclusions differentFrom form signers rule pass".split()),
    ),
}


def faults(source: Source) -> Iterator[Fault]:
    """Everything in a file that is not in the grammar."""
    todo = [source.root]
    while todo:
        element = todo.pop()
        yield from _attributes(source, element)
        if local(element) == "extensionElements":
            yield from _extensions(source, element)
        elif local(element) not in ("documentation", "text"):
            allowed = list(_children(source, element, todo))
            yield from allowed


def _children(source: Source, parent: Any, todo: list[Any]) -> Iterator[Fault]:
    rule = GRAMMAR[local(parent)]
    for child in parent:
        name = local(child)
        space = etree.QName(child).namespace
        if space == DIAGRAM and parent is source.root:
            continue
        if space != BPMN or name not in GRAMMAR:
            yield source.fault(child, UNSUPPORTED, name=name)
        elif name not in rule.children:
            yield source.fault(child, MISPLACED, name=name, parent=local(parent))
        else:
            todo.append(child)
    counts = Counter(child.tag for child in parent)
    for name in sorted(rule.children - MANY):
        if counts[tag(name)] > 1:
            second = parent.findall(tag(name))[1]
            yield source.fault(second, ONCE, name=name, parent=local(parent))


def _attributes(source: Source, element: Any) -> Iterator[Fault]:
    known = GRAMMAR[local(element)].attributes
    for key, value in element.attrib.items():
        name = etree.QName(key)
        if name.namespace == XML or (name.namespace == XSI and _type(name.localname, value)):
            continue
        if name.namespace is not None:
            if local(element) not in MARGINS:
                yield source.fault(element, FOREIGN, name=name.localname)
        elif name.localname not in known or value not in (known[name.localname] or (value,)):
            yield source.fault(element, ATTRIBUTE, name=name.localname, value=value[:40])


def _type(name: str, value: str) -> bool:
    """Whether an ``xsi:`` attribute only says that an expression is an expression."""
    plain = value.rpartition(":")[2] in ("tFormalExpression", "tExpression")
    return name == "schemaLocation" or (name == "type" and plain)


def _extensions(source: Source, element: Any) -> Iterator[Fault]:
    around = local(element.getparent())
    for found in element:
        name = etree.QName(found)
        stands_on, attributes = EXTENSIONS.get(name.localname, ("", set()))
        if name.namespace != LIANBAN:
            if around not in MARGINS:
                yield source.fault(found, FOREIGN, name=name.localname)
        elif stands_on != around or len(found):
            yield source.fault(found, FOREIGN, name=f"lb:{name.localname}")
        else:
            for key in sorted(set(found.attrib) - attributes):
                yield source.fault(found, ATTRIBUTE, name=key, value=found.get(key)[:40])
