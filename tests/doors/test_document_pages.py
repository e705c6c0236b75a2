"""文书: what a case can have in its state and who reads what in it; templates as they are drawn."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.documents.reading import text_of
from tests.doors.people import JSON, someone
from tests.doors.test_form_files import HIDDEN
from tests.doors.test_moving_pages import browser
from tests.drafting import begun
from tests.hall import LARGE, Hall
from workflows.actions.confirm_decline import ConfirmDecline
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.publish_process import PublishProcess
from workflows.drawing import drafts
from workflows.models import Person
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role

ROOM = "/drafts/restaurant/documents"
BAD = '// 坏 / Bad\n#import "_head.typ": *\n#show: sheet.with(paper.title)\n\n#applicant.nickname\n'


def printed(client: FlaskClient, address: str) -> str:
    """The text of a document, without blanks and ends of lines."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    return "".join(text_of(answer.data).split())


def listed(client: FlaskClient, number: str) -> list[str]:
    """The documents that the page of a case offers: name, and item if it is of one."""
    found = re.findall(rf"/cases/{number}/documents/([^\"]+)", client.get(f"/cases/{number}").text)
    return [one.replace(".pdf", "").replace("?item=", " ") for one in found]


def test_a_case_has_the_documents_of_what_has_happened(app: Flask, hall: Hall, case: str) -> None:
    clerk = someone(app, hall, Role.WINDOW, case)
    assert listed(clerk, case) == ["receipt", "one_time_notice", "supplement"]
    told = printed(clerk, f"/cases/{case}/documents/supplement.pdf")
    assert case in told and "没有提交" in told and "BZ〔2026〕" in told
    refused = clerk.get(f"/cases/{case}/documents/acceptance.pdf")
    assert refused.status_code == 409 and "现在还不能出这份文书" in refused.text
    assert clerk.get(f"/cases/{case}/documents/nothing.pdf").status_code == 404
    assert clerk.get("/cases/123/documents/receipt.pdf").status_code == 404


def test_acceptance_and_decisions_say_what_the_record_says(app: Flask, hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.grant(number, "R13")
    hall.refuse(number, "R10")
    clerk = browser(app, hall, "window1")
    assert listed(clerk, number) == ["receipt", "acceptance", "grant R13", "refusal R10"]
    due = hall.deadline(number, Clock.CASE, Basis.PROMISED).due_at
    assert due is not None
    accepted = printed(clerk, f"/cases/{number}/documents/acceptance.pdf")
    assert "金味餐饮有限公司" in accepted and f"{due.month}月{due.day}日前办结" in accepted
    assert "预览件，未编号" in accepted
    refusal = printed(clerk, f"/cases/{number}/documents/refusal.pdf?item=R10")
    assert "依法决定" in refusal and "城市管理局" in refusal and "行政复议" in refusal
    assert str(hall.item(number, "R10").document_number).replace(" ", "") in refusal
    granted = printed(clerk, f"/cases/{number}/documents/grant.pdf?item=R13")
    assert hall.item(number, "R13").name in granted
    assert clerk.get(f"/cases/{number}/documents/grant.pdf?item=R10").status_code == 409


def test_what_was_not_accepted_has_its_reasons_and_remedies(app: Flask, hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, Decline(DeclineGround.NOT_COMPETENT, "属于县级职权", "县局"))
    clerk = browser(app, hall, "window1")
    assert "decline" not in listed(clerk, number)
    hall.act("lead", number, ConfirmDecline(True, "同意"))
    assert "decline" in listed(clerk, number)
    told = printed(clerk, f"/cases/{number}/documents/decline.pdf")
    assert "属于县级职权" in told and "请向县局申请" in told and "第三十二条第一款第二项" in told


def test_the_query_code_is_for_the_window_and_the_applicant_only(
    app: Flask, hall: Hall, case: str
) -> None:
    code = hall.case(case).query_code
    address = f"/cases/{case}/documents/receipt.pdf"
    at_window = printed(someone(app, hall, Role.WINDOW, case), address)
    assert code in at_window and "收件人：李芳" in at_window
    assert code not in printed(someone(app, hall, Role.AUDITOR, case), address)
    own = printed(someone(app, hall, Role.APPLICANT, case), "/track/receipt.pdf")
    assert code in own and "李芳" not in own
    assert someone(app, hall, None, case).get("/track/receipt.pdf").status_code == 404


def test_a_field_that_a_department_does_not_see_is_not_in_its_documents(
    app: Flask, hall: Hall
) -> None:
    template = "// 表\n#let data = json(bytes(sys.inputs.data))\n#data.form.values().join()"
    upload = hall.upload((HIDDEN, HIDDEN.replace("[{", "[{field: shop_name, right: hide}, {")))
    hall.act("designer1", "restaurant", replace(upload, others={"table.typ": template}))
    hall.act("designer2", "restaurant@2", PublishProcess())
    number = hall.receive(form={"applicant_name": "金味餐饮有限公司", "shop_name": "味美"})
    address = f"/cases/{number}/documents/table.pdf"
    assert "味美" in printed(browser(app, hall, "window1"), address)
    assert "味美" not in printed(browser(app, hall, "yc.handler"), address)


# -- the drawing room -----------------------------------------------------------------------------


@pytest.fixture
def designer(app: Flask, hall: Hall) -> FlaskClient:
    begun(hall)
    return browser(app, hall, "designer1")


def text_in(hall: Hall, file: str) -> str:
    with hall.read() as session:
        return drafts.files(session, "restaurant")[file].text


def test_a_template_begins_with_a_built_in_one_and_takes_its_place(
    hall: Hall, designer: FlaskClient
) -> None:
    page = designer.get(ROOM).text
    assert page.count("系统自带") >= 7 and "各文书共同的部分" in page
    sent = {"name": "receipt", "like": "receipt"}
    begun = designer.post(ROOM, data=sent)
    assert begun.status_code == 303 and begun.location == f"{ROOM}/receipt"
    assert text_in(hall, "receipt.typ").startswith("// 申请材料接收凭证")
    assert designer.post(ROOM, data=sent).status_code == 422
    assert designer.post(ROOM, data={"name": "../x"}).status_code == 422
    assert "本流程的" in designer.get(ROOM).text
    assert designer.post(ROOM, data={"name": "memo", "like": ""}).status_code == 303
    assert "#sign(hall.name" in text_in(hall, "memo.typ")


def test_a_page_is_previewed_without_a_script_and_nothing_typed_is_lost(
    hall: Hall, designer: FlaskClient
) -> None:
    designer.post(ROOM, data={"name": "receipt", "like": "receipt"})
    text = text_in(hall, "receipt.typ").replace("收到的材料如下", "清单如下")
    form = {"text": text, "revision": 1, "act": "preview"}
    shown = designer.post(f"{ROOM}/receipt", data=form).text
    assert "data:image/png;base64," in shown and "清单如下" in shown
    assert "清单如下" not in text_in(hall, "receipt.typ")
    saved = designer.post(f"{ROOM}/receipt", data={**form, "act": "save"})
    assert saved.status_code == 303 and "清单如下" in text_in(hall, "receipt.typ")
    late = designer.post(f"{ROOM}/receipt", data={**form, "act": "save", "text": "我的"})
    assert late.status_code == 409
    assert "我的</textarea>" in late.text and 'name="revision" value="2"' in late.text


def test_a_fault_leads_to_its_line_and_keeps_the_process_from_publication(
    hall: Hall, designer: FlaskClient
) -> None:
    designer.post(ROOM, data={"name": "bad"})
    shown = designer.post(f"{ROOM}/bad/preview", data={"text": BAD}).text
    assert 'data-line="5"' in shown and "数据里没有“nickname”这一项" in shown
    saved = {"text": BAD, "revision": 1, "act": "save"}
    assert designer.post(f"{ROOM}/bad", data=saved).status_code == 303
    faults = designer.post("/drafts/restaurant/check").json
    assert faults is not None
    [fault] = faults["faults"]
    assert (fault["file"], fault["line"]) == ("bad.typ", 5)
    note = {"note": "加一份文书"}
    refused = designer.post("/drafts/restaurant/hand-in", data=note)
    assert refused.status_code == 422 and "bad.typ:5" in refused.text
    mended = {"text": BAD.replace("nickname", "name"), "revision": 2, "act": "save"}
    assert designer.post(f"{ROOM}/bad", data=mended).status_code == 303
    assert designer.post("/drafts/restaurant/check").json == {"faults": []}
    assert designer.post("/drafts/restaurant/hand-in", data=note, headers=JSON).status_code == 303


def test_an_own_head_answers_for_the_built_in_documents(hall: Hall, designer: FlaskClient) -> None:
    designer.post(ROOM, data={"name": "_head", "like": "_head"})
    text = text_in(hall, "_head.typ").replace("#let remedies", "#let remedy")
    sent = {"_head.typ": text, "w.typ": "// when: soon", "main.typ": "x"}
    faults = designer.post("/drafts/restaurant/check", data=sent).json
    assert faults is not None
    found = {(one["file"], one["line"]) for one in faults["faults"]}
    assert {("w.typ", 1), ("main.typ", 1)} < found
    assert {name for name, _line in found} >= {"decline.typ", "refusal.typ"}


def test_only_who_sees_cases_previews_with_a_real_one(hall: Hall, designer: FlaskClient) -> None:
    number = hall.receive()
    form = {"text": '#import "_head.typ": *\n#panic(applicant.name)', "case": number}
    shown = designer.post(f"{ROOM}/receipt/preview", data=form).text
    assert "示例餐饮" in shown and "金味餐饮" not in shown
    assert 'name="case"' not in designer.get(f"{ROOM}/receipt").text
    with hall.services.database.writers() as session, session.begin():
        person = session.get(Person, hall.actor("designer1").person_id)
        assert person is not None
        person.roles = ["designer", "window"]
    assert 'name="case"' in designer.get(f"{ROOM}/receipt").text
    assert "金味餐饮" in designer.post(f"{ROOM}/receipt/preview", data=form).text
    form["text"] = "// 受理\n// when: accepted\n"
    unfit = designer.post(f"{ROOM}/acceptance/preview", data=form).text
    assert "它现在还不能出这份文书" in unfit


def test_the_page_of_names_says_every_name_in_both_languages(designer: FlaskClient) -> None:
    page = designer.get("/drafts/restaurant/document-fields").text
    for name in ("case.due_on", "form.shop_name", "supplement.due_on", "criterion", "remedies"):
        assert name in page
    assert "承诺办结的日期" in page and "2026年3月" in page
