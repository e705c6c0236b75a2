"""Whether two BPMN files mean the same: elements, attributes, texts, extensions, and positions."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

#: What BPMN says of an attribute that is not written (name, value), by BPMN 2.0 itself.
DEFAULTS = {
    ("isForCompensation", "false"), ("startQuantity", "1"), ("completionQuantity", "1"),
    ("cancelActivity", "true"), ("isInterrupting", "true"), ("parallelMultiple", "false"),
    ("triggeredByEvent", "false"), ("behavior", "All"), ("isSequential", "false"),
    ("gatewayDirection", "Unspecified"), ("eventGatewayType", "Exclusive"),
    ("instantiate", "false"), ("isClosed", "false"), ("processType", "None"),
    ("associationDirection", "None"), ("textFormat", "text/plain"), ("isCollection", "false"),
    ("implementation", "##unspecified"), ("implementation", "##WebService"),
    ("method", "##Compensate"), ("ordering", "Parallel"), ("testBefore", "false"),
    ("cancelRemainingInstances", "true"), ("isUnlimited", "true"), ("minimum", "0"),
    ("maximum", "1"), ("waitForCompletion", "true"), ("itemKind", "Information"),
    ("isMarkerVisible", "true"), ("mustUnderstand", "false"), ("isImmediate", "true"),
    ("initiatingParticipant", "false"),
    ("typeLanguage", "http://www.w3.org/2001/XMLSchema"),
    ("expressionLanguage", "http://www.w3.org/1999/XPath"),
}  # fmt: skip
#: Elements that are only text or a reference: BPMN 2.0 gives them no id.
WITHOUT_ID = {"script", "supports", "choreographyRef"}
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def differences(before: str, after: str) -> list[str]:
    """What one file says and the other does not; and whether the order of flows has changed.

    Order of other siblings, prefixes, comments and written defaults do not matter.
    """
    old, new = Counter(_parts(_root(before))), Counter(_parts(_root(after)))
    lost = [f"lost: {part}" for part in (old - new).elements()]
    won = [f"added: {part}" for part in (new - old).elements()]
    flows = ([one.get("id") for one in _root(t).iter("{*}sequenceFlow")] for t in (before, after))
    return lost + won + ([] if next(flows) == next(flows) else ["the order of the flows"])


def _root(text: str) -> Any:
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False)
    return etree.fromstring(text.encode(), parser)


def _parts(element: Any, path: str = "") -> Iterator[str]:
    """Every element with where it stands, its attributes and its text."""
    attributes = {
        key: _value(value) for key, value in element.attrib.items()
        if (key, value) not in DEFAULTS and not key.startswith(XSI)
    }  # fmt: skip
    if etree.QName(element).localname in WITHOUT_ID:
        attributes.pop("id", None)
    here = f"{path}/{element.tag}"
    yield f"{here} {sorted(attributes.items())} {(element.text or '').strip()!r}"
    key = element.get("id") or element.get("bpmnElement") or ""
    for child in element:
        yield from _parts(child, f"{here}[{key}]")


def _value(value: str) -> str:
    """A number as it is meant: 1.0 is 1."""
    try:
        return f"{float(value):g}"
    except ValueError:
        return value
