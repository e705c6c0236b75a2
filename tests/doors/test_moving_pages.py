"""What moves a case can be reached from its pages, said in plain words, and is shown again."""

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.hall import LARGE, Hall
from tests.moving import past, publish
from workflows.actions.suspend_case import SuspendCase
from workflows.models import Task
from workflows.states import CaseState, ItemState


def browser(app: Flask, hall: Hall, username: str) -> FlaskClient:
    """The browser of someone who has signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = str(hall.actor(username).person_id)
        session["_fresh"] = True
    return client


def page(client: FlaskClient, address: str) -> str:
    """A page, which must open."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_task_is_sent_back_from_its_page(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    task = hall.to_decision(number, "R08")
    client = browser(app, hall, hall.holder(task))
    shown = page(client, f"/tasks/{task.id}")
    review = past(hall, number, "R08", "review")
    assert "退回给前面的环节" in shown and f'value="{review.id}"' in shown
    assert "重办期间谁等待" not in shown  # nothing before it runs beside it
    terms = {"task": task.id, "target": review.id, "straight": "true"}
    refused = client.post(f"/cases/{number}/send_back", data={**terms, "reason": ""})
    assert refused.status_code >= 400 and f'value="{review.id}" selected' in refused.text
    done = client.post(f"/cases/{number}/send_back", data={**terms, "reason": "记录不全"})
    assert done.status_code == 303
    assert hall.task(number, "R08").element == "review"


def test_beside_other_departments_the_form_asks_who_waits(app: Flask, hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.grant(number, "R01")
    hall.grant(number, "R04")
    hall.sign_for(number, "R02")
    task = hall.task(number, "R02")
    client = browser(app, hall, hall.holder(task))
    shown = page(client, f"/tasks/{task.id}")
    offered = set(re.findall(r'name="items"[^>]*value="(R\d+)"', shown))
    assert offered == {"R03", "R04", "R05", "R06", "R07", "R12", "R14"}
    form = {
        "task": task.id, "target": past(hall, number, "R01", "decide").id, "straight": "true",
        "scope": "listed", "items": ["R04", "R05"], "void": "true", "reason": "执照信息有误",
    }  # fmt: skip
    assert client.post(f"/cases/{number}/send_back", data=form).status_code == 303
    assert hall.item(number, "R04").state is ItemState.REVIEWING


def test_another_post_is_asked_to_sign_and_the_request_taken_back(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    task = hall.task(number, "R08")
    client = browser(app, hall, hall.holder(task))
    form = {"task": task.id, "duty": "chief", "when": "beside", "reason": "请会签"}
    assert client.post(f"/cases/{number}/add_signer", data=form).status_code == 303
    shown = page(client, f"/tasks/{task.id}")
    assert "已请“主要负责人”会签" in shown
    signer: Task = hall.case(number).tasks[-1]
    signing = page(browser(app, hall, hall.holder(signer)), f"/tasks/{signer.id}")
    assert "give_opinion" in signing and "请其他岗位会签" not in signing
    form = {"task": signer.id, "reason": "改为电话沟通"}
    assert client.post(f"/cases/{number}/remove_signer", data=form).status_code == 303


def test_the_lead_adjusts_the_process_on_the_page_of_the_case(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R13")
    hall.sign_for(number, "R08")
    lead, clerk = browser(app, hall, "lead"), browser(app, hall, "window1")
    assert "调整流程" not in page(clerk, f"/cases/{number}")
    shown = page(lead, f"/cases/{number}")
    target = past(hall, number, "R13", "decide").id
    assert "调整流程" in shown and f'value="{target}"' in shown
    form = {"target": target, "reason": "证明有误"}
    assert lead.post(f"/cases/{number}/roll_back", data=form).status_code == 303
    task = hall.task(number, "R08")
    shown = page(lead, f"/cases/{number}?jump={task.id}")
    assert 'value="decide"' in shown and "批准人决定" in shown
    form = {"task": task.id, "element": "decide", "reason": ""}
    refused = lead.post(f"/cases/{number}/jump", data=form)
    assert refused.status_code >= 400 and 'value="decide" selected' in refused.text
    form["reason"] = "直接决定"
    assert lead.post(f"/cases/{number}/jump", data=form).status_code == 303
    form = {"item": "R13", "outcome": "withdrawn", "reason": "申请人撤回"}
    assert lead.post(f"/cases/{number}/conclude_item", data=form).status_code == 303
    assert hall.item(number, "R13").state is ItemState.NOT_NEEDED
    shown = page(lead, f"/cases/{number}")
    for words in ("流程回退", "收回任务", "打开任务", "作废意见", "跳转", "申请人撤回该事项"):
        assert words in shown, words


def test_a_case_is_suspended_and_resumed_on_its_page(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    lead = browser(app, hall, "lead")
    form = {"ground": "hearing", "planned_days": "5", "reason": "依法举行听证"}
    assert lead.post(f"/cases/{number}/suspend_case", data=form).status_code == 303
    shown = page(lead, f"/cases/{number}")
    assert "恢复办理" in shown and "听证" in shown and "停表" in shown
    task = hall.task(number, "R08")
    assert "本办件已中止" in page(browser(app, hall, hall.holder(task)), f"/tasks/{task.id}")
    assert number in page(lead, "/?state=suspended")
    assert lead.post(f"/cases/{number}/resume_case", data={"reason": "听证结束"}).status_code == 303
    assert hall.case(number).state is CaseState.IN_REVIEW


def test_a_suspension_without_a_ground_of_the_law_needs_no_days(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    form = {"ground": "", "planned_days": "", "reason": "核实申请人身份"}
    lead = browser(app, hall, "lead")
    assert lead.post(f"/cases/{number}/suspend_case", data=form).status_code == 303
    assert "计时照常" in page(lead, f"/cases/{number}")


def test_the_window_sees_what_is_waited_for_and_says_that_it_came(app: Flask, hall: Hall) -> None:
    publish(hall)
    number = hall.accepted()
    hall.sign_for(number, "R08")
    hall.opine(number, "R08")
    clerk = browser(app, hall, "window1")
    assert "等待：专家意见" in re.sub(r"<[^>]+>", "", page(clerk, f"/cases/{number}"))
    form = {"message": "专家意见", "note": "纸质件"}
    assert clerk.post(f"/cases/{number}/send_message", data=form).status_code == 303
    assert "登记已到达" not in page(clerk, f"/cases/{number}")
    hall.act("lead", number, SuspendCase("核实专家资格"))
    page(clerk, f"/cases/{number}")


def test_a_designer_who_may_not_see_the_case_only_hears_the_refusal(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    answer = browser(app, hall, "designer1").post(
        f"/cases/{number}/migrate_case", data={"version": "9"}
    )
    assert answer.status_code >= 400 and "金味餐饮" not in answer.text
