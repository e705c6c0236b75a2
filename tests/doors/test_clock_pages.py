"""Whoever may read a case may read why each of its limits ends when it does."""

import re
from datetime import date, time

from flask import Flask
from flask.testing import FlaskClient

from server.explained import lines
from tests.doors.people import someone
from tests.hall import Hall
from workflows.actions.pause_deadline import PauseDeadline
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.clock import office_moment
from workflows.explaining import Stretch, Why
from workflows.models import Deadline, DeadlinePause
from workflows.permissions import Role


def clerk(app: Flask, hall: Hall) -> FlaskClient:
    return someone(app, hall, Role.WINDOW, "")


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_every_clock_is_told_day_by_day_with_its_article(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    case = hall.case(number)
    page = clerk(app, hall).get(f"/cases/{number}/clocks")
    assert page.status_code == 200
    said = text(page.text)
    assert "开始的当日不计入（民法典第二百零一条）" in said
    assert "工作日，计入（行政许可法第八十二条）" in said and "周末，不计入" in said
    due = {row.due_at.date() for row in case.deadlines if row.due_at}
    assert due and all(str(day) in said for day in due)
    assert page.text.count('class="strip"') == len(case.deadlines) > 10
    assert f"/cases/{number}/clocks" in clerk(app, hall).get(f"/cases/{number}").text


def test_a_pause_is_told_with_the_procedure_it_is_for(app: Flask, hall: Hall) -> None:
    hall.publish(("pause_approval: true", "pause_approval: false"))
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    hall.act("zj.checker", number, PauseDeadline("R11", "水质检测", 3, "取样送检"))
    page = clerk(app, hall).get(f"/cases/{number}/clocks").text
    assert "检测，不计入（行政许可法第四十五条）" in page


def test_the_time_of_the_applicant_is_not_the_departments(app: Flask, hall: Hall) -> None:
    number = hall.receive(without=("M03",))
    hall.act("window1", number, ReturnForSupplement({"M03": "没有提交"}))
    page = clerk(app, hall).get(f"/cases/{number}/clocks").text
    assert '<h2>补正时限（承诺）</h2> <span class="lamp lamp-blue">' in page


def test_the_notice_of_another_item_s_pause_is_not_told(app: Flask) -> None:
    hearing = {"kind": "hearing", "started_on": date(2026, 3, 3), "ended_on": None}
    pauses = [DeadlinePause(item_id=n, notice_number=f"TB{n}", **hearing) for n in (1, 2)]
    row = Deadline(item_id=2, limit="5wd", closed_at=office_moment(date(2026, 3, 4), time(12)))
    paused = Stretch(date(2026, 3, 3), None, Why.PAUSED, name="hearing")
    with app.test_request_context():
        [line] = lines((paused,), row, pauses)
    assert "TB2" in line.sentence and "TB1" not in line.sentence


def test_no_case_no_clocks(app: Flask, hall: Hall) -> None:
    assert clerk(app, hall).get("/cases/999999999999999999999/clocks").status_code == 404
