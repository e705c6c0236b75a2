"""Departments speak with each other on their pages, in plain words, without a script."""

import re

from flask import Flask

from tests.doors.test_moving_pages import browser, page
from tests.hall import Hall
from tests.talking import (
    QUESTION,
    asked,
    meeting,
    questions,
    requests,
    seats,
    under_review,
    visit,
    visited,
)
from workflows.actions.conclude_meeting import ConcludeMeeting
from workflows.actions.record_attendance import RecordAttendance
from workflows.models import Answer
from workflows.states import ItemState


def words(text: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"<[^>]+>", "", text)


def test_a_department_is_asked_on_the_task_page_and_answers_on_the_case_page(
    app: Flask, hall: Hall
) -> None:
    number = under_review(hall)
    task = hall.task(number, "R11")
    asking, answering = browser(app, hall, "zj.handler"), browser(app, hall, "hb.handler")
    shown = page(asking, f"/tasks/{task.id}")
    assert "征求其他部门的意见" in shown and "不视为同意" in shown and "7 个工作日" in shown
    assert 'value="HB"' in shown and 'value="ZJ" id="f-consult' not in shown
    form = {"task": task.id, "departments": ["HB"], "question": ""}
    refused = asking.post(f"/cases/{number}/consult", data=form)
    assert refused.status_code >= 400 and 'id="f-consult-HB" checked' in refused.text
    done = asking.post(f"/cases/{number}/consult", data={**form, "question": QUESTION})
    assert done.location == f"/tasks/{task.id}"
    assert "等待答复，应于 2026-03-11 23:59 前" in words(page(asking, f"/tasks/{task.id}"))
    desk = page(answering, "/")
    assert "等您答复" in desk and f"/cases/{number}#talks" in desk
    assert "等您答复" not in page(browser(app, hall, "hb.checker"), "/")
    assert QUESTION in page(answering, f"/cases/{number}")
    row = questions(hall, number)[0].id
    form = {"consultation": row, "answer": "disagree", "reason": ""}
    refused = answering.post(f"/cases/{number}/answer_consultation", data=form)
    assert refused.status_code >= 400 and "不同意须写明理由" in refused.text
    form["reason"] = "位于饮用水源保护区"
    assert answering.post(f"/cases/{number}/answer_consultation", data=form).status_code == 303
    assert "等您答复" not in page(answering, "/")
    shown = words(page(asking, f"/tasks/{task.id}"))
    assert "生态环境局：不同意" in shown and "位于饮用水源保护区" in shown
    timeline = words(page(browser(app, hall, "auditor"), f"/cases/{number}"))
    for said in ("征求意见", "答复征求意见", "生态环境局 · 不同意", QUESTION):
        assert said in timeline, said


def test_a_pause_is_asked_for_found_on_the_desk_and_approved(app: Flask, hall: Hall) -> None:
    number = under_review(hall)
    task = hall.task(number, "R11")
    handler, checker = browser(app, hall, "zj.handler"), browser(app, hall, "zj.checker")
    assert "申请停表" in page(handler, f"/tasks/{task.id}")
    assert "特别程序停表" not in page(checker, f"/cases/{number}")
    form = {"task": task.id, "item": "R11", "procedure": "水质检测", "planned_days": "99"}
    form["reason"] = "取样送检"
    refused = handler.post(f"/cases/{number}/request_pause", data=form)
    assert refused.status_code >= 400 and 'value="99"' in refused.text
    form["planned_days"] = "5"
    done = handler.post(f"/cases/{number}/request_pause", data=form)
    assert done.location == f"/tasks/{task.id}"
    assert "停表审核" in page(checker, "/")
    assert "批准停表" in page(checker, f"/cases/{number}")
    for address in (f"/cases/{number}", f"/tasks/{task.id}"):
        shown = page(handler, address)
        assert "已申请停表" in shown and "批准停表" not in shown
        assert "/request_pause" not in shown
    form = {"request": str(requests(hall, number)[0].id), "granted": "true"}
    assert checker.post(f"/cases/{number}/approve_pause", data=form).status_code == 303
    assert hall.item(number, "R11").state is ItemState.SUSPENDED
    assert "等您答复" not in page(checker, "/")
    assert "TB〔2026〕第000001号" in page(checker, f"/cases/{number}")
    applicant = app.test_client()
    with applicant.session_transaction() as session:
        session["tracked"] = number
    told = words(page(applicant, "/track/progress"))
    assert "因水质检测，自 2026-03-02 起停止计时，所需时间 5 个工作日" in told


def test_an_extension_is_granted_or_refused_in_one_click(app: Flask, hall: Hall) -> None:
    number = under_review(hall)
    handler, chief = browser(app, hall, "zj.handler"), browser(app, hall, "zj.chief")
    form = {"item": "R11", "days": "10", "reason": "管网改造需现场复核"}
    assert handler.post(f"/cases/{number}/request_extension", data=form).status_code == 303
    assert "延期审批" in page(chief, "/")
    shown = page(chief, f"/cases/{number}")
    assert "批准延期 10 个工作日" in shown and "管网改造需现场复核" in shown
    request = requests(hall, number)[0].id
    refusal = {"request": request, "reason": ""}
    refused = chief.post(f"/cases/{number}/refuse_extension", data=refusal)
    assert refused.status_code >= 400
    assert chief.post(f"/cases/{number}/extend_deadline", data=form).status_code == 303
    assert requests(hall, number)[0].granted is True
    assert "延期审批" not in page(chief, "/")


def test_the_mayor_finds_the_request_for_the_joint_limit_on_the_desk(
    app: Flask, hall: Hall
) -> None:
    number = hall.accepted()
    lead, mayor = browser(app, hall, "lead"), browser(app, hall, "mayor")
    assert "申请延长并联总时限" in page(lead, f"/cases/{number}")
    form = {"days": "15", "reason": "多部门意见需会商"}
    assert lead.post(f"/cases/{number}/request_extension", data=form).status_code == 303
    assert "延期审批" in page(mayor, "/")
    assert "批准延期 15 个工作日" in page(mayor, f"/cases/{number}")
    form = {"request": str(requests(hall, number)[0].id), "reason": "按期办结"}
    assert mayor.post(f"/cases/{number}/refuse_extension", data=form).status_code == 303
    assert "延期审批" not in page(mayor, "/")


def test_a_visit_is_called_attended_concluded_and_shown_to_who_decides(
    app: Flask, hall: Hall
) -> None:
    number = visited(hall)
    called = hall.accepted({"area_m2": 500})
    lead, fire = browser(app, hall, "lead"), browser(app, hall, "xf.handler")
    shown = page(lead, f"/cases/{called}")
    assert "召集联合踏勘或联合会审" in shown and 'id="f-call-R08" checked' in shown
    form = {"kind": "visit", "at": "2026-03-04T09:00", "place": "经营场所", "topic": "",
            "items": ["R08"]}  # fmt: skip
    refused = lead.post(f"/cases/{called}/call_meeting", data=form)
    assert refused.status_code >= 400 and 'value="2026-03-04T09:00"' in refused.text
    form["topic"] = "查看安全出口"
    assert lead.post(f"/cases/{called}/call_meeting", data=form).status_code == 303
    assert seats(hall, called).keys() == {"SJ", "XF"}
    assert "联合踏勘" in page(fire, "/")
    shown = page(fire, f"/cases/{number}")
    assert "请先说明是否参加" in shown and 'name="conclusion"' not in shown
    form = {"attendance": str(seats(hall, number)["XF"].id), "attends": "true"}
    assert fire.post(f"/cases/{number}/record_attendance", data=form).status_code == 303
    hall.at("2026-03-04T11:00")
    form |= {"conclusion": "", "finding": "安全出口不足"}
    refused = fire.post(f"/cases/{number}/record_attendance", data=form)
    assert refused.status_code >= 400 and "安全出口不足" in refused.text
    form["conclusion"] = "disagree"
    assert fire.post(f"/cases/{number}/record_attendance", data=form).status_code == 303
    task = hall.task(number, "R09")
    assert "参加 · 不同意" in words(page(fire, f"/tasks/{task.id}"))
    hall.at("2026-03-06T09:30")
    form = {"meeting": str(meeting(hall, number).id), "minutes": "两家缺席"}
    assert lead.post(f"/cases/{number}/conclude_meeting", data=form).status_code == 303
    shown = words(page(lead, f"/cases/{number}"))
    assert "总结：两家缺席" in shown and "缺席：城市管理局、市场监督管理局" in shown


def test_the_pages_say_it_in_english_too(app: Flask, hall: Hall) -> None:
    number = visited(hall)
    hall.sign_for(number, "R09")
    asked(hall, number, "HB", item="R09")
    hall.at("2026-03-04T11:00")
    said = RecordAttendance(seats(hall, number)["XF"].id, True, Answer.AGREE)
    hall.act("xf.handler", number, said)
    hall.at("2026-03-06T09:30")
    hall.act("lead", number, ConcludeMeeting(meeting(hall, number).id, "两家缺席"))
    for who in ("lead", "hb.handler", "xf.handler"):
        client = browser(app, hall, who)
        for address in ("/", f"/cases/{number}", f"/tasks/{hall.task(number, 'R09').id}"):
            answer = client.get(address, headers={"Accept-Language": "en"})
            assert answer.status_code == (403 if who == "lead" and "tasks" in address else 200)


def test_who_asked_takes_it_back_and_who_called_calls_it_off(app: Flask, hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number).id
    asking, other = browser(app, hall, "zj.handler"), browser(app, hall, "hb.handler")
    address = f"/tasks/{hall.task(number, 'R11').id}"
    assert all("收回的理由" in page(asking, at) for at in (address, f"/cases/{number}"))
    assert "收回的理由" not in page(other, f"/cases/{number}")
    form = {"consultation": row, "task": hall.task(number, "R11").id, "reason": ""}
    refused = asking.post(f"/cases/{number}/withdraw_consultation", data=form)
    assert refused.status_code >= 400 and "请写明理由" in refused.text
    done = asking.post(f"/cases/{number}/withdraw_consultation", data={**form, "reason": "不需要"})
    assert done.location == address and "已收回" in page(asking, address)
    hall.act("lead", number, visit("R08", departments=["XF"]))
    lead, guest = browser(app, hall, "lead"), browser(app, hall, "xf.handler")
    assert "取消这次联合踏勘" in page(lead, f"/cases/{number}")
    assert "取消这次联合踏勘" not in page(guest, f"/cases/{number}")
    form = {"meeting": meeting(hall, number).id, "reason": "申请人停业"}
    assert lead.post(f"/cases/{number}/cancel_meeting", data=form).status_code == 303
    shown = words(page(lead, f"/cases/{number}"))
    assert "联合踏勘 （已取消）" in shown and "不必再参加" in shown and "申请人停业" in shown
    assert "等您答复" not in page(guest, "/") and "已取消" in page(guest, "/")
