"""At a window: tickets, what a reader types, and a form of intake that is not lost."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.doors.people import JSON, someone
from tests.hall import Hall
from workflows.models import IntakeDraft, Ticket, TicketCase
from workflows.permissions import Role

CARD = "330702199001011234|张三|中山路 88 号|13800000000"
FORM = {
    "process": "restaurant", "token": "t1", "applicant_type": "company",
    "applicant_name": "金味餐饮有限公司", "applicant_number": "91330700MA29ABCD1G",
    "contact_name": "张三", "contact_phone": "13800000000", "contact_address": "中山路 88 号",
    "shop_name": "金味", "shop_address": "中山路 88 号", "catering_type": "hot", "truthful": "true",
}  # fmt: skip


@pytest.fixture
def clerk(app: Flask, hall: Hall, case: str) -> FlaskClient:
    return someone(app, hall, Role.WINDOW, case)


def take(app: Flask, process: str = "restaurant") -> str:
    """Somebody takes a number; where the ticket is printed."""
    return app.test_client().post("/queue", data={"process": process}).location


def draft(hall: Hall) -> IntakeDraft | None:
    with hall.read() as session:
        return session.scalars(select(IntakeDraft)).one_or_none()


def test_a_number_is_taken_without_an_account_and_says_how_many_come_before(app: Flask) -> None:
    client = app.test_client()
    assert 'value="restaurant"' in client.get("/queue").text
    assert take(app) == "/queue/tickets/A001?print=1"
    page = client.get(take(app)).text
    assert "A002" in page and "前面还有 1 人" in page and "data-print-now" in page
    assert "data-print-now" not in client.get("/queue/tickets/A002").text
    assert client.get("/queue/tickets/A003").status_code == 404
    assert client.post("/queue", data={"process": "nothing"}).status_code == 400


def test_a_clerk_calls_to_the_window_and_the_screen_shows_it(
    app: Flask, hall: Hall, clerk: FlaskClient
) -> None:
    take(app), take(app, "construction")
    assert "请填写窗口号" in clerk.post("/queue/next", follow_redirects=True).text
    page = clerk.post("/queue/next", data={"window": "3", "after": "0"}, follow_redirects=True).text
    assert "A001 到 3 号窗口" in page and "叫号（1 人等候）" in page
    screen = app.test_client().get("/queue/display").text
    assert re.search(r"A001</strong> <span>请到 3 号窗口", screen)
    assert '<noscript><meta http-equiv="refresh"' in screen
    again = clerk.post("/queue/next", data={"after": "0"}, follow_redirects=True).text
    assert "A001 到 3 号窗口" in again, "the second of two clicks calls nobody"
    missed = clerk.post("/queue/missed", data={"ticket": "1"}, follow_redirects=True).text
    assert "重呼 A001" in missed
    assert "A001" not in app.test_client().get("/queue/display").text
    assert "A002 到 3" in clerk.post("/queue/next", follow_redirects=True).text
    assert (
        "A001 到 3" in clerk.post("/queue/again", data={"ticket": "1"}, follow_redirects=True).text
    )
    assert (
        "没有人等候" in clerk.post("/queue/next", data={"after": "1"}, follow_redirects=True).text
    )


def test_intake_begins_with_the_theme_of_the_ticket_and_the_case_is_linked(
    app: Flask, hall: Hall, clerk: FlaskClient
) -> None:
    take(app, "construction"), take(app)
    clerk.post("/queue/next", data={"window": "3", "after": "0"})
    assert clerk.get("/intake").location == "/intake?process=construction"
    clerk.post("/queue/next", data={"after": "1"})
    page = clerk.get("/intake", follow_redirects=True).text
    assert 'name="ticket" value="2"' in page and "窗口前：A002" in page
    answer = clerk.post("/cases", data=FORM | {"ticket": "2"})
    assert answer.location.endswith("/receipt?print=1")
    with hall.read() as session:
        link = session.scalars(select(TicketCase)).one()
        assert session.get_one(Ticket, link.ticket_id).number == "A002"
    receipt = clerk.get(answer.location).text
    assert "data-print-now" in receipt and 'action="/queue/next"' in receipt


def test_what_is_typed_is_kept_and_comes_back_until_it_is_received(
    clerk: FlaskClient, hall: Hall
) -> None:
    saved = clerk.post("/intake/draft", data=FORM | {"materials": ["M01", "M04"]}, headers=JSON)
    assert saved.json == {"saved": True, "message": "已暂存 09:30"}
    assert clerk.get("/intake").location == "/intake?process=restaurant"
    page = clerk.get("/intake?process=restaurant").text
    assert "已恢复 2026-03-02 09:30 暂存的内容" in page
    assert 'name="token" value="t1"' in page and 'value="金味餐饮有限公司"' in page
    assert len(re.findall(r'name="materials"[^>]* checked', page)) == 2
    assert clerk.post("/cases", data=FORM).status_code == 303
    assert draft(hall) is None
    late = clerk.post("/intake/draft", data=FORM, headers=JSON)
    assert late.json == {"saved": False, "message": ""}
    assert "金味餐饮有限公司" not in clerk.get("/intake?process=restaurant").text


@pytest.mark.parametrize("given", ["五百", "nan", "-1", "1e400"])
def test_a_draft_with_what_is_no_number_is_shown_with_its_fault(
    clerk: FlaskClient, given: str
) -> None:
    clerk.post("/intake/draft", data=FORM | {"answer.area_m2": given})
    page = clerk.get("/intake?process=restaurant")
    assert page.status_code == 200
    assert f'value="{given}"' in page.text and "应填数字" in page.text


def test_another_theme_begins_with_what_was_typed(clerk: FlaskClient, hall: Hall) -> None:
    other = clerk.post("/intake/draft", data=FORM | {"to": "construction"})
    assert other.location.startswith("/intake?process=construction")
    page = clerk.get(other.location).text
    for kept in ("金味餐饮有限公司", "91330700MA29ABCD1G", "13800000000"):
        assert f'value="{kept}"' in page
    back = clerk.post("/intake/draft", data={"process": "construction", "to": "restaurant"})
    assert "shop_name" in clerk.get(back.location).text


def test_a_draft_can_be_emptied(clerk: FlaskClient, hall: Hall) -> None:
    clerk.post("/intake/draft", data=FORM)
    page = clerk.post("/intake/discard", data=FORM, follow_redirects=True).text
    assert "已清空" in page and "金味餐饮有限公司" not in page
    assert draft(hall) is None


def test_the_form_of_one_applicant_is_not_shown_to_the_next(
    app: Flask, clerk: FlaskClient, hall: Hall
) -> None:
    take(app), take(app)
    clerk.post("/queue/next", data={"window": "3", "after": "0"})
    clerk.post("/intake/draft", data=FORM | {"ticket": "1"})
    clerk.post("/queue/next", data={"after": "1"})
    page = clerk.get("/intake?process=restaurant").text
    assert "上一位申请人还有没收完的申请" in page and 'value="91330700MA29ABCD1G"' not in page
    refused = clerk.post("/scan", data={"scan": CARD}, follow_redirects=True).text
    assert "还有一份没有收完的申请" in refused
    kept = clerk.post("/intake/discard", data={"keep": "1"}, follow_redirects=True).text
    assert 'value="91330700MA29ABCD1G"' in kept


def test_an_identity_card_fills_the_form_and_a_code_opens_the_case(
    clerk: FlaskClient, hall: Hall, case: str
) -> None:
    assert clerk.post("/scan", data={"scan": case}).location == f"/cases/{case}"
    code = hall.case(case).query_code.lower()
    assert clerk.post("/scan", data={"scan": f" {code} "}).location == f"/cases/{case}"
    answer = clerk.post("/scan", data={"scan": CARD, "process": "restaurant", "seats": "40"})
    assert answer.location == "/intake?process=restaurant#f-applicant_type"
    page = clerk.get(answer.location).text
    for kept in ("330702199001011234", "张三", "13800000000", "40"):
        assert f'value="{kept}"' in page
    other = clerk.post("/scan", data={"scan": "110101199001011237|李四"}, follow_redirects=True)
    assert "还有一份没有收完的申请" in other.text and "李四" not in other.text


@pytest.mark.parametrize(
    "text", ["1" * 21, "ZZZZZZ", "张三|330702199001011234", "330702199001011234|", "|||", "x" * 500]
)
def test_what_says_nothing_opens_nothing_and_loses_nothing(
    clerk: FlaskClient, hall: Hall, text: str
) -> None:
    form: dict[str, Any] = {"scan": text, "process": "restaurant", "shop_name": "金味"}
    page = clerk.post("/scan", data=form, follow_redirects=True).text
    assert "没有找到" in page and 'value="金味"' in page


def test_a_query_code_of_two_cases_opens_neither(clerk: FlaskClient, hall: Hall) -> None:
    numbers = [hall.receive(), hall.receive()]
    with hall.services.database.writers() as session, session.begin():
        for number in numbers:
            found = session.get_one(type(hall.case(number)), hall.case(number).id)
            found.query_code = "AAAAAA"
    assert "没有找到" in clerk.post("/scan", data={"scan": "AAAAAA"}, follow_redirects=True).text


def test_who_only_asks_is_told_everything_at_once(app: Flask, hall: Hall, case: str) -> None:
    clerk = someone(app, hall, Role.WINDOW, case)
    asked = "process=restaurant&answer.area_m2=500.0&answer.has_signboard=true"
    offered = clerk.get(f"/intake?{asked}").text
    assert f"/intake/guide?{asked.replace('&', '&amp;')}" in offered
    told = clerk.get(f"/intake/guide?{asked}").text
    for words in ("户外招牌设施设置", "招牌设计效果图", "由我们核验", "13 个工作日", "500 "):
        assert words in told, words
    assert "烟草" not in told
    assert "烟草" in clerk.get(f"/intake/guide?{asked}&answer.sells_tobacco=true").text
