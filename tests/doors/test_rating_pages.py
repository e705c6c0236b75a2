"""好差评 on pages: given by applicants, asked for at a window, followed up, counted, published."""

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.doors.people import someone
from tests.doors.test_moving_pages import browser
from tests.hall import Hall
from tests.ratings import rated, rectify, said
from workflows.actions.appeal_rating import AppealRating
from workflows.models import Rating
from workflows.permissions import Role

BAD = {"level": "1", "reasons": ["slow"], "text": "<b>等了三天</b>", "item": "R01"}


def last(hall: Hall) -> Rating:
    with hall.read() as session:
        return session.query(Rating).order_by(Rating.id.desc()).one()


def test_an_applicant_rates_a_decided_item_and_corrects_it_once(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    client = someone(app, hall, Role.APPLICANT, number)
    shown = client.get("/track/progress").text
    assert "/track/rate?item=R01" in shown and "/track/rate?item=R08" not in shown
    form = client.get("/track/rate?item=R01").text
    assert "非常不满意" in form and " checked" not in form, "nothing is chosen by default"
    assert client.get("/track/rate?item=R08").status_code == 404
    nothing = client.post("/track/rate", data={"item": "R01", "text": "忘了选"})
    assert nothing.status_code == 422 and "忘了选" in nothing.text
    assert client.post("/track/rate", data=BAD).status_code == 303
    shown = client.get("/track/progress").text
    assert "非常不满意" in shown and "待联系" in shown and "更正评价" in shown
    assert "您评价过“非常不满意”" in client.get("/track/rate?item=R01").text
    assert client.post("/track/rate", data=BAD).status_code in (404, 409)
    better = {"level": "4", "item": "R01"}
    assert client.post("/track/rate/correct", data=better).status_code == 303
    assert (last(hall).level, last(hall).first_level) == (4, 1)
    assert client.get("/track/rate?item=R01").status_code == 404
    assert client.post("/track/rate/correct", data=better).status_code in (404, 422)


def test_at_the_window_one_is_asked_and_answers_once(app: Flask, hall: Hall) -> None:
    number = hall.receive()
    clerk = browser(app, hall, "window1")
    device = app.test_client()
    assert "工作人员会请您" in device.get("/rate/3").text
    asked = clerk.post(f"/cases/{number}/invite-rating", data={"window": "3"})
    assert asked.status_code == 303
    form = device.get("/rate/3").text
    token = re.findall(r'name="token" value="([^"]+)"', form)[0]
    assert "开办餐饮店" in form and "金味餐饮" not in form and number not in form
    answer = {"level": "2", "reasons": ["attitude"], "token": token}
    assert clerk.post("/rate/3", data=answer).status_code == 403, "who works here rates nothing"
    assert "不能在这里评价" in clerk.get("/rate/3").text
    assert device.post("/rate/3", data={"token": token}).status_code == 422
    assert device.post("/rate/3", data=answer).status_code == 303
    assert (last(hall).level, last(hall).window, last(hall).served_by) == (2, "3", "李芳")
    assert "工作人员会请您" in device.get("/rate/3").text
    device.post("/rate/3", data=answer | {"level": "5"})
    assert last(hall).level == 2
    refused = clerk.post(f"/cases/{number}/invite-rating", headers={"Accept": "application/json"})
    assert refused.status_code == 422


def test_a_bad_rating_is_followed_up_to_the_end(app: Flask, hall: Hall) -> None:
    rating = said(hall, 1, text="等了<三>天", reasons=["slow"])
    page = f"/ratings/{rating.id}"
    head, watch = browser(app, hall, "sj.checker"), browser(app, hall, "supervisor")
    assert "联系评价人" in head.get("/ratings").text
    shown = head.get(page).text
    assert "等了&lt;三&gt;天" in shown and "上海市优化营商环境条例" in shown
    empty = head.post(f"{page}/contact_rater", data={"reached": "true"})
    assert empty.status_code == 422 and "需要修改" in empty.text
    done = {"reached": "true", "note": "已电话核实"}
    assert head.post(f"{page}/contact_rater", data=done).status_code == 303
    assert head.post(f"{page}/rectify_rating", data={"done": "增设窗口"}).status_code == 303
    result = {"result": "satisfied", "note": "表示满意"}
    assert head.post(f"{page}/call_back_rater", data=result).status_code == 403
    assert watch.post(f"{page}/call_back_rater", data=result).status_code == 303
    assert rated(hall, rating).state == "answered"
    assert "表示满意" in watch.get(page).text
    assert watch.post(f"{page}/nothing", data=result).status_code == 404
    assert "没有要跟进的评价" in watch.get("/ratings").text


def test_a_department_sees_what_was_said_of_its_own_items_only(app: Flask, hall: Hall) -> None:
    rating = said(hall, 1)
    other = browser(app, hall, "yc.checker")
    assert other.get(f"/ratings/{rating.id}").status_code == 404
    note = {"reached": "true", "note": "已联系"}
    assert other.post(f"/ratings/{rating.id}/contact_rater", data=note).status_code == 404
    assert "没有要跟进的评价" in other.get("/ratings").text
    number = rated_number(hall, rating)
    assert f"/ratings/{rating.id}" in browser(app, hall, "sj.handler").get(f"/cases/{number}").text
    assert f"/ratings/{rating.id}" not in other.get(f"/cases/{number}").text
    assert f"/ratings/{rating.id}" not in browser(app, hall, "window1").get(f"/cases/{number}").text


def rated_number(hall: Hall, rating: Rating) -> str:
    with hall.read() as session:
        return session.get_one(Rating, rating.id).case.number


def test_an_appeal_is_decided_by_the_supervisors(app: Flask, hall: Hall) -> None:
    rating = said(hall, 1)
    watch = browser(app, hall, "supervisor")
    page = f"/ratings/{rating.id}"
    assert "decide_rating_appeal" not in watch.get(page).text
    hall.act("sj.checker", rating.key, AppealRating("评价的是另一件事"))
    assert "评价的是另一件事" in watch.get(page).text
    answer = {"excluded": "true", "reason": "确系误评"}
    assert watch.post(f"{page}/decide_rating_appeal", data=answer).status_code == 303
    client = someone(app, hall, Role.APPLICANT, rated_number(hall, rating))
    assert "经核查不计入：确系误评" in client.get("/track/progress").text
    audit = browser(app, hall, "auditor").get(f"/audit?q={rating.key}").text
    assert "记录链完整" in audit and "差评申诉审核" in audit


def test_figures_are_for_those_who_answer_and_results_for_everybody(
    app: Flask, hall: Hall, client: FlaskClient
) -> None:
    rectify(hall, said(hall, 1, text="只有三个字"))
    report = browser(app, hall, "supervisor").get("/ratings/report").text
    assert "市场监督管理局" in report and "0.0 %" in report and "这些数字怎么算" in report
    assert browser(app, hall, "window1").get("/ratings/report").status_code == 403
    odd = browser(app, hall, "mayor").get("/ratings/report?from=x&to=2026-13-01")
    assert odd.status_code == 200
    public = client.get("/ratings/results").text
    assert "不足 5 条" in public and "只有三个字" not in public
    for _time in range(4):
        said(hall, 5)
    assert "80.0 %" in client.get("/ratings/results").text
