"""The elements of one process or sub-process in columns and rows, and the ways between them.

A column is as far from the start as its elements are; an arrow over several columns keeps a row
of its own free, one that leads back goes underneath.
"""

from collections.abc import Iterator
from itertools import accumulate, count, pairwise
from typing import Any

from workflows.engine.xml import BPMN, local

GAP = 60
EVENT, GATEWAY, TASK = (36, 36), (50, 50), (120, 80)
INSIDE = {"subProcess", "transaction", "adHocSubProcess"}
NODES = INSIDE | set(
    "startEvent endEvent intermediateCatchEvent intermediateThrowEvent exclusiveGateway "
    "inclusiveGateway parallelGateway complexGateway eventBasedGateway task userTask manualTask "
    "serviceTask sendTask receiveTask scriptTask businessRuleTask callActivity".split()
)
ASIDE = {"textAnnotation", "group", "dataObjectReference", "dataStoreReference"}

#: Deeper than anything the engine runs; longer than one follows with the eye: drawn with less care.
DEEP, LONG = 50, 50

Box = tuple[int, int, int, int]
Point = tuple[int, int]
#: Cells by lane, column and row.
Taken = set[tuple[int, int, int]]


def _kind(element: Any) -> str:
    return local(element) if str(element.tag).startswith(f"{{{BPMN}}}") else ""


class Columns:
    """One level: sizes first, from inside out; then places."""

    def __init__(self, level: Any, depth: int = 1) -> None:
        self.level = level
        self.depth = depth
        self.nodes: dict[str, Any] = {}
        self.boundary: dict[str, list[Any]] = {}
        self.attached: dict[str, str] = {}
        self.inner: dict[str, Columns] = {}
        for node in level:
            self._take(node)
        self.flows = [child for child in level if _kind(child) == "sequenceFlow"]
        self.lanes = self._lanes()
        self._columns()
        self._rows()
        self._measure()

    def _take(self, node: Any) -> None:
        kind, key = _kind(node), node.get("id")
        if key and kind == "boundaryEvent":
            self.attached[key] = node.get("attachedToRef", "")
            self.boundary.setdefault(self.attached[key], []).append(node)
        elif key and kind in NODES:
            self.nodes[key] = node
            if kind in INSIDE and self.depth < DEEP:
                self.inner[key] = Columns(node, self.depth + 1)

    def _lanes(self) -> dict[str, int]:
        """The lane of each element, by its place from above; -1 without one."""
        leaves = [one for one in self.level.iter(f"{{{BPMN}}}lane") if not _has_lanes(one)]
        found = {}
        for number, lane in enumerate(leaves):
            for ref in lane.iterfind(f"{{{BPMN}}}flowNodeRef"):
                found[(ref.text or "").strip()] = number
        self.leaves = leaves
        return found

    def _host(self, key: str) -> str:
        """What stands in a column: the element, or the one this event is attached to."""
        if key in self.nodes:
            return key
        host = self.attached.get(key, "")
        return host if host in self.nodes else ""

    def _arrows(self) -> Iterator[tuple[str, str]]:
        for flow in self.flows:
            source, target = self._host(flow.get("sourceRef", "")), flow.get("targetRef", "")
            if source and target in self.nodes:
                yield source, target

    def _columns(self) -> None:
        """How far each element is from the start, leaving out the arrows that lead back."""
        after: dict[str, list[str]] = {key: [] for key in self.nodes}
        heads = dict.fromkeys(self.nodes)
        for source, target in self._arrows():
            after[source].append(target)
            if source != target:
                heads.pop(target, None)
        starts = [k for k, node in self.nodes.items() if _kind(node) == "startEvent"]
        self.back: set[tuple[str, str]] = set()
        order = self._sorted([*starts, *heads, *self.nodes], after)
        self.column = dict.fromkeys(self.nodes, 0)
        for key in order:
            for target in after[key]:
                if (key, target) not in self.back:
                    self.column[target] = max(self.column[target], self.column[key] + 1)

    def _sorted(self, starts: list[str], after: dict[str, list[str]]) -> list[str]:
        """Every element before those it leads to; arrows that cannot be so are called back."""
        done: list[str] = []
        seen: set[str] = set()
        for start in starts:
            if start in seen:
                continue
            path, todo = {start: None}, [(start, iter(after[start]))]
            seen.add(start)
            while todo:
                key, targets = todo[-1]
                target = next(targets, None)
                if target is None:
                    todo.pop()
                    path.pop(key)
                    done.append(key)
                elif target in path:
                    self.back.add((key, target))
                elif target not in seen:
                    seen.add(target)
                    path[target] = None
                    todo.append((target, iter(after[target])))
        return done[::-1]

    def _rows(self) -> None:
        """A row for each element beside those it comes from, and for each long arrow."""
        self.row: dict[str, int] = {}
        self.passing: dict[tuple[str, str], int] = {}
        taken: Taken = set()
        self._full: dict[tuple[int, range, int], int] = {}
        least: dict[str, int] = {}
        after: dict[str, list[str]] = {key: [] for key in self.nodes}
        for source, target in dict.fromkeys(self._arrows()):
            if (source, target) not in self.back:
                after[source].append(target)
        for key in sorted(self.nodes, key=lambda key: self.column[key]):
            row = self._free(
                taken, key, range(self.column[key], self.column[key] + 1), least.get(key, 0)
            )
            self.row[key] = row
            for target in after[key]:
                least[target] = min(least.get(target, row), row)
                between = range(self.column[key] + 1, self.column[target])
                if 0 < len(between) <= LONG:
                    self.passing[key, target] = self._free(taken, key, between, row)
        self._in_order()

    def _free(self, taken: Taken, key: str, columns: range, least: int) -> int:
        """The first row from `least` where these columns are free; they are taken from now on."""
        lane = self.lanes.get(key, -1)
        asked = (lane, columns, least)
        for row in count(self._full.get(asked, least)):
            cells = {(lane, column, row) for column in columns}
            if not cells & taken:
                taken |= cells
                self._full[asked] = row
                return row
        raise AssertionError

    def _in_order(self) -> None:
        """Rows of one lane stand below those of the lane before."""
        lane_of = {key: self.lanes.get(key, -1) for key in self.nodes}
        rows = {(lane_of[key], row) for key, row in self.row.items()}
        rows |= {(lane_of[source], row) for (source, _), row in self.passing.items()}
        rows |= {(number, 0) for number in range(len(self.leaves))}
        place = {cell: number for number, cell in enumerate(sorted(rows))}
        self.lane_of_row = [lane for lane, _ in sorted(rows)]
        self.row = {key: place[lane_of[key], row] for key, row in self.row.items()}
        self.passing = {pair: place[lane_of[pair[0]], row] for pair, row in self.passing.items()}

    def size(self, key: str) -> tuple[int, int]:
        """Width and height of an element."""
        kind = _kind(self.nodes[key])
        if key in self.inner:
            return self.inner[key].width, self.inner[key].height
        if kind.endswith("Event"):
            return EVENT
        return GATEWAY if kind.endswith("Gateway") else TASK

    def _measure(self) -> None:
        wide = max(self.column.values(), default=0) + 1
        self.widths, self.heights = [0] * wide, [40] * max(1, len(self.lane_of_row))
        for key in self.nodes:
            width, height = self.size(key)
            column, row = self.column[key], self.row[key]
            self.widths[column] = max(self.widths[column], width)
            self.heights[row] = max(self.heights[row], height)
        self.lefts = [x + GAP * n for n, x in enumerate(accumulate(self.widths, initial=0))]
        self.tops = [y + GAP * n for n, y in enumerate(accumulate(self.heights, initial=0))]
        loops = len(self.back)
        self.aside = 0 if not any(_kind(one) in ASIDE for one in self.level) else 140 + GAP // 2
        self.width = sum(self.widths) + GAP * (wide + 1)
        self.height = sum(self.heights) + GAP * len(self.heights) + 15 * loops + GAP + self.aside

    def places(self, x: int, y: int) -> Iterator[tuple[Any, Box]]:
        """Every element with its box; what is attached after the one it is attached to."""
        self.x, self.y = x, y
        self.boxes: dict[str, Box] = {}
        for key, node in self.nodes.items():
            width, height = self.size(key)
            left = self._left(self.column[key]) + (self.widths[self.column[key]] - width) // 2
            self.boxes[key] = (left, self._middle(self.row[key]) - height // 2, width, height)
            yield node, self.boxes[key]
        for host, events in self.boundary.items():
            for number, event in enumerate(events):
                hx, hy, width, height = self.boxes.get(host, (x, y, 0, 0))
                step = max(12, min(46, width // (len(events) + 1)))
                box = (hx + width - 18 - step * (number + 1), hy + height - 18, *EVENT)
                self.boxes[event.get("id")] = box
                yield event, box

    def _left(self, column: int) -> int:
        return self.x + self.lefts[column]

    def _middle(self, row: int) -> int:
        return self.y + self.tops[row] + self.heights[row] // 2

    def ways(self) -> Iterator[tuple[Any, list[Point]]]:
        """Every arrow whose ends are drawn, with its corners."""
        below = self.y + sum(self.heights) + GAP * len(self.heights) - GAP // 2
        for flow in self.flows:
            source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
            if source not in self.boxes or target not in self.nodes:
                if source in self.boxes and target in self.boxes:
                    yield flow, [_east(self.boxes[source]), _west(self.boxes[target])]
                continue
            pair = self._host(source), target
            if pair in self.back:
                below += 15
            yield flow, self._way(source, pair, below)

    def _way(self, source: str, pair: tuple[str, str], below: int) -> list[Point]:
        start, (to_x, to_y) = self.boxes[source], _west(self.boxes[pair[1]])
        column = self.column[pair[0]] if pair[0] else 0
        out = self._left(column) + self.widths[column] + GAP // 2
        if source == pair[0]:
            way = [_east(start), (out, _east(start)[1])]
        else:
            x, y = start[0] + 18, start[1] + 36
            way = [(x, y), (x, y + 10), (out, y + 10)]
        into = self._left(self.column[pair[1]]) - GAP // 2
        if pair in self.back:
            way += [(out, below), (into, below)]
        elif pair in self.passing:
            row = self._middle(self.passing[pair])
            way += [(out, row), (into, row)]
        return _plain([*way, (way[-1][0], to_y), (to_x, to_y)])

    def bands(self, top: int, bottom: int) -> dict[str, tuple[int, int]]:
        """From where to where each lane goes; one that holds others is around these."""
        found: dict[str, tuple[int, int]] = {}
        edges = []
        for number in range(len(self.leaves)):
            row = self.lane_of_row.index(number)
            edges.append(self._middle(row) - self.heights[row] // 2 - GAP // 2)
        edges = [top, *edges[1:], bottom]
        for lane, ends in zip(self.leaves, pairwise(edges), strict=False):
            for one in (lane, *lane.iterancestors(f"{{{BPMN}}}lane")):
                first, last = found.get(one.get("id", ""), ends)
                found[one.get("id", "")] = (min(first, ends[0]), max(last, ends[1]))
        return found


def _has_lanes(lane: Any) -> bool:
    return lane.find(f"{{{BPMN}}}childLaneSet") is not None


def _west(box: Box) -> Point:
    return box[0], box[1] + box[3] // 2


def _east(box: Box) -> Point:
    return box[0] + box[2], box[1] + box[3] // 2


def _plain(points: list[Point]) -> list[Point]:
    """Without the corners that are none."""
    found: list[Point] = []
    for point in points:
        if len(found) > 1 and (
            found[-2][0] == found[-1][0] == point[0] or found[-2][1] == found[-1][1] == point[1]
        ):
            found.pop()
        if not found or found[-1] != point:
            found.append(point)
    return found
