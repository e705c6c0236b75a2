"""Departments file and record inspections on pages, and everybody sees who goes where."""

import re
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.doors.people import JSON
from tests.hall import Hall
from tests.inspecting import ENTERPRISE, FILED, RESULT, approved, filed, visits

FORM = {
    "token": "t", "enterprise": FILED.enterprise, "enterprise_number": ENTERPRISE.lower(),
    "kind": "planned", "matter": FILED.matter, "basis": FILED.basis, "from_on": "2026-03-09",
    "to_on": "2026-03-13",
}  # fmt: skip


def as_(app: Flask, hall: Hall, username: str) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = str(hall.actor(username).person_id)
    return client


def test_it_is_filed_approved_and_recorded(app: Flask, hall: Hall) -> None:
    handler, approver = as_(app, hall, "sj.handler"), as_(app, hall, "sj.approver")
    address = handler.post("/inspections/new", data=FORM).location
    assert "待审批" in handler.get(address).text
    assert "approve_inspection" not in handler.get(address).text
    assert "approve_inspection" in approver.get(address).text
    approver.post(f"{address}/approve_inspection", data={"approved": "true"})
    hall.at("2026-03-11T09:00")
    form: dict[str, Any] = {"done_on": "2026-03-10", "inspectors": RESULT.inspectors}
    form |= {"problems": "true", "result": "两种调料没有进货票据"}
    assert handler.post(f"{address}/record_inspection", data=form).status_code == 303
    page = as_(app, hall, "supervisor").get(address).text
    assert "两种调料没有进货票据" in page and "已检查" in page and "发现问题" in page


def test_one_too_many_and_one_alone_are_refused_with_what_was_written(
    app: Flask, hall: Hall
) -> None:
    filed(hall)
    other = as_(app, hall, "xf.handler")
    page = other.post("/inspections/new", data=FORM)
    assert page.status_code == 422
    assert "请选择与其联合检查" in page.text and f'value="{ENTERPRISE.lower()}"' in page.text
    told = other.post("/inspections/new", data=FORM, headers=JSON)
    assert told.get_json()["code"] == "others_come_too"
    assert other.post("/inspections/new", data=FORM | {"joint": "SJ"}).status_code == 303
    missing = other.post("/inspections/new", data={"token": "u"})
    assert missing.status_code == 422 and "请填写，或更正这一项" in missing.text


def test_nobody_does_what_is_another_departments(app: Flask, hall: Hall) -> None:
    one = approved(hall)
    stranger = as_(app, hall, "xf.handler")
    assert "取消这次检查" not in stranger.get(f"/inspections/{one.number}").text
    refused = stranger.post(f"/inspections/{one.number}/cancel_inspection", data={"reason": "不去"})
    assert refused.status_code == 403
    assert stranger.post(f"/inspections/{one.number}/receive").status_code == 404
    assert stranger.get("/inspections/检〔2026〕99号").status_code == 404
    gone = stranger.post("/inspections/检〔2026〕99号/cancel_inspection", data={"reason": "不去"})
    assert gone.status_code == 404


def test_the_list_begins_with_ones_own_and_is_filtered(app: Flask, hall: Hall) -> None:
    visits(hall, date(2026, 3, 2))
    own = as_(app, hall, "xf.handler").get("/inspections").text
    assert own.count('<td class="title">') == 1
    supervisor = as_(app, hall, "supervisor")
    assert supervisor.get("/inspections").text.count('<td class="title">') == 4
    assert supervisor.get("/inspections?state=done").text.count('<td class="title">') == 1
    assert supervisor.get("/inspections?q=集团").text.count('<td class="title">') == 1
    assert "没有这样的检查" in supervisor.get("/inspections?q=100%25").text
    assert supervisor.get("/inspections?state=none&page=x").status_code == 200


def test_the_figures_are_those_of_the_year(app: Flask, hall: Hall) -> None:
    visits(hall, date(2026, 3, 2))
    page = as_(app, hall, "supervisor").get("/inspections/figures").text
    cells = re.findall(r"<td class=\"text-end[^>]*>([^<]*)</td>", page)
    rows = [cells[at : at + 6] for at in range(0, len(cells), 6)]
    assert rows == [
        ["2", "—", "—", "—", "—", "—"],
        ["1", "—", "—", "1", "—", "—"],
        ["1", "1", "1", "—", "—", "1"],
    ]
    assert "这一年没有检查" in as_(app, hall, "mayor").get("/inspections/figures?year=2025").text
