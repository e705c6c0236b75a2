"""Whose task it is can be seen and changed from the pages, and each says what happens next."""

from flask import Flask

from tests.doors.test_moving_pages import browser, page
from tests.hall import Hall
from tests.handing import REASON, has, opinion, review
from workflows.actions.claim import Claim
from workflows.actions.delegate import Delegate


def test_a_member_claims_from_the_pool_and_gives_it_back(app: Flask, hall: Hall) -> None:
    number, task = review(hall)
    member = browser(app, hall, "sj.member1")
    assert "待领" in page(member, "/") and number not in page(member, "/")
    assert f"/tasks/{task.id}" in page(member, "/?list=pool")
    shown = page(member, f"/tasks/{task.id}")
    assert "认领后由您办理，岗位其他人不能再办" in shown and "give_opinion" not in shown
    done = member.post(f"/cases/{number}/claim", data={"task": task.id})
    assert done.status_code == 303 and done.location == f"/tasks/{task.id}"
    assert has(hall, number) == "sj.member1"
    shown = page(member, f"/tasks/{task.id}")
    assert "give_opinion" in shown and "退回后回到岗位待领" in shown
    assert member.post(f"/cases/{number}/release", data={"task": task.id}).status_code == 303
    assert has(hall, number) is None


def test_holder_and_deputy_both_see_who_has_it(app: Flask, hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.member1", number, Claim(task.id))
    name = hall.actor("sj.member1").name
    for who in ("sj.handler", "sj.handler2"):
        shown = page(browser(app, hall, who), f"/tasks/{task.id}")
        assert f"这项任务今天由 {name} 负责" in shown and "give_opinion" not in shown
    refused = browser(app, hall, "sj.member2").post(
        f"/cases/{number}/claim", data={"task": task.id}
    )
    assert refused.status_code >= 400 and f"这项任务已由 {name} 认领。" in refused.text


def test_one_form_hands_on_for_good_or_to_have_it_back(app: Flask, hall: Hall) -> None:
    number, task = review(hall)
    owner = browser(app, hall, "sj.handler")
    shown = page(owner, f"/tasks/{task.id}")
    assert "转交他人办理" in shown and 'value="sj.member1"' in shown
    assert 'value="sj.handler"' not in shown and 'value="wj.handler"' not in shown
    form = {"task": task.id, "as": "delegate", "to": "sj.member1", "reason": ""}
    refused = owner.post(f"/cases/{number}/forward", data=form)
    assert refused.status_code >= 400
    assert (
        'value="delegate" checked' in refused.text and 'value="sj.member1" selected' in refused.text
    )
    done = owner.post(f"/cases/{number}/forward", data={**form, "reason": REASON})
    assert done.status_code == 303
    assert hall.actions(number)[-1] == "delegate"
    shown = page(owner, f"/tasks/{task.id}")
    assert "交回意见后再作结论" in shown and "give_opinion" not in shown
    both = {**form, "as": "forward", "reason": REASON}
    assert owner.post(f"/cases/{number}/forward", data=both).status_code == 303
    assert hall.actions(number)[-1] == "forward"
    assert "接收之前仍由原来的人负责" in page(owner, f"/tasks/{task.id}")


def test_what_is_offered_stands_at_the_top_of_the_desk_until_it_is_answered(
    app: Flask, hall: Hall
) -> None:
    number, task = review(hall)
    owner, member = browser(app, hall, "sj.handler"), browser(app, hall, "sj.member1")
    form = {"task": task.id, "as": "forward", "to": "sj.member1", "reason": REASON}
    owner.post(f"/cases/{number}/forward", data=form)
    assert "等待您答复的转交" in page(member, "/") and REASON in page(member, "/")
    no = {"task": task.id, "reason": "不是我经办的"}
    assert member.post(f"/cases/{number}/refuse_forward", data=no).status_code == 303
    assert "等待您答复的转交" not in page(member, "/")
    shown = page(owner, f"/tasks/{task.id}")
    assert "转办 · 拒收" in shown and "不是我经办的" in shown
    owner.post(f"/cases/{number}/forward", data=form)
    done = member.post(f"/cases/{number}/accept_forward", data={"task": task.id})
    assert done.location == f"/tasks/{task.id}"
    shown = page(member, f"/tasks/{task.id}")
    assert "已转办 1 次" in shown and "give_opinion" in shown
    lead = page(browser(app, hall, "lead"), f"/cases/{number}")
    assert "第 1 次转办" in lead and f"交给 {hall.actor('sj.member1').name}" in lead


def test_the_opinion_of_a_delegate_stands_on_the_page_and_in_the_history(
    app: Flask, hall: Hall
) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, Delegate(task.id, "sj.member1", REASON))
    member = browser(app, hall, "sj.member1")
    assert "交回后由委派人作结论" in page(member, f"/tasks/{task.id}")
    form = {"task": task.id, "opinion": "现场与图纸一致"}
    assert member.post(f"/cases/{number}/return_delegated", data=form).status_code == 303
    shown = page(browser(app, hall, "sj.handler"), f"/tasks/{task.id}")
    assert "现场与图纸一致" in shown and "give_opinion" in shown
    hall.act("sj.handler", number, opinion(task))
    assert "现场与图纸一致" in page(browser(app, hall, "lead"), f"/cases/{number}")


def test_who_stands_in_is_told_for_whom(app: Flask, hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.member1", number, Claim(task.id))
    hall.away("sj.member1", "2026-03-02")
    name = hall.actor("sj.member1").name
    shown = page(browser(app, hall, "sj.handler"), f"/tasks/{task.id}")
    assert f"{name} 认领了这项任务，今天不在岗，由您代办" in shown
    assert f"您正在代 {name} 办理" in shown
    other = page(browser(app, hall, "sj.handler2"), f"/tasks/{task.id}")
    assert f"今天由 {hall.actor('sj.handler').name} 代 {name} 负责" in other


def test_a_hand_over_says_how_much_and_the_history_which(app: Flask, hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, Claim(task.id))
    admin = browser(app, hall, "admin")
    assert "全部移交" in page(admin, "/people")
    form = {"username": "sj.handler", "successor": "sj.member1", "reason": "调离"}
    again = admin.post("/people/hand_over", data={**form, "successor": "wj.handler"})
    assert (
        again.status_code >= 400 and "不能接手" in again.text and 'value="wj.handler"' in again.text
    )
    done = admin.post("/people/hand_over", data=form, follow_redirects=True)
    assert "已移交：岗位 1 个，任务 1 项，等待答复的 0 项" in done.text
    record = page(browser(app, hall, "auditor"), "/audit?q=organisation")
    assert f"{number} R08" in record and "记录链完整" in record


def test_days_on_which_nobody_is_there_are_red_and_told(app: Flask, hall: Hall) -> None:
    hall.away("sj.handler", "2026-03-05", "2026-03-06")
    hall.away("sj.handler2", "2026-03-06", "2026-03-09")
    admin = page(browser(app, hall, "admin"), "/people")
    assert "AB 角都不在岗：2026-03-06" in admin
    for who in ("sj.chief", "supervisor"):
        shown = page(browser(app, hall, who), "/")
        assert "“承办”岗位 AB 角都不在岗：2026-03-06" in shown
    assert "AB 角都不在岗" not in page(browser(app, hall, "sj.checker"), "/")
