"""A diagram without a picture gets one: everything is in it, and nothing else is changed."""

import random
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from tests.engine.drawing import HEAD, process, sub
from tests.engine.test_bpmn_table import ROWS
from workflows.drawing.blank import diagram, processes
from workflows.drawing.columns import NODES
from workflows.drawing.layout import DI, with_new_picture, with_picture
from workflows.engine import check
from workflows.engine.xml import BPMN, DiagramUnreadable

SHIPPED = sorted((Path(__file__).parents[2] / "bpmn").glob("**/*.bpmn"))
DC = "http://www.omg.org/spec/DD/20100524/DC"

Box = tuple[float, float, float, float]


def drawn(text: str) -> tuple[etree._Element, dict[str, Box], dict[str, int]]:
    """The file, the boxes of its shapes, and how many corners its edges have."""
    root = etree.fromstring(with_picture(text, "p.bpmn").encode())
    boxes = {}
    for shape in root.iter(f"{{{DI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        assert bounds is not None
        sides = (float(bounds.get(side) or 0) for side in ("x", "y", "width", "height"))
        boxes[str(shape.get("bpmnElement"))] = tuple(sides)
    edges = {str(e.get("bpmnElement")): len(e) for e in root.iter(f"{{{DI}}}BPMNEdge")}
    return root, boxes, edges  # type: ignore[return-value]


def without_picture(root: etree._Element) -> str:
    for picture in list(root.iter(f"{{{DI}}}BPMNDiagram")):
        root.remove(picture)
    return str(etree.canonicalize(etree.tostring(root, encoding="unicode"), strip_text=True))


def everything_is_drawn(text: str) -> dict[str, Box]:
    root, boxes, edges = drawn(text)
    names = {one.get("id"): etree.QName(one).localname for one in root.iter(f"{{{BPMN}}}*")}
    missing = [
        key for key, name in names.items()
        if key and name in NODES | {"boundaryEvent"} and key not in boxes
    ]  # fmt: skip
    assert not missing
    flows = [one for one in root.iter(f"{{{BPMN}}}sequenceFlow") if one.get("id")]
    known = [f for f in flows if {f.get("sourceRef"), f.get("targetRef")} <= boxes.keys()]
    assert all(edges.get(str(flow.get("id")), 0) >= 2 for flow in known)
    assert without_picture(root) == without_picture(etree.fromstring(text.encode()))
    return boxes


@pytest.mark.parametrize("row", sorted(ROWS))
def test_every_element_of_the_tables_is_drawn_and_nothing_else_changed(row: str) -> None:
    everything_is_drawn(ROWS[row].source)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_has_a_picture_keeps_it_unless_another_is_wanted(path: Path) -> None:
    text = path.read_text("utf-8")
    assert with_picture(text, path.name) == text
    anew = with_new_picture(text, path.name)
    assert anew != text
    assert without_picture(etree.fromstring(anew.encode())) == without_picture(
        etree.fromstring(text.encode())
    )


def test_loops_long_ways_boundaries_and_sub_processes_do_not_lie_on_each_other() -> None:
    boundary = (
        '<boundaryEvent id="late" attachedToRef="it"><timerEventDefinition>'
        "<timeDuration>1wd</timeDuration></timerEventDefinition></boundaryEvent>"
        '<sequenceFlow id="out" sourceRef="late" targetRef="b"/>'
    )
    inner = sub("it", ["s1 c x2 e1", "x2 c"], {"x2 c": "again"})
    text = process(
        "p", ["s x1 a +1 b e", "x1 it +1", "x1 e", "a a"],
        {"x1 it": "n > 1", "x1 e": "n > 2"}, boundary, {"it": inner},
    )  # fmt: skip
    boxes = everything_is_drawn(text)
    top = {key: box for key, box in boxes.items() if key not in ("s1", "c", "xor2", "e1", "late")}
    for (one, a), (other, b) in combinations(top.items(), 2):
        apart = (
            a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
        )
        assert apart, f"{one} lies on {other}"
    outer, within = boxes["it"], boxes["c"]
    assert outer[0] < within[0] and within[0] + within[2] < outer[0] + outer[2]
    assert outer[1] < within[1] and within[1] + within[3] < outer[1] + outer[3]


@pytest.mark.parametrize("seed", range(20))
def test_any_graph_will_do(seed: int) -> None:
    dice = random.Random(seed)
    names = [f"t{number}" for number in range(dice.randint(1, 30))]
    arrows = [f"{dice.choice(names)} {dice.choice(names)}" for _ in range(dice.randint(0, 60))]
    everything_is_drawn(process("p", [*arrows, *names]))


def test_lanes_and_pools_stand_around_what_belongs_to_them() -> None:
    lanes = (
        '<laneSet id="set"><lane id="first"><flowNodeRef>a</flowNodeRef></lane><lane id="second">'
        '<childLaneSet id="more"><lane id="inner"><flowNodeRef>b</flowNodeRef></lane>'
        "</childLaneSet></lane></laneSet>"
    )
    text = process("p", ["s a b e"], extra=lanes).replace(
        "</definitions>",
        '<collaboration id="all"><participant id="pool" processRef="p"/>'
        '<participant id="other"/><messageFlow id="mail" sourceRef="a" targetRef="other"/>'
        "</collaboration></definitions>",
    )
    boxes = everything_is_drawn(text)
    for lane, node in (("first", "a"), ("second", "b"), ("inner", "b"), ("pool", "first")):
        assert boxes[lane][1] <= boxes[node][1]
        assert boxes[node][1] + boxes[node][3] <= boxes[lane][1] + boxes[lane][3]
    assert drawn(text)[2]["mail"] == 2
    assert boxes["other"][1] >= boxes["pool"][1] + boxes["pool"][3]


def test_a_file_without_anything_stays_as_it_is_and_one_that_is_none_is_refused() -> None:
    empty = f"{HEAD}</definitions>"
    assert with_picture(empty, "p.bpmn") == empty
    with pytest.raises(DiagramUnreadable):
        with_picture("<html/>", "p.bpmn")


def test_a_picture_of_nothing_is_replaced() -> None:
    nothing = (
        f'<x:BPMNDiagram xmlns:x="{DI}" id="old"><x:BPMNPlane bpmnElement="p"/></x:BPMNDiagram>'
    )
    text = process("p", ["s a e"]).replace("</definitions>", f"{nothing}</definitions>")
    assert 'id="old"' not in with_picture(text, "p.bpmn")
    assert set(drawn(text)[1]) == {"s", "a", "e"}


def test_an_empty_sheet_can_be_published_but_for_what_is_missing() -> None:
    sheet = diagram("hotel", "旅馆")
    assert check({"hotel.bpmn": sheet}) == ()
    assert processes({"hotel.bpmn": sheet, "broken.bpmn": "<"}) == [
        {"id": "hotel", "name": "旅馆", "file": "hotel.bpmn"}
    ]


def test_each_process_without_a_pool_has_a_sheet_of_its_own() -> None:
    other = process("q", ["s2 b e2"]).partition(">")[2].removesuffix("</definitions>")
    text = process("p", ["s a e"]).replace("</definitions>", f"{other}</definitions>")
    planes = [one.get("bpmnElement") for one in drawn(text)[0].iter(f"{{{DI}}}BPMNPlane")]
    assert planes == ["p", "q"]
