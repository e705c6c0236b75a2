"""Materials on the pages: what has run out, what may be taken over, what was promised, by whom."""

from datetime import date
from html import unescape

from flask import Flask

from server.outbox.wording import for_applicant
from tests.doors.people import someone
from tests.doors.test_intake import FORM
from tests.doors.test_moving_pages import browser
from tests.hall import Hall
from workflows.permissions import Role

NUMBER = FORM["applicant_number"]


def test_what_the_applicant_has_handed_in_is_offered_at_intake_and_taken_over_by_a_tick(
    app: Flask, hall: Hall
) -> None:
    earlier = hall.receive(dates={"M03": date(2026, 3, 20)}, applicant_number=NUMBER)
    clerk = browser(app, hall, "window1")
    form = {**FORM, "then": "materials"}
    shown = clerk.post("/intake/draft", data=form, follow_redirects=True).text
    assert f"沿用 2026-03-02 交来的（办件 {earlier}），有效期至 2026-03-20" in shown
    assert shown.count("沿用 2026-03-02") == 1, "drawings and statements are asked for anew"
    offer = shown.partition('name="reuse.M03" value="')[2].partition('"')[0]
    received = clerk.post("/cases", data={**FORM, "reuse.M03": offer})
    number = received.location.split("/")[2]
    page = unescape(clerk.get(f"/cases/{number}").text)
    assert f"沿用办件 {earlier}" in page and "2026-03-20 到期" in page
    assert f"沿用办件 {earlier} 的“经营场所使用证明" in page, "the history says so"


def test_what_has_run_out_is_shown_and_refused_with_a_sentence(app: Flask, hall: Hall) -> None:
    clerk = browser(app, hall, "window1")
    sent = {**FORM, "materials": ["M03"], "dates.M03": "2026-03-01"}
    answer = clerk.post("/cases", data=sent)
    assert "2026-03-01 为止，已经过期，不能收取" in answer.text
    assert "2026-03-01 已过期" in answer.text and 'value="2026-03-01"' in answer.text
    answer = clerk.post("/cases", data={**sent, "dates.M03": "三月"})
    assert "材料 M03 的日期应写作 2026-03-02。" in answer.text


def test_a_promise_is_printed_and_seen_by_the_window_the_department_and_the_applicant(
    app: Flask, hall: Hall
) -> None:
    number = hall.receive(without=["M08"])
    clerk = browser(app, hall, "window1")
    assert "没有容缺的材料" in clerk.get(f"/cases/{number}/deferral-notice").text
    form = {"deferred": "M08", "promised.M08": "2026-03-09"}
    done = clerk.post(f"/cases/{number}/accept", data=form)
    assert done.location == f"/cases/{number}/deferral-notice"
    sheet = clerk.get(done.location).text
    assert "容缺受理告知（承诺）书" in sheet and "RQ〔2026〕第000001号" in sheet
    assert "食品安全规章制度：2026-03-09 前" in sheet and "视为撤回申请" in sheet
    letter = for_applicant("acceptance", hall.history(number)[-1], hall.case(number), "zh")
    assert "最早的一份应在 2026-03-09 前交到窗口" in letter.text(short=False)
    task = hall.task(number, "R08").id
    pages = (
        clerk.get("/").text, clerk.get(f"/cases/{number}").text,
        browser(app, hall, "sj.handler").get(f"/tasks/{task}").text,
        someone(app, hall, Role.APPLICANT, number).get("/track/progress").text,
    )  # fmt: skip
    for page in pages:
        assert "食品安全规章制度" in page and "2026-03-09" in page
    wrong = clerk.post(f"/cases/{number}/hand_in", data={"materials": "M03", "dates.M03": "五月"})
    assert wrong.status_code == 422 and "材料 M03 的日期应写作" in wrong.text
    clerk.post(f"/cases/{number}/hand_in", data={"materials": "M08"})
    assert "容缺待补交" not in clerk.get("/").text
    assert not any(row.owed for row in hall.case(number).materials)


def test_versions_and_scans_are_listed_for_everyone_who_reads_the_case(
    app: Flask, hall: Hall
) -> None:
    number = hall.accepted()
    clerk = browser(app, hall, "window1")
    clerk.post(f"/cases/{number}/hand_in", data={"materials": "M07"})
    page = browser(app, hall, "sj.handler").get(f"/tasks/{hall.task(number, 'R08').id}").text
    assert "第 2 版" in page and '<li value="1">' in page and '<li value="2">' in page
    assert clerk.get(f"/cases/{number}").text.count('name="material"') == 1
