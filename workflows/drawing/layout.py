"""A picture for a diagram that has none: what runs, drawn from left to right in columns.

Only positions are added (BPMN DI), as text before the end of the file: nothing else is touched,
so nothing can get lost. Any graph will do: loops go back underneath, what is attached stands at
the lower edge, sub-processes are drawn open, pools and processes below each other.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from workflows.drawing.columns import GAP, Columns
from workflows.engine.xml import BPMN, local, read

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
SPACES = (
    f'xmlns:bpmndi="{DI}" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
)
PICTURE = re.compile(r"<((?:\w+:)?BPMNDiagram)\b(?:[^>]*/>|.*?</\1\s*>)", re.DOTALL)
POOL, NOTE, HEADER = (600, 60), (140, 60), 30
ASIDE = {
    "textAnnotation": NOTE, "group": (140, 140), "dataObjectReference": (36, 50),
    "dataStoreReference": (50, 50),
}  # fmt: skip

Point = tuple[int, int]


def with_picture(text: str, file: str) -> str:
    """The same diagram with a picture, if it has none; raises DiagramUnreadable."""
    drawn = read(text, file).iter(f"{{{DI}}}BPMNShape")
    return with_new_picture(text, file) if next(drawn, None) is None else text


def with_new_picture(text: str, file: str) -> str:
    """The same diagram with a picture in place of any there is; raises DiagramUnreadable."""
    root = read(text, file)
    picture = _Picture(root).text()
    if not picture:
        return text
    bare = PICTURE.sub("", text) if root.find(f"{{{DI}}}BPMNDiagram") is not None else text
    end = bare.rindex("</")
    return f"{bare[:end]}{picture}\n{bare[end:]}"


class _Picture:
    """The shapes and edges of one file."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.sheets: list[str] = []
        self.drawn: list[str] = []
        self.boxes: dict[str, tuple[int, int, int, int]] = {}

    def text(self) -> str:
        """The picture as BPMN DI; empty when there is nothing to draw.

        Pools stand on one sheet, below each other; a process without one has a sheet of its own.
        """
        processes = {p.get("id", ""): p for p in self._children(self.root, "process")}
        around = next(self._children(self.root, "collaboration"), None)
        if around is not None and around.get("id"):
            y = 80
            for pool in self._children(around, "participant"):
                y = self._pool(pool, processes.pop(pool.get("processRef", ""), None), y) + GAP
            self._notes(around, 160, y)
            self._lines(around, "messageFlow", "association")
            self._sheet(around)
        for key, process in processes.items():
            if key:
                self._process(process, 160, 80)
                self._sheet(process)
        return "\n".join(self.sheets)

    def _sheet(self, element: Any) -> None:
        number = len(self.sheets) + 1
        inside = "\n".join(self.drawn)
        self.sheets.append(
            f'<bpmndi:BPMNDiagram {SPACES} id="picture_{number}">\n'
            f'<bpmndi:BPMNPlane id="picture_{number}_plane" '
            f"bpmnElement={quoteattr(element.get('id'))}>\n{inside}\n"
            "</bpmndi:BPMNPlane>\n</bpmndi:BPMNDiagram>"
        )
        self.drawn = []

    def _children(self, element: Any, *names: str) -> Iterator[Any]:
        for child in element:
            if str(child.tag).startswith(f"{{{BPMN}}}") and local(child) in names:
                yield child

    def _pool(self, pool: Any, process: Any, y: int) -> int:
        """A pool around its process; returns where it ends."""
        place = len(self.drawn)
        right, bottom = 160 + POOL[0], y + POOL[1]
        if process is not None:
            right, bottom = self._process(process, 160 + 2 * HEADER, y)
            self._lane_boxes(process, 160 + HEADER, right)
        self._shape(pool, (160, y, right - 160, bottom - y), ' isHorizontal="true"', place)
        return bottom

    def _lane_boxes(self, process: Any, x: int, right: int) -> None:
        """Lanes behind the elements that belong to them; a lane of lanes around these."""
        for lane in process.iter(f"{{{BPMN}}}lane"):
            found = self.bands.get(lane.get("id", ""))
            if found:
                depth = sum(1 for one in lane.iterancestors(f"{{{BPMN}}}lane"))
                left = x + depth * HEADER
                box = (left, found[0], right - left, found[1] - found[0])
                self._shape(lane, box, ' isHorizontal="true"', self.behind)

    def _process(self, process: Any, x: int, y: int) -> Point:
        """A process from its upper left corner; returns the lower right one."""
        self.behind = len(self.drawn)
        columns = Columns(process)
        right, bottom = self._level(process, columns, x, y)
        self.bands = columns.bands(y, bottom)
        return right, bottom

    def _level(self, level: Any, columns: Columns, x: int, y: int) -> Point:
        for node, at in columns.places(x + GAP // 2, y + GAP // 2):
            if node.get("id"):
                inner = columns.inner.get(node.get("id"))
                open_ = ' isExpanded="true"' if inner is not None else ""
                self._shape(node, at, open_)
                if inner is not None:
                    self._level(node, inner, at[0], at[1])
        for flow, points in columns.ways():
            self._edge(flow, points)
        right, bottom = x + columns.width, y + columns.height
        right = max(right, self._notes(level, x + GAP // 2, bottom - columns.aside))
        self._lines(level, "association")
        return right, bottom

    def _notes(self, level: Any, x: int, y: int) -> int:
        for note in self._children(level, *ASIDE):
            self._shape(note, (x, y, *ASIDE[local(note)]))
            x += ASIDE[local(note)][0] + GAP // 2
        return x

    def _lines(self, level: Any, *names: str) -> None:
        for line in self._children(level, *names):
            ends = [self.boxes.get(line.get(end, "")) for end in ("sourceRef", "targetRef")]
            points = [(x + w // 2, y + h // 2) for x, y, w, h in filter(None, ends)]
            if len(points) == 2:
                self._edge(line, points)

    def _shape(
        self, element: Any, box: tuple[int, int, int, int], more: str = "", at: int | None = None
    ) -> None:
        key = element.get("id")
        if not key or key in self.boxes:
            return
        self.boxes[key] = box
        x, y, width, height = box
        marker = ' isMarkerVisible="true"' if local(element) == "exclusiveGateway" else ""
        shape = (
            f"<bpmndi:BPMNShape id={quoteattr(key + '_shape')} bpmnElement={quoteattr(key)}"
            f"{more}{marker}>"
            f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></bpmndi:BPMNShape>'
        )
        self.drawn.insert(len(self.drawn) if at is None else at, shape)

    def _edge(self, element: Any, points: Iterable[Point]) -> None:
        if key := element.get("id"):
            way = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
            self.drawn.append(
                f"<bpmndi:BPMNEdge id={quoteattr(key + '_edge')} bpmnElement={quoteattr(key)}>"
                f"{way}</bpmndi:BPMNEdge>"
            )
