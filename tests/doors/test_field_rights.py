"""Field rights: a step reads the application, writes what it is given to write, sees no more."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.doors.test_moving_pages import browser, page
from tests.evidence import refused
from tests.hall import LARGE, Hall
from workflows.actions.fields import FieldNotYours, FieldUnknown, StepUnknown
from workflows.actions.give_opinion import GiveOpinion
from workflows.models import Task

STAFF = [{"name": "周丽", "number": "330702199203154615", "work": "cook"}]
FORM = {"applicant_name": "金味", "catering_type": "cold", "cold_room_m2": 12, "seats": 40,
        "staff": STAFF}  # fmt: skip


def reviewed(hall: Hall, item: str, **answers: Any) -> tuple[str, Task]:
    """A case whose item waits for its first review."""
    number = hall.accepted({**LARGE, **answers}, form=FORM)
    if item == "R12":
        hall.grant(number, "R01")
    hall.sign_for(number, item)
    return number, hall.task(number, item)


def opine(client: FlaskClient, number: str, task: Task, **posted: str) -> Any:
    form = {"task": task.id, "conclusion": "agree", "opinion": "已审查", "application": "1"}
    fields = {key.replace("__", "."): value for key, value in posted.items()}
    return client.post(f"/cases/{number}/give_opinion", data={**form, **fields})


def test_what_a_step_may_write_is_saved_with_the_act_in_one_row(app: Flask, hall: Hall) -> None:
    number, task = reviewed(hall, "R08")
    client = browser(app, hall, hall.holder(task))
    shown = page(client, f"/tasks/{task.id}")
    assert 'name="application.seats" type="text" value="40"' in shown
    assert "application.staff" not in shown
    before = len(hall.history(number))
    done = opine(client, number, task, application__seats="36", application__cold_room_m2="12")
    assert done.status_code == 303
    assert hall.case(number).form == {**FORM, "seats": 36}
    [row] = hall.history(number)[before:]
    assert row.details["changed"] == {"seats": {"from": 40, "to": 36}}
    assert "修改申请表：就餐座位数" in page(client, f"/cases/{number}")


def test_what_is_written_is_checked_like_the_application_itself(app: Flask, hall: Hall) -> None:
    number, task = reviewed(hall, "R08")
    client = browser(app, hall, hall.holder(task))
    again = opine(client, number, task, application__seats="许多")
    assert again.status_code == 422
    assert 'href="#f-application.seats"' in again.text and "应为数字" in again.text
    assert "请填写“专间面积”" in again.text  # cold dishes need the room, as the application says
    assert 'value="许多"' in again.text
    assert hall.case(number).form == FORM


def test_a_field_without_the_right_is_refused_and_nothing_is_saved(app: Flask, hall: Hall) -> None:
    number, task = reviewed(hall, "R08")
    client = browser(app, hall, hall.holder(task))
    form = {"application.cold_room_m2": "12", "application.shop_name": "别的店"}
    data = {"task": task.id, "conclusion": "agree", "opinion": "已审查", **form}
    said = client.post(
        f"/cases/{number}/give_opinion", data=data, headers={"Accept": "application/json"}
    )
    assert said.json and said.json["code"] == "field_not_yours"
    assert hall.case(number).form == FORM
    with refused(hall, FieldNotYours):
        opinion = GiveOpinion(task.id, "agree", "已审查", application={"staff": []})
        hall.act(hall.holder(task), number, opinion)


def test_an_opinion_without_the_fields_leaves_the_application_alone(hall: Hall) -> None:
    number, _task = reviewed(hall, "R08")
    hall.opine(number, "R08")
    assert hall.case(number).form == FORM
    assert "changed" not in hall.history(number)[-1].details


def test_a_hidden_field_reaches_neither_the_step_nor_the_case_page_of_its_department(
    app: Flask, hall: Hall
) -> None:
    number, task = reviewed(hall, "R12")
    tobacco = browser(app, hall, hall.holder(task))
    for address in (f"/tasks/{task.id}", f"/cases/{number}"):
        shown = page(tobacco, address)
        assert "金味" in shown and "周丽" not in shown and "330702199203154615" not in shown
    food = browser(app, hall, "sj.handler")
    assert "周丽" in page(food, f"/cases/{number}")
    assert "周丽" in page(browser(app, hall, "window1"), f"/cases/{number}")


def test_a_department_outside_the_case_sees_nothing_that_is_hidden_from_anybody(
    app: Flask, hall: Hall
) -> None:
    number = hall.accepted({"sells_tobacco": True}, form=FORM)
    assert "周丽" not in page(browser(app, hall, "xf.handler"), f"/cases/{number}")


@pytest.mark.parametrize(
    ("written", "refusal", "named"),
    [
        ("{field: seats_of_old, right: write, steps: [review]}", FieldUnknown, "seats_of_old"),
        ("{field: staff_count, right: write}", FieldUnknown, "staff_count"),
        ("{field: seats, right: write, steps: [nowhere]}", StepUnknown, "nowhere"),
    ],
)
def test_a_right_to_what_nobody_asks_cannot_be_uploaded(
    hall: Hall, written: str, refusal: type[Exception], named: str
) -> None:
    upload = hall.upload(("{field: seats, right: write, steps: [review]}", written))
    with pytest.raises(refusal, match=named):
        hall.act("designer1", "restaurant", upload)


def test_how_far_a_document_can_be_relied_on_is_said_at_the_counter_and_to_every_department(
    app: Flask, hall: Hall
) -> None:
    assert "A 级：政府核发" in page(browser(app, hall, "window1"), "/intake?process=restaurant")
    _number, task = reviewed(hall, "R08")
    shown = page(browser(app, hall, hall.holder(task)), f"/tasks/{task.id}")
    assert "已收 · C 级：申请人上传" in shown and "免提交 · A 级：政府核发" in shown


def test_one_more_row_of_a_table_that_a_step_writes_keeps_everything_written(
    app: Flask, hall: Hall
) -> None:
    rights = "{field: seats, right: write, steps: [review]}"
    hall.publish((rights, "{field: staff, right: write, steps: [review]}"))
    number, task = reviewed(hall, "R08")
    client = browser(app, hall, hall.holder(task))
    shown = page(client, f"/tasks/{task.id}")
    assert 'name="more" value="application.staff"' in shown
    written = {
        "task": task.id, "opinion": "还在看", "application": "1", "more": "application.staff",
        "application.staff.0.name": "周丽芳", "application.staff.0.number": STAFF[0]["number"],
        "application.staff.0.work": "cook", "application.staff.1.name": "王强",
    }  # fmt: skip
    again = client.post(f"/tasks/{task.id}/draft", data=written)
    assert again.location.endswith(f"/tasks/{task.id}#f-application.staff")
    shown = page(client, f"/tasks/{task.id}")
    assert 'name="application.staff.2.name"' in shown
    assert 'value="周丽芳"' in shown and 'value="王强"' in shown and "还在看" in shown
    assert hall.case(number).form == FORM, "nothing is changed by a draft"
    same = {"application.staff.0.name": "周丽", "application.staff.0.number": STAFF[0]["number"],
            "application.staff.0.work": "cook", "opinion": "", "application": "1"}  # fmt: skip
    client.post(f"/tasks/{task.id}/draft", data=same)
    assert "已恢复您" not in page(client, f"/tasks/{task.id}"), "what is not changed is no draft"
