"""Pages of the watch: who sees which card, what is done there, and the ladder with a look back."""

import json
import re
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.actions.test_change_ladder import CHANGE, TWICE
from tests.doors.people import JSON
from tests.hall import Hall
from tests.watching import ANSWER, APPEAL, card_of, issued, raised
from workflows.states import CardState, Level

ANSWERED = {"category": "delay", "explanation": "材料量大，排队审查", "measures": "今天办结"}


def browser(app: Flask, hall: Hall, username: str) -> FlaskClient:
    """Somebody who has signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = str(hall.actor(username).person_id)
        session["_fresh"] = True
    return client


def test_a_department_sees_its_own_cards_and_no_others(app: Flask, hall: Hall) -> None:
    mine, theirs = raised(hall), issued(hall, department="GA")
    own = browser(app, hall, "sj.checker")
    shown = own.get("/watch/cards").text
    assert mine.number in shown and theirs.number not in shown
    assert own.get(f"/watch/cards/{mine.code}").status_code == 200
    assert own.get(f"/watch/cards/{theirs.code}").status_code == 404
    assert own.post(f"/watch/cards/{theirs.code}/answer_card", data=ANSWERED).status_code == 404
    everything = browser(app, hall, "supervisor").get("/watch/cards").text
    assert mine.number in everything and theirs.number in everything


def test_a_list_is_narrowed_by_its_address(app: Flask, hall: Hall) -> None:
    red, yellow, notice = raised(hall, Level.RED), raised(hall), raised(hall, Level.NOTICE)
    by_hand = issued(hall, department="GA")
    hall.act("sj.checker", red.code, ANSWER)
    client = browser(app, hall, "supervisor")

    def found(query: str) -> set[str]:
        text = client.get(f"/watch/cards?{query}").text.split("<tbody>")[-1]
        return set(re.findall(r"督〔2026〕\d+号", text))

    everything = {red.number, yellow.number, notice.number, by_hand.number}
    assert found("") == found("state=nonsense&level=x") == everything
    assert found("level=red") == {red.number}
    assert found("state=open") == {yellow.number, by_hand.number}
    assert found("state=going") == everything - {notice.number}
    assert found("department=GA") == found("rule=hand") == {by_hand.number}
    assert found("rule=R01&theme=restaurant") == everything - {by_hand.number}
    hall.at("2026-03-05T00:00")
    assert found("late=1") == {yellow.number, by_hand.number}


def test_an_answer_is_refused_at_its_field_and_then_taken(app: Flask, hall: Hall) -> None:
    card = raised(hall)
    client = browser(app, hall, "sj.checker")
    assert card.number in client.get("/").text, "it stands on the desk"
    address = f"/watch/cards/{card.code}/answer_card"
    wrong = client.post(address, data={**ANSWERED, "category": ""})
    assert wrong.status_code == 422 and "材料量大，排队审查" in wrong.text
    assert client.post(address, data=ANSWERED).status_code == 303
    assert card_of(hall, card.code).state is CardState.ANSWERED
    assert "待答复的监察卡" not in client.get("/").text
    assert "等您审阅的监察卡" in browser(app, hall, "supervisor").get("/").text
    again = client.post(address, data=ANSWERED, headers=JSON)
    assert (again.status_code, again.json and again.json["code"]) == (409, "not_allowed_in_state")


def test_a_double_click_leads_to_the_one_card(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    client = browser(app, hall, "supervisor")
    page = client.get(f"/watch/issue?case={number}&item=R08").text
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    form = {"token": token, "case": number, "item": "R08", "level": "yellow", "reply": "2",
            "reason": "三天没有进展，请说明", "evidence": ["1", "2"]}  # fmt: skip
    first, second = (client.post("/watch/cards", data=form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location == "/watch/cards/2026-1"
    assert "收件" in client.get(first.location).text, "the history that proves it is shown"
    assert "督〔2026〕1号" in client.get(f"/cases/{number}").text
    paper = client.get("/watch/cards/2026-1/papers/1").text
    assert "2026-03-04 23:59" in paper and "市场监督管理局" in paper
    assert client.get("/watch/cards/2026-1/papers/2").status_code == 404
    assert client.get("/watch/cards/2026-9").status_code == 404


def test_the_decision_of_an_appeal_is_said_before_it_is_made(app: Flask, hall: Hall) -> None:
    card = raised(hall, Level.RED)
    hall.act("sj.checker", card.code, APPEAL)
    hall.at("2026-03-10T10:00")
    client = browser(app, hall, "supervisor")
    assert "2026-03-12 23:59" in client.get(f"/watch/cards/{card.code}").text
    form = {"outcome": "upheld", "reason": "系统当天运行正常"}
    assert client.post(f"/watch/cards/{card.code}/decide_appeal", data=form).status_code == 303
    assert str(card_of(hall, card.code).reply_due)[:16] == "2026-03-12 15:59"  # in UTC


def test_a_ladder_is_looked_back_with_and_then_saved(app: Flask, hall: Hall) -> None:
    hall.accepted()
    hall.at("2026-03-16T09:30")
    client = browser(app, hall, "supervisor")
    place = "/watch/ladders/cn/restaurant"
    page = client.get(f"{place}/edit").text
    assert page.count('name="place"') > 30
    sent: dict[str, Any] = {"content": json.dumps(TWICE), "revision": "0", "reason": "两次提醒",
                            "from_day": "2026-03-20"}  # fmt: skip
    shown = client.post(f"{place}/preview", data=sent).text
    chiefs = re.findall(r"主要负责人</td>.*?>(\d+)</td>.*?>(\d+)</td>", shown)
    assert ("3", "3") in chiefs, "of three late items the chief is told now, and would be then"
    checkers = re.findall(r">审核</td>.*?>(\d+)</td>.*?>(\d+)</td>", shown)
    assert checkers and all(int(would) == 0 for _was, would in checkers[:1])
    assert client.get(place).text.count("由督查决定") == 0, "nothing was written"
    assert client.post(place, data=sent).status_code == 303
    hall.at("2026-03-20T09:30")
    assert "由督查决定" in client.get(place).text
    assert hall.services.ladders.of("cn", "restaurant", hall.clock.now()) is not None
    assert client.post(place, data=sent, headers=JSON).status_code == 409


def test_what_is_wrong_with_a_ladder_is_said_at_its_row(app: Flask, hall: Hall) -> None:
    client = browser(app, hall, "supervisor")
    place = "/watch/ladders/cn/all"
    form = {"place": ["a", "b"], "a.subject": "card.yellow", "a.when": "over", "a.light": "red",
            "a.paper": "circular", "a.to": ["chief"], "b.subject": "case.promised",
            "b.when": "over", "b.light": "green", "b.to": ["chief"], "appeal": "3",
            "from_day": str(date(2026, 3, 9)), "reason": "试试"}  # fmt: skip
    wrong = client.post(f"{place}/preview", data=form)
    assert wrong.status_code == 422
    for sentence in ("监察卡的第一级是发卡时", "灯色只能是黄、红、紫", "不能告知所选的人"):
        assert sentence in wrong.text
    assert client.get("/watch/ladders/cn/nothing").status_code == 404
    assert client.get("/watch/ladders/nowhere/all").status_code == 404
    broken = {"content": "{", "from_day": "x"}
    assert client.post(f"{place}/preview", data=broken).status_code == 422
    assert client.post(place, data=broken).status_code == 400


def test_an_auditor_verifies_the_chain_of_a_card_and_of_a_ladder(app: Flask, hall: Hall) -> None:
    card = raised(hall)
    hall.act("supervisor", "cn/restaurant", CHANGE)
    client = browser(app, hall, "auditor")
    for key in (f"card:{card.code}", "ladder:cn/restaurant"):
        assert "记录链完整" in client.get(f"/audit?q={key}").text, key
    assert "没有找到" in client.get("/audit?q=card:2026-9").text
