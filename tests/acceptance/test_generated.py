"""A process generated from a catalogue is published as it was drawn, and a case goes through it."""

from flask import Flask

from tests.doors.people import someone
from tests.hall import Hall
from workflows.actions.publish_process import PublishProcess
from workflows.actions.upload_process import UploadProcess
from workflows.drawing import drafts
from workflows.drawing.feasibility import everything
from workflows.permissions import Role
from workflows.states import CaseState, ItemState


def test_construction_drawn_from_its_catalogue_runs_all_26_items(app: Flask, hall: Hall) -> None:
    designer = someone(app, hall, Role.DESIGNER, "")
    assert designer.post("/drafts/permit/begin").status_code == 303
    items = [item.code for item in hall.catalogue("construction").items]
    named = {"name": "施工许可", "name_en": "Construction permit", "code": "PERMIT-1"}
    chosen = {**named, "from": "construction", "item": items, "catalogue": "1", "diagram": "0"}
    assert designer.post("/drafts/permit/choose", data=chosen).status_code == 303
    assert designer.post("/drafts/permit/check").json == {"faults": []}
    with hall.read() as session:
        bundle = drafts.bundle(session, "permit")
    upload = UploadProcess("permit", bundle.sources, bundle.catalogue, bundle.forms, "由目录生成")
    version = hall.act("designer1", "permit", upload)
    hall.act("designer2", version.key, PublishProcess())
    number = hall.decided(everything(hall.catalogue("permit")), process="permit")
    case = hall.case(number)
    assert case.state is CaseState.DECIDED
    assert len(case.items) == 26
    assert {item.state for item in case.items} <= {ItemState.APPROVED, ItemState.COMMITTED}
