"""The shipped diagrams, and the ones drawn from a catalogue: sound, complete, and legible."""

from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from workflows.catalogue import Catalogue, draw, load
from workflows.catalogue.contents import Answers
from workflows.catalogue.records import Item, Predecessor
from workflows.engine import check, complete, start
from workflows.engine import load as define
from workflows.engine.expressions import compile_expression

BPMN = Path(__file__).parents[2] / "bpmn"
PROCESSES = ("restaurant", "construction")
ITEMS = {path.name: path.read_text("utf-8") for path in sorted((BPMN / "items").glob("*.bpmn"))}
SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "lb": "urn:lianban:bpmn:1",
}
NODES = ("startEvent", "endEvent", "userTask", "callActivity", "exclusiveGateway",
         "inclusiveGateway", "parallelGateway")  # fmt: skip

Box = tuple[float, float, float, float]
Point = tuple[float, float]


def catalogue_of(process: str) -> Catalogue:
    return load((BPMN / process / "catalogue.yaml").read_text("utf-8"), process)


def changed(catalogue: Catalogue, code: str, **changes: object) -> Catalogue:
    items = tuple(
        item.model_copy(update=changes) if item.code == code else item for item in catalogue.items
    )
    return catalogue.model_copy(update={"items": items})


def starting(*codes: str) -> tuple[Predecessor, ...]:
    return tuple(Predecessor(item=code, gate="start") for code in codes)


def drawings() -> dict[str, str]:
    """Everything shipped, and shapes of catalogue that the two shipped ones do not have."""
    restaurant = catalogue_of("restaurant")
    promise = compile_expression("commits_fire_safety")
    waiting = (Predecessor(item="R01", gate="start"),)
    sometimes = compile_expression("has_employees")
    both = changed(restaurant, "R09", after=(Predecessor(item="R10", gate="start"),))
    several = starting("R02", "R04")
    return {
        **ITEMS,
        **{name: (BPMN / name / f"{name}.bpmn").read_text("utf-8") for name in PROCESSES},
        "commitment behind another": draw(changed(restaurant, "R09", after=waiting), "p"),
        "others behind a commitment": draw(changed(restaurant, "R01", commitment=promise), "p"),
        "behind one that may not be needed": draw(
            changed(restaurant, "R01", needed=sometimes), "p"
        ),
        "commitment behind one that may not be needed": draw(both, "p"),
        "behind several": draw(changed(restaurant, "R07", after=several), "p"),
        "behind several at different depths": draw(
            changed(restaurant, "R10", after=starting("R01", "R13", "R02")), "p"
        ),
        "behind several that may not be needed": draw(
            changed(restaurant, "R08", after=starting("R10", "R11", "R15")), "p"
        ),
        "commitment behind several": draw(
            changed(restaurant, "R09", after=starting("R10", "R12")), "p"
        ),
        "one item": draw(restaurant.model_copy(update={"items": restaurant.items[:1]}), "p"),
    }


ALL = drawings()


def boxes(root: ET.Element) -> dict[str, Box]:
    found = {}
    for shape in root.iterfind(".//bpmndi:BPMNShape", SPACES):
        bounds = shape.find("dc:Bounds", SPACES)
        assert bounds is not None
        x, y, width, height = (float(bounds.attrib[key]) for key in ("x", "y", "width", "height"))
        found[shape.attrib["bpmnElement"]] = (x, y, x + width, y + height)
    return found


def lines(root: ET.Element) -> dict[str, list[Point]]:
    return {
        edge.attrib["bpmnElement"]: [
            (float(point.attrib["x"]), float(point.attrib["y"]))
            for point in edge.iterfind("di:waypoint", SPACES)
        ]
        for edge in root.iterfind(".//bpmndi:BPMNEdge", SPACES)
    }


def flows(root: ET.Element) -> list[ET.Element]:
    return root.findall(".//bpmn:sequenceFlow", SPACES)


def on_border(point: Point, box: Box) -> bool:
    (x, y), (left, top, right, bottom) = point, box
    inside = left <= x <= right and top <= y <= bottom
    return inside and (x in (left, right) or y in (top, bottom))


def crosses(first: Point, last: Point, box: Box) -> bool:
    """Whether a straight piece of line runs through the inside of a box."""
    left, right = sorted((first[0], last[0]))
    top, bottom = sorted((first[1], last[1]))
    return left < box[2] and right > box[0] and top < box[3] and bottom > box[1]


@pytest.fixture(params=sorted(ALL))
def root(request: pytest.FixtureRequest) -> ET.Element:
    return ET.fromstring(ALL[request.param])


@pytest.mark.parametrize("process", PROCESSES)
def test_the_shipped_diagram_is_what_its_catalogue_draws(process: str) -> None:
    shipped = (BPMN / process / f"{process}.bpmn").read_text("utf-8")
    assert draw(catalogue_of(process), process) == shipped


@pytest.mark.parametrize("process", PROCESSES)
def test_the_checks_of_publication_find_nothing(process: str) -> None:
    assert check({**ITEMS, process: ALL[process]}) == ()


def test_every_id_is_used_once(root: ET.Element) -> None:
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


def test_every_element_and_every_flow_is_drawn(root: ET.Element) -> None:
    nodes = {
        node.attrib["id"] for kind in NODES for node in root.iterfind(f".//bpmn:{kind}", SPACES)
    }
    assert set(boxes(root)) == nodes
    assert set(lines(root)) == {flow.attrib["id"] for flow in flows(root)}


def test_elements_list_the_flows_that_come_in_and_go_out(root: ET.Element) -> None:
    for way, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
        listed = {
            (node.attrib["id"], entry.text)
            for kind in NODES
            for node in root.iterfind(f".//bpmn:{kind}", SPACES)
            for entry in node.iterfind(f"bpmn:{way}", SPACES)
        }
        assert listed == {(flow.attrib[end], flow.attrib["id"]) for flow in flows(root)}


def test_no_two_shapes_overlap(root: ET.Element) -> None:
    for one, other in combinations(boxes(root).values(), 2):
        apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        assert apart


def test_every_line_ends_at_the_shapes_it_connects(root: ET.Element) -> None:
    shapes, drawn = boxes(root), lines(root)
    for flow in flows(root):
        points = drawn[flow.attrib["id"]]
        assert on_border(points[0], shapes[flow.attrib["sourceRef"]])
        assert on_border(points[-1], shapes[flow.attrib["targetRef"]])


def test_lines_have_right_angles_and_run_through_no_shape(root: ET.Element) -> None:
    for points in lines(root).values():
        for first, last in pairwise(points):
            assert first[0] == last[0] or first[1] == last[1]
            assert not any(crosses(first, last, box) for box in boxes(root).values())


def test_every_choice_has_a_default_and_every_other_way_a_condition(root: ET.Element) -> None:
    for kind in ("exclusiveGateway", "inclusiveGateway"):
        for gateway in root.iterfind(f".//bpmn:{kind}", SPACES):
            out = [flow for flow in flows(root) if flow.attrib["sourceRef"] == gateway.attrib["id"]]
            bare = [
                flow.attrib["id"]
                for flow in out
                if flow.find("bpmn:conditionExpression", SPACES) is None
            ]
            assert len(bare) == 1
            assert gateway.attrib.get("default") == (bare[0] if len(out) > 1 else None)


@pytest.mark.parametrize("process", PROCESSES)
def test_every_item_of_the_catalogue_is_called_by_its_process(process: str) -> None:
    called = {}
    for call in ET.fromstring(ALL[process]).iterfind(".//bpmn:callActivity", SPACES):
        found = call.find("bpmn:extensionElements/lb:item", SPACES)
        assert found is not None
        called[found.attrib["code"], found.get("mode")] = call.attrib["calledElement"]
    for item in catalogue_of(process).items:
        assert called.pop((item.code, None)) == f"item_{item.process}"
        if item.commitment is not None:
            assert called.pop((item.code, "commitment")) == "item_commitment"
    assert not called


def test_an_item_process_ends_in_granted_or_refused() -> None:
    for name, text in ITEMS.items():
        ends = {
            end.attrib["id"] for end in ET.fromstring(text).iterfind(".//bpmn:endEvent", SPACES)
        }
        expected = (
            {"confirmed", "revoked"} if name.startswith("commitment") else {"granted", "refused"}
        )
        assert ends == expected


def run(
    process: str, answers: Answers, refuse: str = "", drawn: Catalogue | None = None
) -> dict[str, str]:
    """Run a whole case, refusing one item; the results of the items."""
    catalogue = drawn or catalogue_of(process)
    text = draw(drawn, process) if drawn else ALL[process]
    definition = define(process, (*ITEMS.values(), text))
    step = start(definition, catalogue.variables(answers))
    while not step.finished:
        task = step.open_tasks[0]
        by_kind: dict[str, dict[str, Any]] = {
            "review": {"conclusion": "agree"},
            "decide": {"decision": "refused" if task.item == refuse else "granted"},
            "confirm": {"confirmed": True},
        }
        step = complete(definition, step.state, task.number, by_kind[task.approval.kind])
    codes = {item.code for item in catalogue.items}
    return {key: value for key, value in step.variables.items() if key in codes}


def everything(catalogue: Catalogue) -> Answers:
    return {
        question.key: True if question.type == "boolean" else 1000
        for question in catalogue.questionnaire
    }


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize("commitment", [True, False])
def test_a_case_that_needs_everything_decides_everything(process: str, commitment: bool) -> None:
    catalogue = catalogue_of(process)
    chosen = {key: commitment for key in everything(catalogue) if key.startswith("commits_")}
    results = run(process, {**everything(catalogue), **chosen})
    assert results == {item.code: "granted" for item in catalogue.items}


@pytest.mark.parametrize("process", PROCESSES)
def test_a_case_that_needs_little_decides_just_that(process: str) -> None:
    needed: tuple[Item, ...] = catalogue_of(process).needed_items({})
    assert run(process, {}) == {item.code: "granted" for item in needed}


def test_without_a_business_licence_nothing_starts_that_waits_for_it() -> None:
    results = run("restaurant", everything(catalogue_of("restaurant")), refuse="R01")
    assert results["R01"] == "refused"
    assert not results.keys() & {"R02", "R03", "R04", "R05", "R06", "R07", "R12", "R14"}
    assert results["R08"] == "granted"


def test_a_night_work_certificate_without_a_permit_needs_no_permit() -> None:
    assert run("construction", {"night_work": True})["G24"] == "granted"


def test_a_night_work_certificate_waits_for_the_permit_that_is_needed() -> None:
    answers = {"night_work": True, "invest_wan": 100, "area_m2": 1000}
    assert "G24" in run("construction", answers)
    assert "G24" not in run("construction", answers, refuse="G09")


def test_an_item_behind_several_starts_when_all_that_are_needed_are_granted() -> None:
    catalogue = changed(catalogue_of("restaurant"), "R08", after=starting("R10", "R11", "R13"))
    some = {"has_signboard": True}
    assert set(run("restaurant", some, drawn=catalogue)) >= {"R08", "R10", "R13"}
    assert run("restaurant", some, drawn=catalogue)["R08"] == "granted"
    assert run("restaurant", everything(catalogue), drawn=catalogue)["R08"] == "granted"
    for refused in ("R10", "R11", "R13"):
        found = run("restaurant", everything(catalogue), refused, catalogue)
        assert found[refused] == "refused"
        assert found.get("R08") is None, "it never starts"


def test_an_item_behind_several_that_are_not_needed_starts_at_acceptance() -> None:
    catalogue = changed(catalogue_of("restaurant"), "R08", after=starting("R10", "R11"))
    assert run("restaurant", {}, drawn=catalogue)["R08"] == "granted"
