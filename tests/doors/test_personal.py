"""What people keep for themselves: theirs alone, without a history, and gone when it is done."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.doors import POSTS
from tests.doors.people import JSON, PEOPLE, someone
from tests.hall import Hall
from workflows.actions.copy_to import CopyTo
from workflows.actions.give_opinion import GiveOpinion
from workflows.models import Copy, Draft, Task
from workflows.permissions import Role


@pytest.fixture
def number(hall: Hall) -> str:
    found = hall.accepted()
    hall.sign_for(found, "R08")
    return found


@pytest.fixture
def task(hall: Hall, number: str) -> Task:
    return hall.task(number, "R08")


@pytest.fixture
def handler(app: Flask, hall: Hall, number: str) -> FlaskClient:
    return someone(app, hall, Role.APPROVER, number)


def drafts(hall: Hall) -> list[dict[str, str]]:
    with hall.read() as session:
        return list(session.scalars(select(Draft.data)))


def test_a_draft_is_kept_and_there_again_on_any_machine(
    app: Flask, hall: Hall, number: str, task: Task, handler: FlaskClient
) -> None:
    before = hall.actions(number)
    form = {"opinion": "初步看来", "csrf_token": "x", "task": str(task.id)}
    answer = handler.post(f"/tasks/{task.id}/draft", data=form, headers=JSON)
    assert answer.json == {"saved": True, "message": "已暂存 09:30"}
    form["opinion"] = "初步看来符合"
    assert handler.post(f"/tasks/{task.id}/draft", data=form).location == f"/tasks/{task.id}"
    assert drafts(hall) == [{"opinion": "初步看来符合"}]
    elsewhere = someone(app, hall, Role.APPROVER, number)
    page = elsewhere.get(f"/tasks/{task.id}").text
    assert "初步看来符合</textarea>" in page
    assert "已恢复您 2026-03-02 09:30 暂存的内容" in page
    assert hall.actions(number) == before


def test_a_draft_is_gone_after_the_action_and_one_that_comes_late_is_left(
    hall: Hall, number: str, task: Task, handler: FlaskClient
) -> None:
    form = {"opinion": "符合条件", "task": str(task.id), "conclusion": "agree"}
    handler.post(f"/tasks/{task.id}/draft", data=form, headers=JSON)
    assert handler.post(f"/cases/{number}/give_opinion", data=form).status_code == 303
    assert drafts(hall) == []
    late = handler.post(f"/tasks/{task.id}/draft", data=form, headers=JSON)
    assert (late.status_code, late.json) == (200, {"saved": False, "message": ""})
    assert handler.post(f"/tasks/{task.id}/draft", data=form).status_code == 303
    assert drafts(hall) == []


def test_a_refused_opinion_keeps_its_draft(
    hall: Hall, number: str, task: Task, handler: FlaskClient
) -> None:
    form = {"opinion": "符合条件", "task": str(task.id), "conclusion": "perhaps"}
    handler.post(f"/tasks/{task.id}/draft", data=form, headers=JSON)
    assert handler.post(f"/cases/{number}/give_opinion", data=form).status_code == 422
    assert drafts(hall) == [{"opinion": "符合条件"}]


def test_an_emptied_form_is_no_draft(hall: Hall, task: Task, handler: FlaskClient) -> None:
    handler.post(f"/tasks/{task.id}/draft", data={"opinion": "符合"}, headers=JSON)
    handler.post(f"/tasks/{task.id}/draft", data={"opinion": ""}, headers=JSON)
    assert drafts(hall) == []


def test_whose_task_it_is_not_keeps_no_draft_of_it(
    app: Flask, hall: Hall, number: str, handler: FlaskClient
) -> None:
    other = hall.task(number, "R13")
    answer = handler.post(f"/tasks/{other.id}/draft", data={"opinion": "看看"}, headers=JSON)
    assert (answer.json or {})["saved"] is False
    assert handler.post("/tasks/999999/draft").status_code == 404
    assert drafts(hall) == []


def test_a_draft_holds_the_fields_of_its_form_and_is_not_endless(
    hall: Hall, task: Task, handler: FlaskClient
) -> None:
    form = {"opinion": "长\x00" * 50_000, "stranger": "x"}
    handler.post(f"/tasks/{task.id}/draft", data=form, headers=JSON)
    [data] = drafts(hall)
    assert data.keys() == {"opinion"}
    assert len(data["opinion"]) < 20_000


def test_a_comment_beside_a_task_leaves_its_draft_in_the_form(
    number: str, task: Task, handler: FlaskClient
) -> None:
    handler.post(f"/tasks/{task.id}/draft", data={"opinion": "初步看来"}, headers=JSON)
    wrong = {"text": "@欧阳某某 请看", "item": "R08", "task": str(task.id)}
    page = handler.post(f"/cases/{number}/comment", data=wrong)
    assert page.status_code == 422
    assert "初步看来</textarea>" in page.text
    assert "@欧阳某某 请看</textarea>" in page.text
    done = handler.post(f"/cases/{number}/comment", data={**wrong, "text": "请看"})
    assert done.location == f"/tasks/{task.id}#talk"


def test_a_program_that_gives_an_opinion_leaves_no_draft_to_be_seen(
    hall: Hall, number: str, task: Task, handler: FlaskClient
) -> None:
    handler.post(f"/tasks/{task.id}/draft", data={"opinion": "初步看来"}, headers=JSON)
    hall.act("sj.handler", number, GiveOpinion(task.id, "agree", "符合"))
    assert "初步看来" not in handler.get(f"/tasks/{task.id}").text


def test_a_case_is_followed_and_no_more(hall: Hall, number: str, handler: FlaskClient) -> None:
    before = hall.actions(number)
    for _ in range(2):
        handler.post(f"/cases/{number}/follow", data={"follow": "true"})
    assert number in handler.get("/?list=followed").text
    assert "取消关注" in handler.get(f"/cases/{number}").text
    handler.post(f"/cases/{number}/follow", data={"follow": "false"})
    assert number not in handler.get("/?list=followed").text
    assert handler.post("/cases/1/follow", data={"follow": "true"}).status_code == 404
    assert hall.actions(number) == before


def test_a_copy_is_read_by_whom_it_was_given_to_only(
    app: Flask, hall: Hall, number: str, handler: FlaskClient
) -> None:
    hall.act("window1", number, CopyTo("sj.handler mayor", note="请关注进度"))
    mayor = someone(app, hall, Role.GOVERNMENT, number)
    assert "请关注进度" in handler.get(f"/cases/{number}").text
    desk = handler.get("/?list=copied").text
    assert "请关注进度" in desk
    assert "未读</span>" in desk
    with hall.read() as session:
        person = hall.actor("sj.handler").person_id
        mine = session.scalars(select(Copy.id).where(Copy.person_id == person)).one()
    mayor.post(f"/copies/{mine}/read")
    assert "未读</span>" in handler.get("/?list=copied").text
    assert handler.post(f"/copies/{mine}/read").location == "/?list=copied"
    assert "未读</span>" not in handler.get("/?list=copied").text
    assert "未读</span>" in mayor.get("/?list=copied").text


@pytest.mark.parametrize("who", [*PEOPLE, Role.APPLICANT, None])
def test_what_is_personal_is_open_to_the_roles_of_the_table(
    app: Flask, hall: Hall, number: str, task: Task, who: Role | None
) -> None:
    addresses = {
        "personal.save_draft": f"/tasks/{task.id}/draft",
        "personal.follow": f"/cases/{number}/follow",
        "personal.mark_read": "/copies/1/read",
    }
    assert addresses.keys() <= POSTS.keys()
    client = someone(app, hall, who, number)
    for endpoint, address in addresses.items():
        status = client.post(address, headers=JSON).status_code
        if who in POSTS[endpoint]:
            assert status == 200
        else:
            assert status == (403 if who in PEOPLE else 401)
