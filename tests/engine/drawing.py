"""Small diagrams for tests, written as elements and arrows."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:lb="urn:lianban:bpmn:1" id="d" targetNamespace="urn:test">'
)
GATEWAYS = {"+": "parallelGateway", "x": "exclusiveGateway", "o": "inclusiveGateway"}


def element(name: str, default: str | None = None) -> str:
    """``s`` start, ``e`` end, ``+1 x1 o1`` gateways, ``call:other``, anything else a user task."""
    kind = GATEWAYS.get(name[0]) if name[1:].isdigit() else None
    if kind:
        return f'<{kind} id="{ident(name)}"' + (f' default="{default}"/>' if default else "/>")
    if name == "s":
        return '<startEvent id="s"/>'
    if name == "e" or (name[0] == "e" and name[1:].isdigit()):
        return f'<endEvent id="{name}"/>'
    if name.startswith("call:"):
        code = ident(name)
        called = name.split(":")[2]
        return (
            f'<callActivity id="{code}" calledElement="{called}"><extensionElements>'
            f'<lb:item code="{code}"/></extensionElements></callActivity>'
        )
    return (
        f'<userTask id="{name}" name="{name}"><extensionElements>'
        '<lb:approval duty="handler" kind="review" conclusions="agree"/>'
        "</extensionElements></userTask>"
    )


def ident(name: str) -> str:
    """The id of an element: gateways may not begin with their sign."""
    if name.startswith("call:"):
        return name.split(":")[1]
    names = {"+": "and", "x": "xor", "o": "or"}
    return names[name[0]] + name[1:] if name[0] in names and name[1:].isdigit() else name


def process(
    key: str, arrows: Sequence[str], conditions: Mapping[str, str] | None = None, extra: str = ""
) -> str:
    """A process from arrows such as ``"s a +1"`` (a path); a condition is keyed ``"x1 b"``.

    At an exclusive or inclusive gateway an arrow without a condition is its default flow.
    """
    conditions = conditions or {}
    nodes: dict[str, None] = {}
    flows: list[tuple[str, str]] = []
    for path in arrows:
        names = path.split()
        nodes.update(dict.fromkeys(names))
        flows += pairwise(names)
    defaults: dict[str, str] = {}
    drawn = []
    for number, (source, target) in enumerate(flows):
        condition = conditions.get(f"{source} {target}")
        expression = (
            f"<conditionExpression><![CDATA[{condition}]]></conditionExpression>"
            if condition
            else ""
        )
        if not condition and source[0] in "xo" and source[1:].isdigit():
            splits = sum(1 for other, _ in flows if other == source) > 1
            if splits:
                defaults[source] = f"f{number}"
        drawn.append(
            f'<sequenceFlow id="f{number}" sourceRef="{ident(source)}" '
            f'targetRef="{ident(target)}">{expression}</sequenceFlow>'
        )
    body = "".join(element(name, defaults.get(name)) for name in nodes)
    return (
        f'{HEAD}<process id="{key}" isExecutable="true">{body}{"".join(drawn)}{extra}'
        "</process></definitions>"
    )
