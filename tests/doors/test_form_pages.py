"""The forms of a draft: begun, shown, and tried; what is wrong with them."""

import json
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.doors.people import JSON, someone
from tests.files import PNG
from tests.hall import Hall
from workflows.drawing import drafts
from workflows.permissions import Role

FORMS = "/drafts/restaurant/forms"
#: A form with a condition, a table, a computed value and a file.
VISIT: dict[str, Any] = {
    "type": "default", "id": "visit", "components": [
        {"type": "radio", "key": "kind", "label": "结论", "validate": {"required": True},
         "values": [{"value": "good", "label": "合格"}, {"value": "bad", "label": "不合格"}]},
        {"type": "textarea", "key": "why", "label": "问题",
         "conditional": {"hide": '=kind == "good"'},
         "validate": {"requiredWhen": '=kind == "bad"'}},
        {"type": "dynamiclist", "path": "rooms", "label": "房间", "components": [
            {"type": "textfield", "key": "name", "label": "名称"},
            {"type": "number", "key": "area", "label": "面积"}]},
        {"type": "expression", "key": "total", "label": "总面积", "expression": "=sum(rooms_area)"},
        {"type": "filepicker", "key": "photo", "label": "照片", "validate": {"required": True}},
    ],
}  # fmt: skip
ANSWERS = {"form.tried": "1", "kind": "good", "rooms.0.name": "厨房", "rooms.0.area": "12.5",
           "rooms.1.name": "前厅", "rooms.1.area": "30"}  # fmt: skip


@pytest.fixture
def designer(app: Flask, hall: Hall, case: str) -> FlaskClient:
    """A designer with a draft of a published process."""
    client = someone(app, hall, Role.DESIGNER, case)
    assert client.post("/drafts/restaurant/begin").status_code == 303
    return client


def saved(hall: Hall) -> dict[str, str]:
    """The files of the draft as they are kept."""
    with hall.services.database.readers() as session:
        return {name: row.text for name, row in drafts.files(session, "restaurant").items()}


def save(client: FlaskClient, form: str, schema: object) -> None:
    """Put a form into the draft."""
    sent = {"text": json.dumps(schema, ensure_ascii=False, indent=2), "revision": 0}
    assert client.post(f"/drafts/restaurant/files/{form}.form.json", data=sent).status_code == 303


def check(client: FlaskClient, file: str, text: str) -> list[dict[str, Any]]:
    """What is wrong with a file as it is being written."""
    found = client.post("/drafts/restaurant/check", data={file: text}, headers=JSON).json or {}
    return [fault for fault in found["faults"] if fault["file"] == file]


def test_the_list_says_where_each_form_is_used_and_what_is_wrong_with_it(
    designer: FlaskClient, hall: Hall
) -> None:
    save(designer, "odd", {"components": [{"type": "button"}]})
    page = designer.get(FORMS).text
    assert "申请表：窗口收件时填写" in page and "没有环节使用" in page
    assert "item_two_step.bpmn" in page and "type: button" in page
    english = designer.get(f"{FORMS}?lang=en")
    assert english.status_code == 200


def test_a_new_form_passes_the_check_and_its_name_is_its_own(
    designer: FlaskClient, hall: Hall
) -> None:
    begun = designer.post(FORMS, data={"name": "visit", "title": "踏勘记录"})
    assert begun.location == f"{FORMS}/visit"
    assert "踏勘记录" in saved(hall)["visit.form.json"]
    assert check(designer, "visit.form.json", saved(hall)["visit.form.json"]) == []
    copied = {"name": "second", "title": "复核", "copy": "visit"}
    assert designer.post(FORMS, data=copied).location == f"{FORMS}/second"
    assert json.loads(saved(hall)["second.form.json"])["id"] == "second"
    before = saved(hall)
    for name, title, copy in (
        ("visit", "又一张", ""), ("1a", "数字开头", ""), ("a.b", "点", ""), ("good", "", ""),
        ("good", "没有的", "nothing"), ("../a", "外面", ""),
    ):  # fmt: skip
        refused = designer.post(FORMS, data={"name": name, "title": title, "copy": copy})
        assert refused.location == FORMS
    assert saved(hall) == before
    page = designer.get(FORMS).text
    assert "已经有表单 visit" in page and "请填写表单代号" in page


def test_the_page_of_a_form_knows_what_a_form_may_consist_of(designer: FlaskClient) -> None:
    page = designer.get(f"{FORMS}/application").text
    text = page.partition('data-form-designer="')[2].partition('"')[0]
    room = json.loads(text.replace("&#34;", '"').replace("&amp;", "&"))
    assert "dynamiclist" in room["types"] and "filepicker" not in room["cells"]
    assert "credit_code" in room["texts"] and ".pdf" in room["endings"]
    assert room["searchable"] and room["save"].endswith("/files/application.form.json")
    assert "<noscript>" in page and 'name="revision" value="1"' in page
    assert designer.get(f"{FORMS}/nothing").status_code == 422
    assert designer.get("/drafts/nothing/forms").status_code == 404


def test_the_rights_of_steps_stand_beside_the_fields_of_the_application(
    designer: FlaskClient, hall: Hall
) -> None:
    page = designer.get(f"{FORMS}/application").text
    table = page.partition('class="table table-sm rights"')[2].partition("</table>")[0]
    assert table.count('class="right-hide"') == 6  # two fields, three steps of R12
    assert table.count('class="right-write"') == 2
    assert "/drafts/restaurant/diagram/item_three_step.bpmn" in table
    assert "/drafts/restaurant/catalogue/items/R08" in table


def test_a_hostile_form_is_refused_with_its_place_and_the_reason(designer: FlaskClient) -> None:
    def wrong(component: object, **more: Any) -> list[dict[str, Any]]:
        schema = {"id": "x", "components": [component], **more}
        return check(designer, "x.form.json", json.dumps(schema, indent=1))

    field = {"type": "textfield", "key": "area", "label": "甲"}
    for component, reason in (
        ({"type": "script", "key": "a"}, "type: script"),
        ({**field, "validate": {"pattern": "(a+)+$"}}, "pattern"),
        ({**field, "validate": {"pattern": "a{0,99999999999}"}}, "pattern"),
        ({**field, "label": "{{ 7 * 7 }}"}, "label"),
        ({**field, "key": "__class__.x"}, "key"),
        ({**field, "conditional": {"hide": "=().__class__"}}, "不支持"),
        ({**field, "conditional": {"hide": "=" + "(" * 900 + "1" + ")" * 900}}, "表达式"),
        ({**field, "validate": {"min": {"a": 1}}}, "validate.min"),
        ({**field, "layout": {"columns": 10**9}}, "columns"),
        ({"type": "dynamiclist", "path": "t", "label": "表", "components": [field],
          "defaultRepetitions": 10**9}, "defaultRepetitions"),
        ([], "不是对象"),
    ):  # fmt: skip
        (fault,) = wrong(component)
        assert fault["place"] == [0] and reason in fault["sentence"], component
    (deep,) = check(designer, "x.form.json", "[" * 100_000)[:1] or [{"sentence": ""}]
    answer = designer.post("/drafts/restaurant/check", data={"x.form.json": "[" * 100_000})
    assert "x.form.json" in json.dumps(answer.json, ensure_ascii=False) and deep is not None
    handed = designer.post(f"{FORMS}/application/trial", data={"form.text": "[" * 100_000})
    assert "不是可读的 JSON" in handed.text


def test_what_cannot_be_written_down_is_refused_and_no_page_breaks(designer: FlaskClient) -> None:
    field = {"type": "textfield", "key": "a", "label": "甲"}
    for wrong in (
        {**field, "label": "\ud800"}, {**field, "key": "\ud800"}, {**field, "label": "\x00"},
        {**field, "validate": {"min": float("nan")}}, {"type": "\udfff"},
    ):  # fmt: skip
        text = json.dumps({"id": "x", "components": [wrong]})
        (fault,) = check(designer, "x.form.json", text)
        assert "不能保存的字符或数字" in fault["sentence"]
    sent = {"text": text.replace("type", "key"), "revision": 0}
    assert designer.post("/drafts/restaurant/files/x.form.json", data=sent).status_code == 303
    for page in ("/drafts/restaurant", FORMS, f"{FORMS}/x", f"{FORMS}/x/trial"):
        assert designer.get(page).status_code == 200
    assert designer.post(f"{FORMS}/x/trial", data={"form.text": text}).status_code == 200


def test_an_application_without_what_every_case_needs_is_not_handed_in(
    designer: FlaskClient, hall: Hall
) -> None:
    file = "application.form.json"
    lacking = saved(hall)[file].replace('"contact_phone"', '"phone"')
    assert designer.post(
        f"/drafts/restaurant/files/{file}", data={"text": lacking, "revision": 1}
    ).status_code == 303  # fmt: skip
    (fault,) = check(designer, file, lacking)
    assert "contact_phone" in fault["sentence"]
    refused = designer.post("/drafts/restaurant/hand-in", data={"note": "少一项"})
    assert refused.status_code == 422 and "contact_phone" in refused.text


def test_a_form_is_tried_as_it_is_being_drawn_and_nothing_is_kept(
    designer: FlaskClient, hall: Hall
) -> None:
    before = saved(hall)
    text = json.dumps(VISIT)
    address = f"{FORMS}/opinion/trial"
    first = designer.post(address, data={"form.text": text}).text
    assert "正在画的表单" in first and "总面积" in first and "error-summary" not in first
    missing = designer.post(address, data={"form.text": text, **ANSWERS, "kind": "bad"}).text
    assert "请填写“问题”" in missing and "请选择“照片”" in missing and "厨房" in missing
    photo = {"photo.file": (BytesIO(PNG), "店面.png")}
    good = designer.post(address, data={"form.text": text, **ANSWERS, **photo}).text
    assert "填写正确" in good and "42.5" in good and "厨房 · 12.5" in good and "合格" in good
    assert "试填时不保存文件" in good and "<dt>问题</dt>" not in good
    more = designer.post(address, data={"form.text": text, **ANSWERS, "more": "rooms"}).text
    assert 'name="rooms.2.area"' in more and "填写正确" not in more and "error-summary" not in more
    assert saved(hall) == before
    assert not list(hall.services.settings.attachments.glob("**/*.*"))


def test_a_saved_form_is_tried_without_scripts_and_a_broken_one_says_why(
    designer: FlaskClient,
) -> None:
    save(designer, "visit", VISIT)
    page = designer.get(f"{FORMS}/visit/trial").text
    assert "草稿里已保存的表单" in page and "form.text" not in page
    assert "请选择“结论”" in designer.post(f"{FORMS}/visit/trial", data={"form.tried": "1"}).text
    save(designer, "odd", {"components": [{"type": "textfield", "key": "area"}]})
    refused = designer.get(f"{FORMS}/odd/trial").text
    assert "改好这些问题" in refused and "odd.form.json:" in refused and "area" in refused
    assert designer.get(f"{FORMS}/nothing/trial").status_code == 422


def test_the_application_is_seen_as_a_step_sees_it(designer: FlaskClient) -> None:
    address = f"{FORMS}/application/trial"
    assert "R08.review" in designer.get(address).text
    seen = designer.post(address, data={"form.step": "R08.review", "form.switch": "1"}).text
    assert 'name="seats"' in seen and 'name="shop_name"' not in seen
    hidden = designer.post(address, data={"form.step": "R12.review", "form.switch": "1"}).text
    assert "<dt>食品从业人员</dt><dd>不显示</dd>" in hidden and 'name="seats"' not in hidden
    wrong = {"form.step": "R08.review", "form.tried": "1", "seats": "很多"}
    assert "“就餐座位数”应为数字" in designer.post(address, data=wrong).text
    assert "填写正确" in designer.post(address, data={**wrong, "seats": "40"}).text
    all_of_it = designer.post(address, data={**wrong, "form.step": "R99.nobody"}).text
    assert "请填写“店名（招牌名称）”" in all_of_it
