"""投诉 on pages: brought without an account, handled by diagram, followed with number and code."""

import html
import re

from flask import Flask
from flask.testing import FlaskClient

from tests.complaints import answered, as_now, complained, examined, signed_for
from tests.doors.test_moving_pages import browser
from tests.hall import Hall
from workflows.models import Complaint

SAID = {
    "token": "t1", "category": "04", "against": "市场监督管理局", "text": "一个月<b>没有</b>回音",
    "complainant": "李小花", "phone": "13911112222",
}  # fmt: skip


def latest(hall: Hall) -> Complaint:
    with hall.read() as session:
        return session.query(Complaint).order_by(Complaint.id.desc()).one()


def test_anybody_complains_and_follows_it(app: Flask, hall: Hall, client: FlaskClient) -> None:
    assert 'name="channel"' not in client.get("/complaint").text
    wrong = client.post("/complaint", data=SAID | {"phone": ""})
    assert wrong.status_code == 422 and "没有&lt;/b&gt;回音" in wrong.text
    assert client.post("/complaint", data=SAID | {"channel": "leader"}).status_code == 303
    assert client.post("/complaint", data=SAID).status_code == 303, "sent twice"
    one = latest(hall)
    assert (one.channel, one.registered_by) == ("online", "applicant")
    shown = client.get("/complaint/progress").text
    assert one.number in shown and one.query_code in shown and "李小花" not in shown
    other = app.test_client()
    assert other.get("/complaint/progress").status_code == 302
    refused = other.post("/complaint/track", data={"number": one.number, "code": "WRONG1"})
    assert refused.status_code == 404
    code = {"number": one.number.lower(), "code": one.query_code.lower()}
    assert other.post("/complaint/track", data=code).status_code == 303
    assert "待审核" in other.get("/complaint/progress").text


def test_it_is_taken_in_at_the_window_but_not_read_there(app: Flask, hall: Hall) -> None:
    clerk = browser(app, hall, "window1")
    assert 'name="channel"' in clerk.get("/complaint").text
    assert clerk.post("/complaint", data=SAID | {"channel": "hotline"}).status_code == 303
    assert (latest(hall).channel, latest(hall).registered_by) == ("hotline", "李芳")
    assert clerk.get("/complaints").status_code == 403
    approver = browser(app, hall, "sj.checker")
    other = SAID | {"token": "t2", "channel": "hotline"}
    assert approver.post("/complaint", data=other).status_code == 403


def test_it_goes_from_desk_to_desk_as_it_is_drawn(app: Flask, hall: Hall) -> None:
    one = complained(hall)
    page = f"/complaints/{one.number}"
    watch, head = browser(app, hall, "supervisor"), browser(app, hall, "sj.checker")
    assert one.number in watch.get("/complaints").text
    assert one.number in watch.get("/").text, "told on the desk"
    assert head.get(page).status_code == 404
    taken = {"accepted": "true", "way": "assigned", "department": "SJ", "reason": "受理"}
    assert watch.post(f"{page}/examine_complaint", data=taken).status_code == 303
    assert one.number in head.get("/").text
    assert head.post(f"{page}/sign_for_complaint", data={"signed": "true"}).status_code == 303
    shown = head.get(page).text
    assert "李小花" not in shown and "data-states" in shown and "investigating" in shown
    assert "bpmn:userTask" in head.get(f"{page}/diagram.bpmn").text
    nothing = head.post(f"{page}/propose_outcome", data={"finding": "proven"})
    assert nothing.status_code == 422 and "需要修改" in nothing.text
    proposal = {"finding": "proven", "proposal": "确有延误"}
    assert head.post(f"{page}/propose_outcome", data=proposal).status_code == 303
    back = {"passed": "false", "reason": "没有查清"}
    assert watch.post(f"{page}/weigh_outcome", data=back).status_code == 303
    assert "第 2 轮" in head.get(page).text
    assert head.post(f"{page}/nothing").status_code == 404
    assert browser(app, hall, "yc.checker").get(page).status_code == 404


def test_who_complains_is_shown_once_to_who_asked(app: Flask, hall: Hall) -> None:
    one = complained(hall)
    page = f"/complaints/{one.number}"
    watch = browser(app, hall, "supervisor")
    assert watch.post(f"{page}/unseal_complainant", data={"reason": ""}).status_code == 422
    seen = watch.post(f"{page}/unseal_complainant", data={"reason": "回访核实"})
    assert "李小花" in seen.text and "13911112222" in seen.text
    assert "李小花" not in watch.get(page).text
    assert hall.actions(one.key) == ["register_complaint", "unseal_complainant"]
    audit = browser(app, hall, "auditor").get(f"/audit?q={one.key}").text
    assert "记录链完整" in audit and "身份解封" in audit and "李小花" not in audit


def test_what_came_of_it_is_read_by_who_complained(app: Flask, hall: Hall) -> None:
    one = answered(hall)
    client = app.test_client()
    with client.session_transaction() as session:
        session["complaint"] = one.number
    assert "已整改，谢谢反映" in client.get("/complaint/progress").text
    watch = browser(app, hall, "supervisor")
    result = {"result": "satisfied", "note": "表示满意"}
    page = f"/complaints/{one.number}/call_back_complainant"
    assert watch.post(page, data=result).status_code == 303
    assert as_now(hall, one).state == "settled"
    assert one.number in watch.get("/complaints?list=closed").text


def test_a_case_shows_the_supervisors_what_was_complained_of_it(app: Flask, hall: Hall) -> None:
    number = hall.receive()
    one = examined(hall, complained(hall, case=number))
    assert one.number in browser(app, hall, "supervisor").get(f"/cases/{number}").text
    assert one.number in browser(app, hall, "sj.checker").get(f"/cases/{number}").text
    assert one.number not in browser(app, hall, "yc.checker").get(f"/cases/{number}").text
    assert one.number not in browser(app, hall, "window1").get(f"/cases/{number}").text
    signed_for(hall)
    codes = re.findall(r"TS\d+", browser(app, hall, "mayor").get("/complaints?list=open").text)
    assert len(set(codes)) == 2


def test_figures_say_what_they_mean(app: Flask, hall: Hall) -> None:
    answered(hall)
    shown = browser(app, hall, "supervisor").get("/complaint-report?from=2026-03-01&to=x").text
    assert "04 效率低下、超时" in shown and "市场监督管理局" in shown and "这些数字怎么算" in shown
    assert browser(app, hall, "sj.checker").get("/complaint-report").status_code == 403
    none = browser(app, hall, "mayor").get("/complaint-report?to=2020-01-01").text
    assert "这段时间没有投诉" in none


def test_a_supervisor_issues_an_order_about_a_complaint(app: Flask, hall: Hall) -> None:
    one = examined(hall, complained(hall, case=hall.receive()))
    page = browser(app, hall, "supervisor").get(f"/complaints/{one.number}").text
    [link] = re.findall(r'href="(/watch/issue[^"]*)"', page)
    form = browser(app, hall, "supervisor").get(html.unescape(link)).text
    assert f"投诉 {one.number}" in form
    assert re.search(r'<option value="SJ" selected', form)
    assert (
        "/watch/issue" not in browser(app, hall, "sj.checker").get(f"/complaints/{one.number}").text
    )
