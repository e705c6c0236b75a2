"""Draws a model as BPMN."""

import random
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from tests.engine.oracle.blocks import Arc, Block, Border, Many, Model

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:lb="urn:lianban:bpmn:1" id="d" targetNamespace="urn:test">'
)
APPROVAL = (
    '<extensionElements><lb:approval duty="handler" kind="review" conclusions="agree"/>'
    "</extensionElements>"
)
GATEWAYS = {
    "and": "parallelGateway", "or": "inclusiveGateway", "xor": "exclusiveGateway",
    "event": "eventBasedGateway",
}  # fmt: skip
METHODS = {
    "seq": "seq", "end": "end", "loop": "loop", "graph": "graph",
    "and": "split", "or": "split", "xor": "split", "event": "split",
}  # fmt: skip
MESSAGES = ("ma", "mb", "mc")
ERRORS = ("E1", "E2")
ESCALATIONS = ("C1", "C2")


@dataclass
class Tail:
    """A flow that leaves an element and does not know yet where to."""

    source: str
    condition: str = ""
    default: bool = False


def definition(kind: str, word: str) -> str:
    """What an event is about."""
    if kind in ("timer", "date"):
        name = "timeDuration" if kind == "timer" else "timeDate"
        inside = f"<{name}>{escape(word)}</{name}>"
        return f"<timerEventDefinition>{inside}</timerEventDefinition>"
    if kind == "terminate":
        return "<terminateEventDefinition/>"
    ref = f' {kind}Ref="{word}"' if word else ""
    return f"<{kind}EventDefinition{ref}/>"


def many(loop: Many | None) -> str:
    """How often, in the order the schema asks for."""
    if loop is None:
        return ""
    parts = [
        f"<loopCardinality>{escape(loop.count)}</loopCardinality>" if loop.count else "",
        f"<loopDataInputRef>{loop.collection}</loopDataInputRef>" if loop.collection else "",
        f"<loopDataOutputRef>{loop.output}</loopDataOutputRef>" if loop.output else "",
        f'<inputDataItem id="{loop.item}" name="{loop.item}"/>' if loop.item else "",
        f'<outputDataItem id="{loop.output}_one" name="{loop.each}"/>' if loop.output else "",
        f"<completionCondition>{escape(loop.until)}</completionCondition>" if loop.until else "",
    ]
    sign = "true" if loop.sequential else "false"
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{sign}">{"".join(parts)}'
        "</multiInstanceLoopCharacteristics>"
    )


class Pen:
    """Draws one process or sub-process."""

    def __init__(self, key: str, shuffle: random.Random | None) -> None:
        self.key = key
        self.shuffle = shuffle
        self.nodes: dict[str, str] = {}
        self.defaults: dict[str, str] = {}
        self.flows: list[str] = []
        self.pairs: set[tuple[str, str]] = set()

    def drawn(self, body: Block) -> str:
        start, end = f"{self.key}_s", f"{self.key}_e"
        self.nodes[start] = f'<startEvent id="{start}"/>'
        tails = self.block(body, [Tail(start)])
        if tails:
            self.enter(end, f'<endEvent id="{end}"/>', tails)
        nodes = [
            text.replace(" default=''", f' default="{self.defaults[key]}"')
            if key in self.defaults
            else text.replace(" default=''", "")
            for key, text in self.nodes.items()
        ]
        if self.shuffle:
            self.shuffle.shuffle(nodes)
            self.shuffle.shuffle(self.flows)
        return "".join(nodes + self.flows)

    def enter(self, key: str, text: str, tails: list[Tail]) -> None:
        """Draw an element and the flows into it; two flows between the same two go apart."""
        self.nodes.setdefault(key, text)
        for tail in tails:
            if (tail.source, key) in self.pairs:
                between = f"{key}_{len(self.flows)}"
                self.enter(between, f'<intermediateThrowEvent id="{between}"/>', [tail])
                self.flow(Tail(between), key)
            else:
                self.flow(tail, key)

    def flow(self, tail: Tail, target: str) -> None:
        source = tail.source
        self.pairs.add((source, target))
        key = f"{self.key}_f{len(self.flows)}"
        if tail.default:
            self.defaults[source] = key
        inside = (
            f"<conditionExpression>{escape(tail.condition)}</conditionExpression>"
            if tail.condition
            else ""
        )
        self.flows.append(
            f'<sequenceFlow id="{key}" sourceRef="{source}" targetRef="{target}">'
            f"{inside}</sequenceFlow>"
        )

    def block(self, block: Block, tails: list[Tail]) -> list[Tail]:
        """Draw a block after what is there; returns what leaves it, nothing if nothing does."""
        if not tails:
            return []
        draw = getattr(self, METHODS.get(block.kind, "single"))
        found: list[Tail] = draw(block, tails)
        return found

    def seq(self, block: Block, tails: list[Tail]) -> list[Tail]:
        for part in block.parts:
            tails = self.block(part, tails)
        return tails

    def single(self, block: Block, tails: list[Tail]) -> list[Tail]:
        self.enter(block.id, self.text(block), tails)
        tails = [Tail(block.id)]
        for border in block.borders:
            tails += self.border(block.id, border)
        return tails

    def text(self, block: Block) -> str:
        key, word = f'id="{block.id}"', block.word
        if block.kind == "task":
            return f"<userTask {key}>{APPROVAL}{many(block.many)}</userTask>"
        if block.kind == "receive":
            return f'<receiveTask {key} messageRef="{word}"/>'
        if block.kind == "script":
            return f"<scriptTask {key}><script>{escape(word)}</script></scriptTask>"
        if block.kind in ("timer", "date", "message"):
            inside = definition(block.kind, word)
            return f"<intermediateCatchEvent {key}>{inside}</intermediateCatchEvent>"
        if block.kind == "throw":
            inside = definition("escalation", word) if word else ""
            return f"<intermediateThrowEvent {key}>{inside}</intermediateThrowEvent>"
        if block.kind == "sub":
            inside = Pen(block.id, self.shuffle).drawn(block.parts[0])
            return f"<subProcess {key}>{many(block.many)}{inside}</subProcess>"
        assert block.kind == "call", block.kind
        item = f'<lb:item code="{block.item}"/>' if block.item else ""
        extension = f"<extensionElements>{item}</extensionElements>" if item else ""
        called = quoteattr(word)
        return (
            f"<callActivity {key} calledElement={called}>{extension}{many(block.many)}"
            "</callActivity>"
        )

    def border(self, host: str, border: Border) -> list[Tail]:
        cancels = "" if border.interrupting else ' cancelActivity="false"'
        self.nodes[border.id] = (
            f'<boundaryEvent id="{border.id}" attachedToRef="{host}"{cancels}>'
            f"{definition(border.kind, border.word)}</boundaryEvent>"
        )
        tails = self.block(border.path, [Tail(border.id)])
        if border.merges or not tails:
            return tails
        self.enter(f"{border.id}_e", f'<endEvent id="{border.id}_e"/>', tails)
        return []

    def end(self, block: Block, tails: list[Tail]) -> list[Tail]:
        kind, _, word = block.word.partition(" ")
        inside = definition(kind, word) if kind else ""
        self.enter(block.id, f'<endEvent id="{block.id}">{inside}</endEvent>', tails)
        return []

    def gateway(self, key: str, kind: str, tails: list[Tail]) -> None:
        self.enter(key, f"<{GATEWAYS[kind]} id=\"{key}\" default=''/>", tails)

    def split(self, block: Block, tails: list[Tail]) -> list[Tail]:
        if block.kind == "and":
            tails = self.merged(f"{block.id}_m", tails)
        self.gateway(f"{block.id}_a", block.kind, tails)
        found: list[Tail] = []
        for part, text in zip(block.parts, self.conditions(block), strict=True):
            default = block.kind in ("or", "xor") and not text and len(block.parts) > 1
            out = self.block(part, [Tail(f"{block.id}_a", text, default)])
            found += self.merged(f"{block.id}_m{len(found)}", out) if block.join == "and" else out
        if not block.join or not found:
            return found
        self.gateway(f"{block.id}_b", block.join, found)
        return [Tail(f"{block.id}_b")]

    def merged(self, key: str, tails: list[Tail]) -> list[Tail]:
        """Ways that end in one, so that a parallel gateway does not wait for each of them."""
        if len(tails) < 2:
            return tails
        self.gateway(key, "xor", tails)
        return [Tail(key)]

    @staticmethod
    def conditions(block: Block) -> list[str]:
        """One for each branch; the last is the default."""
        if block.kind not in ("or", "xor"):
            return ["" for _ in block.parts]
        return [*block.texts[: len(block.parts) - 1], ""]

    def loop(self, block: Block, tails: list[Tail]) -> list[Tail]:
        begin, decide = f"{block.id}_a", f"{block.id}_b"
        self.gateway(begin, "xor", tails)
        tails = self.block(block.parts[0], [Tail(begin)])
        if not tails:
            return []
        self.gateway(decide, "xor", tails)
        back = self.block(block.parts[1], [Tail(decide, block.word)])
        if back:
            self.gateway(begin, "xor", back)
        return [Tail(decide, "", True)]

    def graph(self, block: Block, tails: list[Tail]) -> list[Tail]:
        """Gateways in any order; what leaves the last one goes on."""
        keys = [f"{block.id}_{number}" for number in range(len(block.texts))]
        self.gateway(keys[0], block.texts[0], tails)
        for arc in block.arcs:
            forward = [a for a in block.arcs if a.source == arc.source and a.source < a.target]
            tail = Tail(keys[arc.source])
            last = arc.source == len(keys) - 1
            if block.texts[arc.source] != "and" and (last or len(self.arcs(block, arc)) > 1):
                tail.default = not last and arc is forward[-1]
                tail.condition = "" if tail.default else arc.condition
            self.gateway(keys[arc.target], block.texts[arc.target], self.block(arc.part, [tail]))
        return [Tail(keys[-1], "", len(self.arcs(block, Arc(len(keys) - 1, 0, block))) > 0)]

    @staticmethod
    def arcs(block: Block, like: Arc) -> list[Arc]:
        return [arc for arc in block.arcs if arc.source == like.source]


def draw(model: Model) -> str:
    """One file with every process of the model."""
    shuffle = None if model.shuffle is None else random.Random(model.shuffle)
    processes = [
        f'<process id="{key}" isExecutable="true">{Pen(key, shuffle).drawn(body)}</process>'
        for key, body in model.processes.items()
    ]
    words = [f'<message id="{m}" name="{m}"/>' for m in MESSAGES]
    words += [f'<error id="{e}" errorCode="{e}"/>' for e in ERRORS]
    words += [f'<escalation id="{c}" escalationCode="{c}"/>' for c in ESCALATIONS]
    return f"{HEAD}{''.join(words)}{''.join(processes)}</definitions>"
