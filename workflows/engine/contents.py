"""What stands in a diagram, element by element: what each says, and where it is drawn.

Nothing is chosen here: whatever an element carries is one of its facts, our attributes and foreign
ones alike.  Left out is only what a drawing program writes anew each time: ids of parts, and the
lists of arrows that come and go, which the arrows themselves tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from workflows.engine.xml import BPMN, LIANBAN, local, read

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
#: What has elements of its own inside.
CONTAINERS = {
    "definitions", "process", "subProcess", "transaction", "adHocSubProcess", "collaboration",
    "laneSet", "childLaneSet", "lane",
}  # fmt: skip
#: What stands in a container and is yet only a part of it.
PARTS = {"documentation", "extensionElements", "laneSet", "childLaneSet", "ioSpecification"}
LEFT_OUT = {"incoming", "outgoing"}
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


@dataclass
class Drawn:
    """An element of a diagram: its kind, its facts by path (``approval.duty``), and its place."""

    kind: str
    facts: dict[str, str]
    place: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """What people call it; empty when it has no name."""
        return self.facts.get("name", "")


def contents(text: str, file: str) -> dict[str, Drawn]:
    """The elements of a diagram by id; raises DiagramUnreadable."""
    root = read(text, file)
    found: dict[str, Drawn] = {}
    for element in _owners(root):
        drawn = Drawn(local(element), dict(_facts(element)))
        around = element.getparent()
        if local(around) not in ("definitions", "process", "collaboration"):
            drawn.facts["inside"] = _nearest(around).get("id", "")
        found[element.get("id")] = drawn
    for drawing in root.iter(f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge"):
        if (known := found.get(drawing.get("bpmnElement", ""))) is not None:
            known.place = tuple(_place(drawing))
    return found


def _owners(root: Any) -> Iterator[Any]:
    """The elements that have facts of their own, in the order of the file."""
    for element in root.iter(f"{{{BPMN}}}*"):
        if element is not root and _is_owner(element):
            yield element


def _is_owner(element: Any) -> bool:
    around = element.getparent()
    return (
        element.get("id") is not None
        and around is not None
        and local(around) in CONTAINERS
        and local(element) not in PARTS
    )


def _nearest(element: Any) -> Any:
    """The element itself, or the one it is a part of."""
    while local(element) in PARTS:
        element = element.getparent()
    return element


def _facts(element: Any) -> Iterator[tuple[str, str]]:
    """What an element and its parts say; what is said twice has a number."""
    for key, value in sorted(element.attrib.items()):
        if key not in ("id", TYPE):
            yield _name(key), value
    seen: dict[str, int] = {}
    for path, value in _inner(element, ""):
        seen[path] = seen.get(path, 0) + 1
        yield (path if seen[path] == 1 else f"{path}[{seen[path]}]"), value


def _inner(element: Any, path: str) -> Iterator[tuple[str, str]]:
    for part in element:
        if not isinstance(part.tag, str) or _is_owner(part) or _skipped(part):
            continue
        here = _below(path, part)
        attributes = {key: value for key, value in part.attrib.items() if key not in ("id", TYPE)}
        for key, value in sorted(attributes.items()):
            yield f"{here}.{_name(key)}", value
        text = " ".join((part.text or "").split())
        if text or not (attributes or len(part)):
            yield here, text
        yield from _inner(part, here)


def _skipped(part: Any) -> bool:
    return local(part) in LEFT_OUT or local(part) in ("laneSet", "childLaneSet")


def _below(path: str, part: Any) -> str:
    """Our own element stands for itself, and wrappers that say nothing are passed over."""
    if local(part) == "extensionElements":
        return path
    name = (
        local(part) if part.tag.startswith((f"{{{BPMN}}}", f"{{{LIANBAN}}}")) else _name(part.tag)
    )
    return f"{path}.{name}" if path else name


def _name(tag: str) -> str:
    """A name of another namespace shows whose it is."""
    name = etree.QName(tag)
    if name.namespace in (None, BPMN, LIANBAN):
        return str(name.localname)
    return f"{str(name.namespace).rstrip('/').rpartition('/')[2]}:{name.localname}"


def _place(drawing: Any) -> Iterator[str]:
    """Where it is drawn, how large, in which colours."""
    for part in drawing.iter():
        for key, value in sorted(part.attrib.items()):
            if key not in ("id", "bpmnElement"):
                yield f"{etree.QName(key).localname}={_rounded(value)}"


def _rounded(value: str) -> str:
    try:
        return f"{float(value):g}"
    except ValueError:
        return value
