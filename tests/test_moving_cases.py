"""A construction permit of 26 items that is moved about in the middle: nothing is lost."""

import re
from dataclasses import replace

from tests.actions.test_add_signer import ask, sign
from tests.hall import Hall
from tests.moving import past, rows
from workflows.actions.conclude_item import ConcludeItem, Outcome
from workflows.actions.publish_process import PublishProcess
from workflows.actions.roll_back import RollBack
from workflows.actions.send_back import Scope, SendBack
from workflows.catalogue import draw, load
from workflows.models.deadline import Clock
from workflows.queries.timeline import verify
from workflows.states import CaseState, ItemState

SWITCHES = (
    "is_special_fire_project", "is_civil_building", "has_air_defence_works", "is_super_highrise",
    "is_explosive_or_hazard_site", "occupies_road", "road_attached_lines", "bridge_lines",
    "occupies_green", "cuts_trees", "moves_ancient_tree", "construction_discharge",
    "touches_water_main", "touches_sewer", "touches_gas", "dewatering", "eia_report_required",
    "night_work",
)  # fmt: skip
EVERYTHING: dict[str, bool | int | float] = {
    **dict.fromkeys(SWITCHES, True), "invest_wan": 9000, "area_m2": 80_000, "disturbed_area_ha": 3,
}  # fmt: skip
REASON = "图纸与现场不一致，请重新核对"


def publish(hall: Hall) -> None:
    """Drawings first: G02, G03, G05 and G09 fork behind G01; the archive (G26) follows the join."""
    upload = hall.upload(
        ("{item: G01, gate: decision}", "{item: G01, gate: start}"), process="construction"
    )
    drawn = draw(load(upload.catalogue, "catalogue.yaml"), "construction")
    for pattern in (
        r"<bpmn:(incoming|outgoing)>\w+</bpmn:\1>",
        r'<bpmn:sequenceFlow id="to_G26"[^>]*?(/>|>.*?</bpmn:sequenceFlow>)',
        r'<bpmndi:BPMNEdge[^>]*bpmnElement="to_G26".*?</bpmndi:BPMNEdge>',
    ):
        drawn = re.sub(pattern, "", drawn, flags=re.DOTALL)
    for old, new in (
        ('sourceRef="G26" targetRef="decided"', 'sourceRef="G26" targetRef="end"'),
        ('targetRef="all_decided"', 'targetRef="G26"'),
        ('targetRef="end"', 'targetRef="all_decided"'),
    ):
        drawn = drawn.replace(old, new)
    sources = {**upload.sources, "construction.bpmn": drawn}
    version = hall.act("designer1", "construction", replace(upload, sources=sources))
    hall.act("designer2", version.key, PublishProcess())


def back(hall: Hall, number: str, item: str, target: int, action: SendBack) -> None:
    """The holder of the open task of an item sends it back on these terms."""
    task = hall.task(number, item)
    hall.act(hall.holder(task), number, replace(action, task=task.id, target=target))


def test_twenty_six_departments_with_returns_in_the_middle_lose_nothing(hall: Hall) -> None:
    publish(hall)
    number = hall.accepted(EVERYTHING, process="construction")
    assert len(hall.case(number).items) == 26
    starts = {item: hall.deadline(number, Clock.ITEM, item=item).due_at for item in ("G01", "G16")}
    for item in ("G01", "G10", "G16", "G25"):
        hall.grant(number, item)
    straight_back_over_the_fork(hall, number)
    assert hall.deadline(number, Clock.ITEM, item="G01").due_at == starts["G01"]
    a_second_round(hall, number)
    hall.at("2026-03-03T10:00")
    adjusted(hall, number)
    assert hall.deadline(number, Clock.ITEM, item="G16").due_at == starts["G16"]
    back_from_behind_the_join(hall, number)
    complete(hall, number)


def straight_back_over_the_fork(hall: Hall, number: str) -> None:
    """Air defence sends the drawings back; fire and lightning protection wait meanwhile."""
    hall.to_decision(number, "G02")
    sender = hall.to_decision(number, "G03")
    hall.sign_for(number, "G05")
    terms = SendBack(0, 0, REASON, Scope.LISTED, ["G02", "G05"])
    back(hall, number, "G03", past(hall, number, "G01", "review").id, terms)
    assert hall.item(number, "G01").state is ItemState.REVIEWING
    waiting = [task for code in ("G02", "G03", "G05") for task in rows(hall, number, code)]
    assert not [task for task in waiting if task.closed_at is None]
    hall.grant(number, "G11")  # the others go on
    hall.grant(number, "G01")
    assert hall.task(number, "G03").id == sender.id


def a_second_round(hall: Hall, number: str) -> None:
    """Everything behind the drawings is void and done again."""
    hall.grant(number, "G03")
    terms = SendBack(0, 0, REASON, Scope.ALL, void=True, straight=False)
    back(hall, number, "G05", past(hall, number, "G01", "decide").id, terms)
    assert hall.item(number, "G03").document_number is None
    assert all(row.void_at for row in rows(hall, number, "G03") if row.conclusion)
    assert hall.item(number, "G16").state is ItemState.APPROVED
    hall.grant(number, "G01")


def adjusted(hall: Hall, number: str) -> None:
    """The lead takes a decision back and ends an item; a department asks for a signature."""
    hall.act("lead", number, RollBack(past(hall, number, "G16", "review").id, REASON))
    hall.act("lead", number, ConcludeItem("G14", Outcome.NOT_NEEDED, "方案调整，不再迁移树木"))
    hall.sign_for(number, "G21")
    signer = ask(hall, number, "G21", "chief")
    hall.opine(number, "G21")
    sign(hall, number, signer)


def back_from_behind_the_join(hall: Hall, number: str) -> None:
    """The archive sends the fire review back; it comes straight back."""
    for _ in range(3):
        for item in hall.case(number).items:
            gates = {g.item for g in hall.catalogue("construction").item(item.code).after}
            undecided = {one.code for one in hall.case(number).items if not one.decided}
            begun = hall.item(number, item.code).state is not ItemState.WAITING
            if item.code != "G26" and not item.decided and begun and not gates & undecided:
                hall.grant(number, item.code)
    hall.sign_for(number, "G26")
    archive = hall.task(number, "G26")
    back(hall, number, "G26", past(hall, number, "G02", "check").id, SendBack(0, 0, REASON))
    assert hall.item(number, "G02").state is ItemState.REVIEWING
    hall.grant(number, "G02")
    assert hall.task(number, "G26").id == archive.id
    hall.grant(number, "G26")


def complete(hall: Hall, number: str) -> None:
    """Decided, every document once, nobody has anything left to do, and the record is whole."""
    case = hall.case(number)
    assert case.state is CaseState.DECIDED
    states = {item.code: item.state for item in case.items}
    assert states.pop("G14") is ItemState.NOT_NEEDED
    assert set(states.values()) <= {ItemState.APPROVED, ItemState.COMMITTED}
    documents = [item.document_number for item in case.items if item.code != "G14"]
    assert None not in documents and len(set(documents)) == 25
    assert not [task for task in case.tasks if task.closed_at is None and task.kind != "check"]
    running = [row for row in case.deadlines if row.closed_at is None]
    assert {row.clock for row in running} <= {Clock.DELIVERY, Clock.CHECK}
    opinions = [e for e in hall.history(number) if e.action in ("give_opinion", "decide")]
    concluded = [task for task in case.tasks if task.conclusion]
    assert len(opinions) == len(concluded)
    with hall.read() as session:
        assert verify(session, case).fault is None
