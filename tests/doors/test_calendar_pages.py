"""From the text of the notice to the last deadline: read, seen, confirmed, counted, on pages."""

import re
from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter
from flask import Flask
from flask.testing import FlaskClient

from tests.calendars import imported, stored
from tests.doors.test_moving_pages import browser, page
from tests.hall import LARGE, Hall
from tests.unit.test_notice import EXAMPLE

EDIT, READ = "/calendars/cn/2027/edit", "/calendars/cn/2027/read"
Fields = dict[str, list[str]]


def fields(html: str) -> Fields:
    """What the form of a page would send: its inputs with their values, the ticked ones only."""
    form = html[html.index("arrange") :] if "arrange" in html else html[html.index("action-bar") :]
    found: Fields = {}
    for tag in re.findall(r"<input[^>]*>", form.partition("</form>")[0]):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") != "radio" or " checked" in tag:
            found.setdefault(given["name"], []).append(given.get("value", ""))
    del found["csrf_token"]
    return found


@pytest.fixture
def admin(app: Flask, hall: Hall) -> FlaskClient:
    return browser(app, hall, "admin")


def test_a_notice_goes_from_its_text_to_every_deadline(
    app: Flask, hall: Hall, admin: FlaskClient
) -> None:
    hall.at("2027-01-25T09:30")
    number = hall.accepted(LARGE)
    due = stored_deadlines(hall, number)
    shown = admin.post(READ, data={"text": EXAMPLE}).text
    assert (
        "有 2 处没有读进来" in shown and "6月9日前后放假" in shown and "是周日，不是周六" in shown
    )
    form = fields(shown)
    assert "春节" in form["off_name"] and "2027-02-11" in form["off_last"]
    assert form["source"] == ["国务院办公厅关于2027年部分节假日安排的通知"]
    refused = admin.post("/calendars/cn/2027/import", data=form)
    assert refused.status_code == 422 and "请写明理由" in refused.text
    form["reason"] = ["已公布"]
    before = hall.history(number)
    foretold = admin.post("/calendars/cn/2027/preview", data=form).text
    assert number in foretold and "推迟" in foretold and "还没有写入任何内容" in foretold
    assert "有 2 处没有读进来" in foretold and "办件整体" in foretold
    again = admin.post(READ, data=fields(foretold) | {"back": "1"}).text
    assert {name: list(filter(None, values)) for name, values in fields(again).items()} == {
        name: list(filter(None, values)) for name, values in form.items()
    }
    assert stored_deadlines(hall, number) == due and len(hall.history(number)) == len(before)
    confirmed_and_counted(hall, admin, fields(foretold))
    assert stored_deadlines(hall, number) != due
    assert len(hall.history(number)) == len(before) + 1
    told = page(browser(app, hall, "window1"), f"/cases/{number}")
    assert "按新日历重算时限" in told and "并联总时限（承诺）" in told
    assert "记录链完整" in page(browser(app, hall, "auditor"), "/audit?q=calendar:cn")


def stored_deadlines(hall: Hall, number: str) -> list[datetime | None]:
    return [row.due_at for row in hall.case(number).deadlines]


def confirmed_and_counted(hall: Hall, admin: FlaskClient, form: Fields) -> None:
    """From the preview on: confirm, wait until everyone knows it, and go on to the end."""
    done = admin.post("/calendars/cn/2027/import", data=form)
    assert done.status_code == 303 and done.location == "/calendars/cn/progress"
    assert "正在重算" in page(admin, done.location)
    assert "已查看 0 件" in admin.post(done.location).text, "not before everyone knows it"
    hall.clock.advance(seconds=5)
    assert "已查看 1 件" in admin.post(done.location).text
    assert "已经完成" in admin.post(done.location).text


def test_a_year_is_written_by_hand_and_what_is_wrong_is_said_at_its_place(
    admin: FlaskClient,
) -> None:
    form = fields(page(admin, EDIT))
    assert form["status"] == ["provisional"] and form["off_name"][1] == "春节"
    form["off_first"][-1], form["off_name"][-1] = "2027-02-30", "某节"
    form["worked"] = ["2027-02-06"]
    shown = admin.post("/calendars/cn/2027/preview", data=form | {"reason": ["更正"]})
    assert (
        shown.status_code == 422 and "的日期没有写对" in shown.text and "2027-02-30" in shown.text
    )
    form["off_first"][-1] = form["off_name"][-1] = ""
    shown = admin.post("/calendars/cn/2027/preview", data=form | {"reason": ["更正"]})
    assert "2027-02-06 既放假又上班" in shown.text and 'href="#worked-1"' in shown.text
    form["worked"] = [""]
    shown = admin.post("/calendars/cn/2027/preview", data=form | {"reason": ["更正"]})
    assert "完全相同" in shown.text


def workbook(*rows: tuple[str, ...]) -> BytesIO:
    """A sheet with these rows, as an office program writes it."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    file.seek(0)
    return file


@pytest.mark.parametrize("kind", ["xlsx", "csv", "gbk"])
def test_a_sheet_is_read_and_its_faults_are_named_by_row(admin: FlaskClient, kind: str) -> None:
    rows = [
        ("日期", "类型", "名称"), ("2027-02-05", "放假", "春节"), ("2027/2/6", "放假", "春节"),
        ("2027-02-20", "上班", ""), ("2027-02-19", "上班", ""), ("2026-12-31", "放假", "元旦"),
        ("2027-02-05", "放假", "春节"), ("二月", "放假", "春节"), ("2027-05-01", "调休", ""),
        ("2027-05-02", "放假", ""),
    ]  # fmt: skip
    text = "\r\n".join(map(",".join, rows)).encode("utf-8-sig" if kind == "csv" else "gb18030")
    file = workbook(*rows) if kind == "xlsx" else BytesIO(text)
    name = "2027.xlsx" if kind == "xlsx" else "2027.csv"
    shown = admin.post(READ, data={"file": (file, name)}).text
    form = fields(shown)
    assert (form["off_first"][0], form["off_last"][0]) == ("2027-02-05", "2027-02-06")
    assert [day for day in form["worked"] if day] == ["2027-02-20"]
    for place, words in enumerate(("不是周末", "不在", "已经写过", "没有写对", "类型", "名称"), 5):
        assert re.search(f"第 {place} 行：[^<]*{words}", shown), (place, words)


@pytest.mark.parametrize("sent", [b"", b"PK\x03\x04 broken", "没有列名\n".encode()])
def test_what_is_no_sheet_is_refused(admin: FlaskClient, sent: bytes) -> None:
    for name in ("a.xlsx", "a.csv"):
        answer = admin.post(READ, data={"file": (BytesIO(sent), name)})
        assert answer.status_code == 422 and "alert-danger" in answer.text
    assert admin.post(READ, data={"text": " "}).status_code == 422


def test_who_previewed_an_older_calendar_looks_again(hall: Hall, admin: FlaskClient) -> None:
    form = fields(admin.post(READ, data={"text": EXAMPLE}).text) | {"reason": ["已公布"]}
    imported(hall)
    late = admin.post("/calendars/cn/2027/import", data=form)
    assert late.status_code == 409 and "刚刚被别人更新过" in late.text
    assert stored(hall).revision == 1
    again = admin.post("/calendars/cn/2027/preview", data=fields(late.text))
    assert again.status_code == 200


def test_the_year_is_a_picture_and_the_same_in_words(app: Flask, hall: Hall) -> None:
    supervisor = browser(app, hall, "supervisor")
    shown = page(supervisor, "/calendars/cn/2026")
    assert shown.count('class="day off"') == 33 + 1 and shown.count('class="day worked"') == 6 + 1
    assert "2026-02-15 至 2026-02-23" in shown and "2026-02-28 周六" in shown
    assert "共 248 个工作日" in shown and "/edit" not in shown
    assert "暂定" in page(supervisor, "/calendars/cn/2027")
    for address in ("/calendars/cn/2003", "/calendars/cn/2040", "/calendars/mars/2026"):
        assert supervisor.get(address).status_code == 404


def test_from_november_the_year_that_is_missing_is_called_for(
    app: Flask, hall: Hall, admin: FlaskClient
) -> None:
    supervisor = browser(app, hall, "supervisor")
    hall.at("2026-10-31T10:00")
    assert "还没有导入" not in page(admin, "/calendars")
    hall.at("2026-11-01T10:00")
    assert "2027 年的节假日安排还没有导入" in page(admin, "/calendars") and EDIT in page(
        admin, "/calendars"
    )
    assert 'href="/calendars"' in page(supervisor, "/board")
    imported(hall)
    hall.clock.advance(seconds=5)
    assert "还没有导入" not in page(admin, "/calendars")
    assert "还没有导入" not in page(supervisor, "/board")


def test_what_could_not_be_counted_is_counted_once_more(hall: Hall, admin: FlaskClient) -> None:
    imported(hall)
    hall.clock.advance(seconds=5)
    hall.sweep()
    with hall.services.database.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE calendars SET failed = 1")
    assert "有 1 件没有算成" in page(admin, "/calendars/cn/progress")
    admin.post("/calendars/cn/progress", data={"again": "1"})
    assert "已经完成" in admin.post("/calendars/cn/progress").text
    assert stored(hall).failed == 0
