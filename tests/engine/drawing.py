"""Small diagrams for tests, written as elements and arrows."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:lb="urn:lianban:bpmn:1" id="d" targetNamespace="urn:test">'
)
GATEWAYS = {"+": "parallelGateway", "x": "exclusiveGateway", "o": "inclusiveGateway"}
APPROVAL = (
    "<extensionElements>"
    '<lb:approval duty="handler" kind="review" conclusions="agree"/>'
    "</extensionElements>"
)
#: How often a multi-instance activity is done.
TWICE = (
    "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
    "</multiInstanceLoopCharacteristics>"
)


def element(name: str, default: str | None = None) -> str:
    """``s`` start, ``e`` end, ``+1 x1 o1`` gateways, ``call:R01:other``, else a user task.

    ``s1 e1`` start and end, for a process that has others or a sub-process.
    """
    kind = GATEWAYS.get(name[0]) if name[1:].isdigit() else None
    if kind:
        return f'<{kind} id="{ident(name)}"' + (f' default="{default}"/>' if default else "/>")
    if name == "s" or (name[0] == "s" and name[1:].isdigit()):
        return f'<startEvent id="{name}"/>'
    if name == "e" or (name[0] == "e" and name[1:].isdigit()):
        return f'<endEvent id="{name}"/>'
    if name.startswith("call:"):
        code = ident(name)
        called = name.split(":")[2]
        return (
            f'<callActivity id="{code}" calledElement="{called}"><extensionElements>'
            f'<lb:item code="{code}"/></extensionElements></callActivity>'
        )
    return f'<userTask id="{name}" name="{name}">{APPROVAL}</userTask>'


def ident(name: str) -> str:
    """The id of an element: gateways may not begin with their sign."""
    if name.startswith("call:"):
        return name.split(":")[1]
    names = {"+": "and", "x": "xor", "o": "or"}
    return names[name[0]] + name[1:] if name[0] in names and name[1:].isdigit() else name


def process(
    key: str,
    arrows: Sequence[str],
    conditions: Mapping[str, str] | None = None,
    extra: str = "",
    elements: Mapping[str, str] | None = None,
    declared: str = "",
) -> str:
    """A process from arrows such as ``"s a +1"`` (a path); a condition is keyed ``"x1 b"``.

    At an exclusive or inclusive gateway an arrow without a condition is its default flow.
    ``elements`` gives the XML of elements that are drawn otherwise than `element` would, by name;
    ``extra`` is more XML for the process, ``declared`` for the file (messages, errors).
    """
    drawn = content(arrows, conditions, elements)
    return (
        f'{HEAD}{declared}<process id="{key}" isExecutable="true">{drawn}{extra}'
        "</process></definitions>"
    )


def sub(
    key: str,
    arrows: Sequence[str],
    conditions: Mapping[str, str] | None = None,
    elements: Mapping[str, str] | None = None,
    more: str = "",
) -> str:
    """A sub-process, for ``elements``; ``more`` comes first in it (multi-instance)."""
    return (
        f'<subProcess id="{key}">{more}'
        f"{content(arrows, conditions, elements, key + '_f')}</subProcess>"
    )


def content(
    arrows: Sequence[str],
    conditions: Mapping[str, str] | None = None,
    elements: Mapping[str, str] | None = None,
    flow: str = "f",
) -> str:
    """The elements and flows of a process; flows are called ``f0 f1 f2``."""
    conditions, elements = conditions or {}, elements or {}
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
                defaults[source] = f"{flow}{number}"
        drawn.append(
            f'<sequenceFlow id="{flow}{number}" sourceRef="{ident(source)}" '
            f'targetRef="{ident(target)}">{expression}</sequenceFlow>'
        )
    body = "".join(elements.get(name) or element(name, defaults.get(name)) for name in nodes)
    return body + "".join(drawn)


# -- elements for ``elements`` --------------------------------------------------------------------


def script(key: str, *lines: str) -> str:
    """A script task."""
    return f'<scriptTask id="{key}"><script><![CDATA[{chr(10).join(lines)}]]></script></scriptTask>'


def timer(limit: str) -> str:
    """The definition of a timer event."""
    return f"<timerEventDefinition><timeDuration>{limit}</timeDuration></timerEventDefinition>"


def message(ref: str = "m") -> str:
    """The definition of a message event."""
    return f'<messageEventDefinition messageRef="{ref}"/>'


def thrown(kind: str, ref: str | None = None) -> str:
    """The definition of an error or escalation event."""
    return f"<{kind}EventDefinition" + (f' {kind}Ref="{ref}"/>' if ref else "/>")


def event(kind: str, key: str, definition: str = "") -> str:
    """An event: ``endEvent``, ``intermediateCatchEvent``, ``intermediateThrowEvent``."""
    return f'<{kind} id="{key}">{definition}</{kind}>'


def boundary(key: str, host: str, definition: str, interrupting: bool = True) -> str:
    """An event on the border of an activity."""
    cancels = "true" if interrupting else "false"
    return (
        f'<boundaryEvent id="{key}" attachedToRef="{host}" cancelActivity="{cancels}">'
        f"{definition}</boundaryEvent>"
    )


#: One of each, for ``declared``.
DECLARED = (
    '<message id="m" name="paid"/><message id="m2" name="called"/>'
    '<error id="err" errorCode="E1"/><error id="err2" errorCode="E2"/>'
    '<escalation id="esc" escalationCode="C1"/><escalation id="esc2" escalationCode="C2"/>'
)
