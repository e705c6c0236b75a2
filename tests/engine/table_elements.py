"""A minimal diagram for every element in the table of `bpmn/README.md`; for events see there.

The element a row is about has the id ``it``; what works ends in ``good``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tests.engine.drawing import (
    APPROVAL,
    DECLARED,
    HEAD,
    TWICE,
    boundary,
    event,
    process,
    script,
    sub,
    timer,
)
from tests.engine.tables import ask, table

GOOD = '<endEvent id="good"/>'


@dataclass(frozen=True)
class Drawn:
    """A diagram, and in which order its trial goes on."""

    source: str
    #: Whether what waits for a timer or a message goes before what waits for a person.
    events_first: bool = False
    tables: Mapping[str, str] = field(default_factory=dict)

    def changed(self, old: str, new: str) -> "Drawn":
        """The same with one thing changed."""
        assert old in self.source
        return replace(self, source=self.source.replace(old, new))


def plain(it: str) -> Drawn:
    """``it`` between start and end."""
    elements = {"it": it, "good": GOOD}
    return Drawn(process("p", ["s it good"], elements=elements, declared=DECLARED))


def beside(extra: str, declared: str = "") -> Drawn:
    """Something that is not on the way: next to a task, or at the top of the file."""
    elements = {"good": GOOD}
    return Drawn(process("p", ["s a good"], elements=elements, extra=extra, declared=declared))


def user(more: str = "", attributes: str = "") -> Drawn:
    """``it`` as a user task."""
    return plain(f'<userTask id="it" {attributes}>{APPROVAL}{more}</userTask>')


def many(children: str, attributes: str = "") -> Drawn:
    """``it`` as a user task with a multi-instance marker."""
    name = "multiInstanceLoopCharacteristics"
    return user(f"<{name} {attributes}>{children}</{name}>")


def call(more: str = "") -> Drawn:
    """``it`` calls a process."""
    drawn = plain(f'<callActivity id="it" calledElement="q">{more}</callActivity>')
    other = process("q", ["s2 b e2"]).removeprefix(HEAD).replace('"f', '"q')
    return drawn.changed("</definitions>", other)


def splits(kind: str, conditions: bool = True) -> Drawn:
    """``it`` forks and another of its kind joins."""
    default = ' default="f1"' if conditions else ""
    elements = {"it": f'<{kind} id="it"{default}/>', "j": f'<{kind} id="j"/>', "good": GOOD}
    chosen = {"it b": "n > 0"} if conditions else {}
    return Drawn(process("p", ["s it a j good", "it b j"], chosen, elements=elements))


def race(attributes: str = "") -> Drawn:
    """``it`` is an event-based gateway with a timer and a message."""
    elements = {
        "it": f'<eventBasedGateway id="it" {attributes}/>',
        "t": event("intermediateCatchEvent", "t", timer("5wd")),
        "r": '<receiveTask id="r" messageRef="m"/>',
        "good": GOOD,
    }
    arrows = ["s it t x1 good", "it r x1"]
    return Drawn(process("p", arrows, elements=elements, declared=DECLARED))


def inner(more: str = "") -> Drawn:
    """``it`` as a sub-process."""
    return plain(sub("it", ["s1 a e1"], more=more))


def pools(more: str) -> Drawn:
    """A collaboration with one pool."""
    pool = '<participant id="pool" processRef="p"/>'
    return beside("", f'<collaboration id="c">{pool}{more}</collaboration>')


def lane(more: str = "") -> Drawn:
    """``it`` as a lane with a task in it."""
    inside = f'<lane id="it"><flowNodeRef>a</flowNodeRef>{more}</lane>'
    return beside(f'<laneSet id="lanes">{inside}</laneSet>')


def hung_on(host: Drawn) -> Drawn:
    """``it`` is the host, and a timer on its border leads to the good end."""
    late = boundary("late", "it", timer("5wd"))
    flow = '<sequenceFlow id="lf" sourceRef="late" targetRef="good"/>'
    source = host.source.replace("</process>", f"{late}{flow}</process>", 1)
    return Drawn(source, events_first=True)


#: What `n` of the trial comes to.
TABLE = table("t", [("n", "number")], [("m", "number")], [["1", "2"], ["> 1", "3"]])


def rule(more: str = "") -> Drawn:
    """``it`` as a business rule task."""
    return replace(plain(ask("it", "t", more=more)), tables={"t.dmn": TABLE})


FOUR = "<loopCardinality>4</loopCardinality>"
OVER = '<loopDataInputRef>group</loopDataInputRef><inputDataItem name="one"/>'
INTO = '<loopDataOutputRef>ones</loopDataOutputRef><outputDataItem name="one"/>'
UNTIL = "<completionCondition>loopCounter == 2</completionCondition>"
WORKS = {
    "process": beside(""),
    "userTask": user(),
    "scriptTask": plain(script("it", "m = n + 1", "late = m > 1")),
    "businessRuleTask": rule(),
    "receiveTask": plain('<receiveTask id="it" messageRef="m"/>'),
    "subProcess": inner(),
    "callActivity": call(),
    "multiInstance userTask": user(TWICE),
    "multiInstance subProcess": inner(TWICE),
    "multiInstance callActivity": call(TWICE),
    "multiInstance isSequential": many(FOUR, 'isSequential="true"'),
    "loopCardinality": many(FOUR),
    "loopDataInputRef": many(OVER),
    "loopDataOutputRef": many(OVER + INTO),
    "completionCondition": many(FOUR + UNTIL),
    "boundaryEvent userTask": hung_on(user()),
    "boundaryEvent receiveTask": hung_on(plain('<receiveTask id="it" messageRef="m"/>')),
    "boundaryEvent subProcess": hung_on(inner()),
    "boundaryEvent callActivity": hung_on(call()),
    "boundaryEvent multiInstance": hung_on(many(FOUR)),
    "exclusiveGateway": splits("exclusiveGateway"),
    "inclusiveGateway": splits("inclusiveGateway"),
    "parallelGateway": splits("parallelGateway", conditions=False),
    "eventBasedGateway": race(),
    "sequenceFlow": user(),
    "conditionExpression": splits("exclusiveGateway"),
    "default": splits("inclusiveGateway"),
    "lane": lane(),
    "childLaneSet": lane('<childLaneSet id="set"><lane id="l2"/></childLaneSet>'),
    "collaboration": pools(""),
    "textAnnotation": beside('<textAnnotation id="it"><text>好</text></textAnnotation>'),
    "association": beside('<association id="it" sourceRef="s" targetRef="a"/>'),
    "group": beside('<group id="it"/>', '<category id="k"><categoryValue id="v"/></category>'),
    "documentation": user("<documentation>依据</documentation>"),
    "lb:item": call('<extensionElements><lb:item code="R1"/></extensionElements>'),
    "lb:approval": user(),
    "lb:decision": rule().changed('ref="t"', 'ref="t" result="m2"'),
    "message": beside("", '<message id="it" name="paid"/>'),
    "error": beside("", '<error id="it" errorCode="E1"/>'),
    "escalation": beside("", '<escalation id="it" escalationCode="C1"/>'),
    "BPMNDiagram": beside("").changed(
        "</definitions>",
        '<i:BPMNDiagram xmlns:i="http://www.omg.org/spec/BPMN/20100524/DI"/></definitions>',
    ),
}

CONDITIONAL_FLOW = {"s a": "n > 0"}
FOREIGN = '<x:listener xmlns:x="urn:other" class="Y"/>'
#: Variants of what works, which the engine does not run.
VARIANTS = {
    "isExecutable=false": beside("").changed('"p" isExecutable="true"', '"it"'),
    "receiveTask instantiate": plain('<receiveTask id="it" messageRef="m" instantiate="true"/>'),
    "scriptTask scriptFormat": plain(
        script("it", "a = 1").replace("<script>", '<script id="code">', 1)
    ).changed('<scriptTask id="it"', '<scriptTask id="it" scriptFormat="javascript"'),
    "subProcess triggeredByEvent": inner().changed(
        '<subProcess id="it"', '<subProcess id="it" triggeredByEvent="true"'
    ),
    "callActivity globalTask": call().changed('calledElement="q"', 'calledElement="g"'),
    "multiInstance receiveTask": plain(
        f'<receiveTask id="it" messageRef="m">{TWICE}</receiveTask>'
    ),
    "multiInstance scriptTask": plain(script("it", "a = 1")).changed(
        "<script>", TWICE + "<script>"
    ),
    "multiInstance businessRuleTask": rule(TWICE),
    "multiInstance behavior": many(FOUR, 'behavior="None"'),
    "complexBehaviorDefinition": many(FOUR + "<complexBehaviorDefinition/>"),
    "boundaryEvent businessRuleTask": replace(plain(ask("b", "t")), tables={"t.dmn": TABLE})
    .changed('targetRef="it"', 'targetRef="b"')
    .changed('<sequenceFlow id="f1" sourceRef="it"', boundary("it", "b", timer("5wd"))
             + '<sequenceFlow id="f2" sourceRef="b" targetRef="good"/>'
             '<sequenceFlow id="f1" sourceRef="it"'),
    "boundaryEvent scriptTask": plain(script("b", "a = 1"))
    .changed('targetRef="it"', 'targetRef="b"')
    .changed('<sequenceFlow id="f1" sourceRef="it"', boundary("it", "b", timer("5wd"))
             + '<sequenceFlow id="f2" sourceRef="b" targetRef="good"/>'
             '<sequenceFlow id="f1" sourceRef="it"'),
    "isForCompensation": user("", 'isForCompensation="true"'),
    "startQuantity": user("", 'startQuantity="2"'),
    "completionQuantity": user("", 'completionQuantity="2"'),
    "eventBasedGateway instantiate": race('instantiate="true"'),
    "eventBasedGateway Parallel": race('eventGatewayType="Parallel"'),
    "conditionExpression userTask": Drawn(
        process("p", ["s it e"], {"it e": "n > 0"}).replace('id="f1"', 'id="it"', 1)
    ).changed('<userTask id="it"', '<userTask id="b"').changed('sourceRef="it"', 'sourceRef="b"')
    .changed('targetRef="it"', 'targetRef="b"'),
    "sequenceFlow userTask": Drawn(process("p", ["s it e", "it e1"])),
    "participant": pools('<participant id="it"/>'),
    "participantMultiplicity": pools("").changed(
        '<participant id="pool" processRef="p"/>',
        '<participant id="it" processRef="p"><participantMultiplicity/></participant>',
    ),
    "extensionElements": user().changed("<lb:approval", FOREIGN + "<lb:approval"),
}  # fmt: skip

#: Elements of BPMN that are in no diagram here, by where the specification puts them.
UNKNOWN = {
    "process": (
        "task", "manualTask", "serviceTask", "sendTask", "complexGateway",
        "transaction", "adHocSubProcess", "implicitThrowEvent", "dataObject",
        "dataObjectReference", "dataStoreReference", "property", "ioSpecification", "ioBinding",
        "auditing", "monitoring", "resourceRole", "performer", "humanPerformer",
        "potentialOwner", "correlationSubscription", "supports", "choreographyTask",
        "subChoreography", "callChoreography",
    ),
    "userTask": (
        "standardLoopCharacteristics", "rendering", "dataInputAssociation",
        "dataOutputAssociation",
    ),
    "definitions": (
        "globalTask", "globalUserTask", "globalManualTask", "globalScriptTask",
        "globalBusinessRuleTask", "signal", "itemDefinition", "dataStore", "resource",
        "interface", "endPoint", "partnerEntity", "partnerRole", "correlationProperty",
        "import", "extension", "relationship", "choreography", "globalChoreographyTask",
        "globalConversation",
    ),
    "collaboration": (
        "messageFlow", "participantAssociation", "messageFlowAssociation", "conversation",
        "subConversation", "callConversation", "conversationLink", "conversationAssociation",
        "choreographyRef", "correlationKey",
    ),
}  # fmt: skip


def unknown(place: str, name: str) -> Drawn:
    """A diagram with an element the engine does not know."""
    element = f'<{name} id="it"/>'
    if place == "userTask":
        return user(f"<{name}/>")
    if place == "collaboration":
        return pools(element)
    return beside(element) if place == "process" else beside("", element)


REFUSED = VARIANTS | {
    name: unknown(place, name) for place, names in UNKNOWN.items() for name in names
}
