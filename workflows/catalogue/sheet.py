"""A BPMN 2.0 diagram: its elements, and their drawing (BPMN DI), as one file.

Positions are those of the middle of a shape, in pixels; an arrow is drawn with right angles.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

Point = tuple[int, int]

#: Width and height of each kind of element.
SIZES = {
    "startEvent": (36, 36),
    "endEvent": (36, 36),
    "userTask": (120, 70),
    "callActivity": (210, 70),
    "exclusiveGateway": (50, 50),
    "inclusiveGateway": (50, 50),
}
NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xmlns:lb": "urn:lianban:bpmn:1",
}


@dataclass(frozen=True)
class Shape:
    """One element and where it stands; `label` is the middle of a name written outside it."""

    kind: str
    id: str
    name: str
    at: Point
    label: Point | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    extension: tuple[str, Mapping[str, str]] | None = None

    @property
    def size(self) -> tuple[int, int]:
        return SIZES[self.kind]

    def side(self, towards: Point) -> Point:
        """The middle of the side that looks towards a point straight across or up or down."""
        (x, y), (width, height) = self.at, self.size
        if towards[1] == y:
            return (x + width // 2, y) if towards[0] > x else (x - width // 2, y)
        return (x, y + height // 2) if towards[1] > y else (x, y - height // 2)


@dataclass(frozen=True)
class Arrow:
    """A sequence flow with its corners; one without a condition out of a gateway is its default."""

    id: str
    source: Shape
    target: Shape
    corners: tuple[Point, ...] = ()
    condition: str = ""
    name: str = ""
    label: Point | None = None

    @property
    def waypoints(self) -> tuple[Point, ...]:
        first = self.corners[0] if self.corners else self.target.at
        last = self.corners[-1] if self.corners else self.source.at
        return (self.source.side(first), *self.corners, self.target.side(last))


def write(process: str, name: str, about: str, shapes: Iterable[Shape], arrows: list[Arrow]) -> str:
    """The diagram as a BPMN file."""
    drawn = tuple(shapes)
    attributes = {"id": f"{process}_file", "targetNamespace": "urn:lianban:process"}
    root = ET.Element("bpmn:definitions", {**NAMESPACES, **attributes})
    model = ET.SubElement(
        root, "bpmn:process", {"id": process, "name": name, "isExecutable": "true"}
    )
    ET.SubElement(model, "bpmn:documentation").text = about
    for shape in drawn:
        _element(model, shape, arrows)
    for arrow in arrows:
        _flow(model, arrow)
    diagram = ET.SubElement(root, "bpmndi:BPMNDiagram", {"id": f"{process}_diagram"})
    plane = ET.SubElement(
        diagram, "bpmndi:BPMNPlane", {"id": f"{process}_plane", "bpmnElement": process}
    )
    for shape in drawn:
        _drawn_shape(plane, shape)
    for arrow in arrows:
        _drawn_arrow(plane, arrow)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _element(model: ET.Element, shape: Shape, arrows: list[Arrow]) -> None:
    attributes = {"id": shape.id, **({"name": shape.name} if shape.name else {})}
    incoming = [arrow for arrow in arrows if arrow.target.id == shape.id]
    outgoing = [arrow for arrow in arrows if arrow.source.id == shape.id]
    if shape.kind.endswith("Gateway") and len(outgoing) > 1:
        default = next(arrow for arrow in outgoing if not arrow.condition)
        attributes["default"] = default.id
    element = ET.SubElement(model, f"bpmn:{shape.kind}", {**attributes, **shape.attributes})
    if shape.extension:
        name, values = shape.extension
        outer = ET.SubElement(element, "bpmn:extensionElements")
        ET.SubElement(outer, f"lb:{name}", dict(values))
    for arrow in incoming:
        ET.SubElement(element, "bpmn:incoming").text = arrow.id
    for arrow in outgoing:
        ET.SubElement(element, "bpmn:outgoing").text = arrow.id


def _flow(model: ET.Element, arrow: Arrow) -> None:
    attributes = {"id": arrow.id, **({"name": arrow.name} if arrow.name else {})}
    ends = {"sourceRef": arrow.source.id, "targetRef": arrow.target.id}
    flow = ET.SubElement(model, "bpmn:sequenceFlow", {**attributes, **ends})
    if arrow.condition:
        formal = {"xsi:type": "bpmn:tFormalExpression"}
        ET.SubElement(flow, "bpmn:conditionExpression", formal).text = arrow.condition


def _drawn_shape(plane: ET.Element, shape: Shape) -> None:
    marker = {"isMarkerVisible": "true"} if shape.kind == "exclusiveGateway" else {}
    drawn = ET.SubElement(
        plane, "bpmndi:BPMNShape", {"id": f"{shape.id}_shape", "bpmnElement": shape.id, **marker}
    )
    _bounds(drawn, shape.at, shape.size)
    if shape.label:
        _label(drawn, shape.label, shape.name)


def _drawn_arrow(plane: ET.Element, arrow: Arrow) -> None:
    drawn = ET.SubElement(
        plane, "bpmndi:BPMNEdge", {"id": f"{arrow.id}_edge", "bpmnElement": arrow.id}
    )
    for x, y in arrow.waypoints:
        ET.SubElement(drawn, "di:waypoint", {"x": str(x), "y": str(y)})
    if arrow.label:
        _label(drawn, arrow.label, arrow.name)


def _label(drawn: ET.Element, middle: Point, name: str) -> None:
    """A name of Chinese characters, 11 pixels each, on one line."""
    label = ET.SubElement(drawn, "bpmndi:BPMNLabel")
    _bounds(label, middle, (11 * len(name) + 2, 14))


def _bounds(drawn: ET.Element, middle: Point, size: tuple[int, int]) -> None:
    (x, y), (width, height) = middle, size
    numbers = {"x": x - width // 2, "y": y - height // 2, "width": width, "height": height}
    ET.SubElement(drawn, "dc:Bounds", {key: str(value) for key, value in numbers.items()})
