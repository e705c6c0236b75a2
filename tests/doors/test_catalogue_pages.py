"""目录: every record of a catalogue in a form; nothing of it is lost, nothing wrong is kept."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from server.catalogue_form import filled, read_record
from tests.doors.people import someone
from tests.hall import Hall
from workflows.catalogue import draw, load
from workflows.catalogue.fields import SECTIONS, SINGLE, change, code_key, fields_of
from workflows.catalogue.places import records_in, tree
from workflows.drawing import drafts
from workflows.drawing.bundle import CATALOGUE
from workflows.permissions import Role

ROOM = "/drafts/restaurant/catalogue"


@pytest.fixture
def designer(app: Flask, hall: Hall) -> FlaskClient:
    """A designer who has begun a draft of the restaurant."""
    client = someone(app, hall, Role.DESIGNER, "")
    assert client.post("/drafts/restaurant/begin").status_code == 303
    return client


def file(hall: Hall, name: str = CATALOGUE, process: str = "restaurant") -> str:
    with hall.read() as session:
        return drafts.files(session, process)[name].text


def form_of(hall: Hall, section: str, code: str = "") -> MultiDict[str, str]:
    """The form of a record as a browser would send it back."""
    key = code_key(section)
    known = records_in(tree(file(hall)), section)
    record = known[0] if section in SINGLE else next(one for one in known if one[key] == code)
    with hall.read() as session:
        revision = drafts.files(session, "restaurant")[CATALOGUE].revision
    return MultiDict([*sent_back(section, record).items(multi=True), ("revision", str(revision))])


def sent_back(section: str, record: dict[str, Any]) -> MultiDict[str, str]:
    """The fields as they are shown; a box that is not ticked is not sent."""
    data = filled(fields_of(SECTIONS[section]), record)
    for name in [name for name, value in data.items() if value == "false" and name != "default"]:
        del data[name]
    return data


def test_every_record_that_is_sent_back_as_it_was_shown_changes_no_character(
    designer: FlaskClient, hall: Hall
) -> None:
    text = file(hall)
    known = tree(text)
    for section in SECTIONS:
        for record in records_in(known, section):
            code = str(record.get(code_key(section)))
            after = read_record(fields_of(SECTIONS[section]), sent_back(section, record))
            path = (section,) if section in SINGLE else (section, code)
            assert change(text, path, record, after) == text, path
    for page in (f"{ROOM}/items/R08", f"{ROOM}/rules/-", f"{ROOM}/materials/-"):
        assert designer.get(page).status_code == 200
    answer = designer.post(f"{ROOM}/items/R08", data=form_of(hall, "items", "R08"))
    assert (answer.status_code, file(hall)) == (303, text)


def test_an_item_is_changed_in_all_its_fields_and_the_diagram_goes_along(
    designer: FlaskClient, hall: Hall
) -> None:
    form = form_of(hall, "items", "R13")
    more = {
        "promised": "2wd", "fee.amount": "20 元", "note": "现场办：可加急",
        "after.0.item": "R08", "after.0.gate": "start", "after.0.basis": "某条例第三条",
        "special.0.name": "现场检验", "special.0.kind": "inspection", "special.0.cap": "5wd",
        "special.0.stops_clock": "true", "onsite": "G1", "needed": "area_m2 > 50",
        "fields.0.field": "seats", "fields.0.right": "hide",
    }  # fmt: skip
    for name, value in more.items():
        form[name] = value
    form.setlist("materials", ["M16"])
    form.setlist("consult", ["XF", "GA"])
    assert designer.post(f"{ROOM}/items/R13", data=form).status_code == 303
    catalogue = load(file(hall), "restaurant")
    item = catalogue.item("R13")
    assert (item.materials, item.consult, item.onsite) == (("M16",), ("XF", "GA"), "G1")
    assert (str(item.promised), item.note) == ("2wd", "现场办：可加急")
    assert item.fee is not None and item.fee.amount == "20 元"
    assert item.special[0].stops_clock and str(item.special[0].cap) == "5wd"
    assert (item.after[0].item, item.fields[0].right) == ("R08", "hide")
    assert file(hall, "restaurant.bpmn") == draw(catalogue, "restaurant")
    late = form_of(hall, "items", "R13")
    late["revision"], late["note"] = "1", "又改了"
    refused = designer.post(f"{ROOM}/items/R13", data=late)
    assert refused.status_code == 409
    assert "又改了" in refused.text, "what was written stays in the form"
    assert "又改了" not in file(hall)


def test_what_is_refused_is_said_at_its_field_and_changes_nothing(
    designer: FlaskClient, hall: Hall
) -> None:
    before = file(hall)
    for section, code, wrong, at in (
        ("items", "R08", {"promised": "99wd"}, "f-promised"),
        ("items", "R08", {"department": "YH"}, "f-department"),
        ("items", "R08", {"result": ""}, "f-result"),
        ("items", "R08", {"fee.amount": "50 元"}, "f-fee"),
        ("items", "R08", {"special.0.kind": "lunch"}, "f-special"),
        ("items", "R08", {"basic_code": "12"}, "f-basic_code"),
        ("theme", "", {"cap": "60wd"}, "f-cap"),
        ("rules", "", {"warn.ratio": "viel"}, "f-warn"),
        ("materials", "M08", {"criterion": " "}, "f-criterion"),
        ("questionnaire", "area_m2", {"default": "是"}, "f-default"),
    ):
        form = form_of(hall, section, code)
        for name, value in wrong.items():
            form[name] = value
        answer = designer.post(f"{ROOM}/{section}/{code or '-'}", data=form)
        assert answer.status_code == 422, wrong
        assert f'<a href="#{at}">' in answer.text, wrong
    gone = designer.post(f"{ROOM}/departments/SJ/remove", data={"revision": "1"})
    assert gone.status_code == 422
    assert "没有编号为“SJ”的部门" in gone.text
    assert f"{ROOM}/items/R08" in gone.text, "where it is mended"
    assert file(hall) == before
    assert designer.get(f"{ROOM}/items/R99").status_code == 422
    assert designer.get(f"{ROOM}/nothing").status_code == 404


def test_a_record_is_added_and_taken_out_again_and_until_it_is_whole_nothing_is_published(
    designer: FlaskClient, hall: Hall
) -> None:
    text = file(hall)
    material = {"code": "M99", "name": "消毒合同", "source": "申请人", "need": "required",
                "criterion": "在合同期内", "revision": "1"}  # fmt: skip
    assert designer.post(f"{ROOM}/materials/-", data=material).status_code == 303
    assert "没有事项需要材料“消毒合同”" in designer.get(ROOM).text
    assert designer.post("/drafts/restaurant/check").json != {"faults": []}
    item = {"code": "R99", "name": "餐具消毒备案", "name_en": "Dishes", "department": "WJ",
            "kind": "公共服务", "process": "instant", "promised": "1wd", "materials": "M99",
            "result": "备案回执", "source": "某条例第五条", "revision": "2"}  # fmt: skip
    assert designer.post(f"{ROOM}/items/-", data=item).status_code == 303
    assert "目录没有问题" in designer.get(ROOM).text
    assert designer.post("/drafts/restaurant/check").json == {"faults": []}, "the diagram as well"
    twice = designer.post(f"{ROOM}/items/-", data=item | {"revision": "3"})
    assert twice.status_code == 422
    assert "用了两次" in twice.text
    for place in ("items/R99", "materials/M99"):
        revision = {"revision": form_of(hall, "theme")["revision"]}
        assert designer.post(f"{ROOM}/{place}/remove", data=revision).status_code == 303
    assert file(hall) == text
    assert file(hall, "restaurant.bpmn") == draw(load(text, "restaurant"), "restaurant")


def test_who_designs_sees_which_duties_of_a_department_nobody_has(
    designer: FlaskClient, hall: Hall
) -> None:
    assert "已配齐" in designer.get(f"{ROOM}/departments").text
    one = {"code": "ZZ", "name": "某局", "name_en": "Some office", "revision": "1"}
    assert designer.post(f"{ROOM}/departments/-", data=one).status_code == 303
    page = designer.get(f"{ROOM}/departments").text
    assert "缺：承办、审核、批准、主要负责人" in page


def test_a_catalogue_begins_with_nothing_but_rules(designer: FlaskClient, hall: Hall) -> None:
    assert designer.post("/drafts/cafe/begin").status_code == 303
    room = "/drafts/cafe/catalogue"
    assert "还没有目录" in designer.get(room).text
    office = {"code": "SJ", "name": "市监局", "name_en": "Market", "enforcement_subject": "true",
              "revision": "1"}  # fmt: skip
    assert designer.post(f"{room}/departments/-", data=office).status_code == 303
    theme = {"code": "CAFE", "name": "开咖啡店", "name_en": "A café", "lead": "SJ", "region": "cn",
             "promised": "5wd", "cap": "45wd", "cap_extension": "15wd", "source": "自定",
             "revision": "2"}  # fmt: skip
    assert designer.post(f"{room}/theme/-", data=theme).status_code == 303
    paper = {"code": "M1", "name": "申请表", "source": "申请人", "need": "required",
             "criterion": "填写齐全", "revision": "3"}  # fmt: skip
    assert designer.post(f"{room}/materials/-", data=paper).status_code == 303
    item = {"code": "A1", "name": "登记", "name_en": "Registration", "department": "SJ",
            "kind": "即办件", "process": "instant", "promised": "1wd", "materials": "M1",
            "result": "执照", "source": "某条例", "revision": "4"}  # fmt: skip
    assert designer.post(f"{room}/items/-", data=item).status_code == 303
    assert "目录没有问题" in designer.get(room).text
    assert load(file(hall, process="cafe"), "cafe").item("A1").name == "登记"
    assert designer.post("/drafts/cafe/redraw", data={"revision": "0"}).status_code == 303
    assert designer.post("/drafts/cafe/check").json == {"faults": []}


def test_a_text_that_somebody_broke_is_shown_with_its_faults_and_mended_where_it_can_be(
    designer: FlaskClient, hall: Hall
) -> None:
    whole = file(hall)
    address = f"/drafts/restaurant/files/{CATALOGUE}"
    designer.post(address, data={"text": "theme: [1\nitems: 2\n", "revision": "1"})
    assert "不合 YAML 写法" in designer.get(ROOM).text
    office = {"code": "ZZ", "name": "某局", "name_en": "Some office", "revision": "2"}
    for place in ("departments/-", "theme/-", "import"):
        assert designer.post(f"{ROOM}/{place}", data=office).status_code == 422, place
    without = whole[: whole.index("theme:")] + whole[whole.index("rules:") :]
    designer.post(address, data={"text": without, "revision": "2"})
    assert "缺少“主题" in designer.get(ROOM).text
    form = sent_back("theme", records_in(tree(whole), "theme")[0])
    form["revision"] = "3"
    assert designer.post(f"{ROOM}/theme/-", data=form).status_code == 303
    assert load(file(hall), "restaurant") == load(whole, "restaurant")
