"""Before anything is confirmed the page says what it would come to, and nothing has happened."""

from flask import Flask

from tests.doors.test_moving_pages import browser, page
from tests.hall import LARGE, Hall
from tests.moving import past
from tests.test_rehearse import rows


def test_the_task_page_says_who_is_next_and_which_items_are_still_undecided(
    app: Flask, hall: Hall
) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    task = hall.task(number, "R08")
    shown = page(browser(app, hall, hall.holder(task)), f"/tasks/{task.id}")
    total = len(hall.case(number).items)
    assert "下一步：审核人审核 · 审核。" in shown
    assert f"0/{total} 个事项已有结论，还差" in shown
    hall.grant(number, "R01")
    again = page(browser(app, hall, hall.holder(task)), f"/tasks/{task.id}")
    assert f"1/{total} 个事项已有结论，还差" in again


def test_a_decider_reads_that_the_item_is_done_or_goes_to_be_confirmed(
    app: Flask, hall: Hall
) -> None:
    number = hall.accepted()
    task = hall.to_decision(number, "R08")
    shown = page(browser(app, hall, hall.holder(task)), f"/tasks/{task.id}")
    assert "本事项办结。" in shown and "否定报批" in shown and "承办人审查 · 承办" in shown


def test_what_a_return_would_do_is_shown_and_nothing_has_happened(app: Flask, hall: Hall) -> None:
    number = hall.accepted(LARGE)
    hall.grant(number, "R01")
    hall.grant(number, "R04")
    hall.sign_for(number, "R02")
    task = hall.task(number, "R02")
    client = browser(app, hall, hall.holder(task))
    before = rows(hall, number)
    form = {
        "task": task.id, "target": past(hall, number, "R01", "decide").id, "straight": "true",
        "scope": "listed", "items": ["R04", "R05"], "void": "true", "reason": "执照信息有误",
    }  # fmt: skip
    shown = client.post(f"/cases/{number}/send_back", data={**form, "rehearse": "1"})
    assert shown.status_code == 200 and "尚未提交" in shown.text and "确认退回" in shown.text
    assert "作废意见" in shown.text and "收回任务" in shown.text
    assert rows(hall, number) == before
    done = client.post(f"/cases/{number}/send_back", data=form)
    assert done.status_code == 303 and rows(hall, number) != before


def test_a_refusal_is_the_same_when_it_is_only_looked_at(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    hall.to_decision(number, "R08")
    target = past(hall, number, "R08", "review").id
    client = browser(app, hall, "lead")
    form = {"target": target, "reason": ""}
    for more in ({}, {"rehearse": "1"}):
        answer = client.post(f"/cases/{number}/roll_back", data={**form, **more})
        assert answer.status_code == 422
        assert "请填写" in answer.text or "请写明理由" in answer.text


def test_only_moves_are_rehearsed(app: Flask, hall: Hall) -> None:
    number = hall.receive()
    client = browser(app, hall, "window1")
    assert client.post(f"/cases/{number}/accept", data={"rehearse": "1"}).status_code == 303


def test_an_opinion_can_be_taken_back_from_its_page_and_is_filled_in_again(
    app: Flask, hall: Hall
) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    task = hall.task(number, "R08")
    client = browser(app, hall, hall.holder(task))
    said = {"task": task.id, "conclusion": "agree", "opinion": "材料齐全，符合要求"}
    assert client.post(f"/cases/{number}/give_opinion", data=said).status_code == 303
    assert "拿回重办" in page(client, f"/tasks/{task.id}")
    done = client.post(f"/cases/{number}/take_back", data={"task": task.id})
    assert done.status_code == 303
    assert "材料齐全，符合要求</textarea>" in page(client, f"/tasks/{hall.task(number, 'R08').id}")
