"""Drawing in a draft: what the page is given, and what it asks."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.doors.people import JSON, someone
from tests.engine.drawing import process
from tests.hall import Hall
from workflows.drawing import drafts
from workflows.permissions import Role

UNDRAWN = process("restaurant", ["s a e"])


@pytest.fixture
def designer(app: Flask, hall: Hall, case: str) -> FlaskClient:
    """A designer with a draft of a published process."""
    client = someone(app, hall, Role.DESIGNER, case)
    assert client.post("/drafts/restaurant/begin").status_code == 303
    return client


def room(client: FlaskClient, address: str) -> Any:
    """What the page knows."""
    page = client.get(address).text
    text = page.partition('data-designer="')[2].partition('"')[0]
    return json.loads(text.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&"))


def test_the_panel_shows_items_as_the_catalogue_has_them(designer: FlaskClient) -> None:
    known = room(designer, "/drafts/restaurant/diagram/restaurant.bpmn")
    (item,) = [one for one in known["items"] if one["code"] == "R09"]
    assert (item["statutory"], item["promised"]) == ("10 个工作日", "5 个工作日")
    assert item["department"] and item["warning"] and item["commitment"]
    assert item["process"] in {one["id"] for one in known["processes"]}
    assert known["forms"] and not known["blank"]
    assert known["words"]["kind"]["confirm"] == "否定报批"
    english = room(designer, "/drafts/restaurant/diagram/item_instant.bpmn?lang=en")
    assert english["items"][0]["name"].isascii()


def test_a_broken_catalogue_keeps_nobody_from_drawing(designer: FlaskClient) -> None:
    broken = {"text": "theme:", "revision": "1"}
    assert designer.post("/drafts/restaurant/files/catalogue.yaml", data=broken).status_code == 303
    assert room(designer, "/drafts/restaurant/diagram/restaurant.bpmn")["items"] == []
    sent = {"restaurant.bpmn": UNDRAWN.replace("<endEvent", "<task id='odd'/><endEvent")}
    found = designer.post("/drafts/restaurant/check", data=sent, headers=JSON).json or {}
    assert {fault["file"] for fault in found["faults"]} == {"restaurant.bpmn", "catalogue.yaml"}
    sent = {"restaurant.bpmn": UNDRAWN}
    found = designer.post("/drafts/restaurant/check", data=sent, headers=JSON).json or {}
    assert {fault["file"] for fault in found["faults"]} == {"catalogue.yaml"}


def test_a_new_diagram_begins_as_an_empty_sheet(designer: FlaskClient) -> None:
    known = room(designer, "/drafts/restaurant/diagram?file=item_special")
    assert known["file"] == "item_special.bpmn" and 'id="item_special"' in known["blank"]
    assert designer.get("/drafts/restaurant/diagram/..%2Fx").status_code == 404
    assert designer.get("/drafts/restaurant/diagram?file=a+b").status_code == 422
    assert designer.get("/drafts/nothing/diagram/x.bpmn").status_code == 404


@pytest.mark.parametrize(
    ("expression", "values", "answer"),
    [
        ('"R09" in items', '{"items": ["R09"]}', {"names": ["items"], "result": True}),
        ('"R09" in items', "[1]", {"names": ["items"], "fault": "没有变量 items"}),
        ("items >", "", {"names": [], "fault": "语法有误"}),
        ("n / 0 > 1", '{"n": 1}', {"names": ["n"], "fault": "除数为零"}),
        ("1 + 1", "{", {"names": [], "result": 2}),
    ],
)
def test_an_expression_is_tried_with_sample_values(
    designer: FlaskClient, expression: str, values: str, answer: dict[str, Any]
) -> None:
    sent = {"expression": expression, "values": values}
    found = designer.post("/drafts/restaurant/try", data=sent, headers=JSON).json or {}
    assert found["names"] == answer["names"]
    assert found.get("result") == answer.get("result")
    assert answer.get("fault", "") in found.get("fault", "")


def test_a_file_without_a_picture_comes_back_with_one(designer: FlaskClient) -> None:
    found = designer.post("/drafts/restaurant/layout", data={"text": UNDRAWN}, headers=JSON).json
    assert "BPMNShape" in (found or {})["text"]
    refused = designer.post("/drafts/restaurant/layout", data={"text": "<a/>"}, headers=JSON)
    assert refused.status_code == 422 and (refused.json or {})["code"] == "diagram_unreadable"


def test_a_new_process_begins_with_a_sheet_and_the_processes_of_items(
    designer: FlaskClient, hall: Hall
) -> None:
    begun = designer.post("/drafts", data={"process": "hotel", "name": "开旅馆"})
    assert begun.location == "/drafts/hotel/diagram/hotel.bpmn"
    with hall.services.database.readers() as session:
        files = {name: row.text for name, row in drafts.files(session, "hotel").items()}
    assert {"hotel.bpmn", "item_two_step.bpmn", "commitment_check.bpmn"} <= files.keys()
    assert 'name="开旅馆"' in files["hotel.bpmn"]
    for process_id, name in (("hotel", "又一个"), ("restaurant", "餐饮"), ("1a", "x"), ("b", "")):
        refused = designer.post("/drafts", data={"process": process_id, "name": name})
        assert refused.location == "/processes"
    page = designer.get("/processes").text
    assert "已经有代号为 hotel 的流程" in page and "请填写流程代号" in page
