"""BPMN as the oracle reads it, with the standard library only."""

from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree import ElementTree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ITEM = "{urn:lianban:bpmn:1}item"


@dataclass
class Flow:
    """A sequence flow."""

    id: str
    source: str
    target: str
    condition: str


@dataclass
class Many:
    """How often an activity is done, and until when."""

    sequential: bool
    count: str
    collection: str
    item: str
    until: str
    output: str
    each: str


@dataclass
class Node:
    """One element: what it is, what comes in, what goes out, what hangs on its border."""

    id: str
    kind: str
    event: str = ""
    word: str = ""
    attached: str = ""
    interrupting: bool = True
    default: str = ""
    script: str = ""
    called: str = ""
    item: str | None = None
    many: Many | None = None
    inner: "Diagram | None" = None
    incoming: list[Flow] = field(default_factory=list)
    outgoing: list[Flow] = field(default_factory=list)
    border: list["Node"] = field(default_factory=list)


@dataclass
class Diagram:
    """A process or an embedded sub-process."""

    id: str
    embedded: bool
    nodes: dict[str, Node] = field(default_factory=dict)

    @property
    def start(self) -> Node:
        [found] = [node for node in self.nodes.values() if node.kind == "startEvent"]
        return found


def kind(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.removeprefix(BPMN)


def text(element: ElementTree.Element, name: str) -> str:
    """The text of a child, empty when there is none."""
    return (element.findtext(BPMN + name) or "").strip()


class Reader:
    """Reads the processes of one file."""

    def __init__(self, source: str) -> None:
        root = ElementTree.fromstring(source)
        self.words = {
            found.get("id"): found.get(key) or ""
            for name, key in (
                ("message", "name"), ("error", "errorCode"), ("escalation", "escalationCode"),
            )
            for found in root.iter(BPMN + name)
        }  # fmt: skip
        processes = [self.diagram(found, False) for found in root.iter(BPMN + "process")]
        self.processes = {process.id: process for process in processes}

    def diagram(self, element: ElementTree.Element, embedded: bool) -> Diagram:
        found = Diagram(element.attrib["id"], embedded)
        flows = [child for child in element if kind(child) == "sequenceFlow"]
        quiet = ("sequenceFlow", "multiInstanceLoopCharacteristics", "extensionElements")
        for child in element:
            if kind(child) not in quiet:
                found.nodes[child.attrib["id"]] = self.node(child)
        for drawn in flows:
            flow = Flow(
                drawn.attrib["id"],
                drawn.attrib["sourceRef"],
                drawn.attrib["targetRef"],
                text(drawn, "conditionExpression"),
            )
            found.nodes[flow.source].outgoing.append(flow)
            found.nodes[flow.target].incoming.append(flow)
        for node in found.nodes.values():
            if node.attached:
                found.nodes[node.attached].border.append(node)
        return found

    def node(self, element: ElementTree.Element) -> Node:
        node = Node(element.attrib["id"], kind(element))
        node.attached = element.get("attachedToRef", "")
        node.interrupting = element.get("cancelActivity", "true") == "true"
        node.default = element.get("default", "")
        node.called = element.get("calledElement", "")
        node.script = text(element, "script")
        node.many = self.many(element)
        item = element.find(f"{BPMN}extensionElements/{ITEM}")
        node.item = item.get("code") if item is not None else None
        if element.get("messageRef"):
            node.event, node.word = "message", self.words[element.get("messageRef")]
        for child in element:
            if kind(child).endswith("EventDefinition"):
                self.event(node, child)
        if node.kind == "subProcess":
            node.inner = self.diagram(element, True)
        return node

    def event(self, node: Node, definition: ElementTree.Element) -> None:
        node.event = kind(definition).removesuffix("EventDefinition")
        if node.event == "timer":
            node.word = text(definition, "timeDuration") or text(definition, "timeDate")
        elif node.event != "terminate":
            ref = definition.get(f"{node.event}Ref")
            node.word = self.words[ref] if ref else ""

    @staticmethod
    def many(element: ElementTree.Element) -> Many | None:
        found = element.find(BPMN + "multiInstanceLoopCharacteristics")
        if found is None:
            return None

        def name(tag: str) -> str:
            item = found.find(BPMN + tag)
            return "" if item is None else item.get("name") or item.attrib["id"]

        return Many(
            sequential=found.get("isSequential") == "true",
            count=text(found, "loopCardinality"),
            collection=text(found, "loopDataInputRef"),
            item=name("inputDataItem"),
            until=text(found, "completionCondition"),
            output=text(found, "loopDataOutputRef"),
            each=name("outputDataItem"),
        )


@lru_cache(maxsize=8)
def read(source: str) -> dict[str, Diagram]:
    """The processes of one file, by id."""
    return Reader(source).processes
