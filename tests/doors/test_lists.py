"""The lists of the desk: filters in the address, columns, views, many at once, sheets, news."""

import io
import re
import zipfile
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.bulk import MOST_ROWS
from tests.doors.people import JSON
from tests.hall import Hall
from workflows.actions.copy_to import CopyTo
from workflows.actions.sign_for import SignFor

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
GARBAGE = [
    "light=pink", "item=R999", "department='", "received_from=someday",
    "received_from=0001-01-01", "received_from=99999-01-01", "due_to=2026-13-01",
    "received_from=2026-03-05&received_to=2026-03-01", "f.seats_from=many", "f.seats_to=1e99",
    "f.seats_from=nan", "f.nothing=1", "f.catering_type=other", "f.opening_on_from=x",
    "process=nothing", "state=gone",
]  # fmt: skip
HARMLESS = [
    "item=%00",
    "page=-1", "page=99999999", "page=x", "columns=%F0%9F%98%80,left", "at.left=x", "q=%00",
    "q=%25%5F%5C", "q=" + "x" * 5000, "list=nowhere", "applicant=%ED%A0%80", "f.shop_name=%27",
]  # fmt: skip


def at(app: Flask, hall: Hall, username: str) -> FlaskClient:
    """The browser of a person who has signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = str(hall.actor(username).person_id)
        session["_fresh"] = True
    return client


@pytest.mark.parametrize("query", GARBAGE)
def test_what_cannot_be_read_in_an_address_is_told_in_a_sentence(
    app: Flask, hall: Hall, case: str, query: str
) -> None:
    hall.accepted()
    for who, path in (("window1", "/cases?"), ("sj.handler", "/?list=open&")):
        if path == "/cases?" and query.startswith(("due", "light")):
            continue  # the search does not offer these
        answer = at(app, hall, who).get(path + query)
        assert answer.status_code == 422
        assert 'class="error-summary"' in answer.text
        assert "办件列表" not in answer.text and "data-rows" not in answer.text


@pytest.mark.parametrize("query", HARMLESS)
def test_what_is_only_strange_is_passed_over(app: Flask, hall: Hall, case: str, query: str) -> None:
    for who, path in (("window1", "/cases?"), ("sj.handler", "/?")):
        assert at(app, hall, who).get(path + query).status_code == 200


def test_a_filter_stands_in_the_address_and_in_its_form(app: Flask, hall: Hall) -> None:
    first, second = hall.accepted(applicant="老李面馆"), hall.accepted()
    page = at(app, hall, "sj.handler").get("/?list=open&applicant=老李&item=R08").text
    assert first in page and second not in page
    assert '<option value="R08" selected' in page
    assert 'value="老李"' in page
    assert "清空条件" in page


def test_columns_are_chosen_and_put_in_order(app: Flask, hall: Hall) -> None:
    hall.accepted()
    client = at(app, hall, "sj.handler")
    page = client.get("/?list=open&at.title=2&at.number=1&at.due=3").text
    assert re.findall(r'<th scope="col">(.*?)</th>', page) == ["办件号", "主题", "截止"]
    assert 'value="number,title,due"' in page, "the form of the filter keeps the columns"
    page = client.get("/?list=open&columns=title").text
    assert re.findall(r'<th scope="col">(.*?)</th>', page) == ["办件号", "主题"]


def keep(client: FlaskClient, name: str, query: str, shared: str = "", of: str = "open") -> int:
    form = {"name": name, "list": of, "query": query, "shared": shared}
    return client.post("/views", data=form).status_code


def views(client: FlaskClient, path: str = "/") -> list[tuple[str, str]]:
    """The views on a page, each with its count."""
    found = re.search(r'<nav class="kept.*?</nav>', client.get(path).text, re.DOTALL)
    if not found:
        return []
    return re.findall(r">([^<>]+) <span class=\"badge[^>]*>([^<]*)<", found[0])


def test_a_view_is_kept_with_its_filter_and_counted(app: Flask, hall: Hall) -> None:
    hall.accepted(applicant="老李面馆")
    hall.accepted()
    client = at(app, hall, "sj.handler")
    assert keep(client, "老李的", "applicant=老李&columns=number,left") == 303
    assert keep(client, "老李的", "applicant=老李&columns=number,left&list=x&evil=1") == 303
    assert views(client) == [("老李的", "2")]
    assert views(at(app, hall, "sj.checker")) == []
    page = client.get("/").text
    href = re.search(r'<nav class="kept.*?href="([^"]+)"', page, re.DOTALL)
    assert href and "evil" not in href[1]
    opened = client.get(href[1].replace("&amp;", "&")).text
    assert 'aria-current="page">老李的' in opened


def test_only_a_lead_shares_a_view_and_only_its_owner_deletes_it(app: Flask, hall: Hall) -> None:
    handler, approver = at(app, hall, "sj.handler"), at(app, hall, "sj.approver")
    window, lead = at(app, hall, "window1"), at(app, hall, "lead")
    assert keep(handler, "我的", "item=R01", "department") == 422
    assert keep(handler, "我的", "item=R01", "hall") == 422
    assert keep(approver, "R08", "item=R08", "department") == 303
    assert keep(window, "餐饮", "process=restaurant", "hall", "submitted") == 422
    assert keep(lead, "餐饮", "process=restaurant", "hall", "submitted") == 303
    assert views(handler) == [("R08", "0")]
    assert views(at(app, hall, "xf.handler")) == []
    assert views(window, "/?list=submitted") == [("餐饮", "0")]
    assert keep(handler, "别人的", "", of="submitted") == 403
    number = re.search(r"/views/(\d+)/delete", approver.get("/?tools=1").text)
    assert number and "/delete" not in handler.get("/?tools=1").text
    assert handler.post(number[0], data={"list": "open"}).status_code == 422
    assert approver.post(number[0], data={"list": "open"}).status_code == 303
    assert views(handler) == []


@pytest.mark.parametrize("name", ["", "  ", "长" * 41])
def test_a_view_needs_a_name(app: Flask, hall: Hall, name: str) -> None:
    assert keep(at(app, hall, "sj.handler"), name, "item=R01") == 422


def results(page: str) -> list[str]:
    """What became of each task, in words."""
    cells = re.findall(r'<td data-label="结果">(.*?)</td>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells]


def test_many_are_signed_for_and_one_refusal_stops_no_other(app: Flask, hall: Hall) -> None:
    numbers = [hall.accepted() for _ in range(3)]
    tasks = [hall.task(number, "R08") for number in numbers]
    hall.act("sj.handler", numbers[1], SignFor(tasks[1].id))
    client = at(app, hall, "sj.handler")
    form = {"task": [str(task.id) for task in tasks]}
    answer = client.post("/bulk/sign_for", data=form)
    refusal = "未办：“审查中”状态下不能办理“签收”。"
    assert results(answer.text) == ["已办理", refusal, "已办理"]
    assert "办成 2 件，共 3 件" in answer.text
    for number in numbers:
        assert hall.actions(number).count("sign_for") == 1
    again = client.post("/bulk/sign_for", data=form)
    assert results(again.text) == [refusal] * 3


def test_one_opinion_is_given_on_many(app: Flask, hall: Hall) -> None:
    numbers = [hall.accepted() for _ in range(3)]
    for number in numbers[:2]:
        hall.sign_for(number, "R08")
    tasks = [hall.task(number, "R08") for number in numbers]
    client = at(app, hall, "sj.handler")
    form = {"task": [str(task.id) for task in tasks], "opinion": ""}
    assert results(client.post("/bulk/give_opinion", data=form).text) == ["未办：请填写“意见”"] * 3
    form["opinion"] = "材料齐全，同意。"
    done = results(client.post("/bulk/give_opinion", data=form).text)
    assert done[:2] == ["已办理", "已办理"] and done[2].startswith("未办：")
    said = [task.opinion for task in hall.case(numbers[0]).tasks if task.closed_at]
    assert "材料齐全，同意。" in said
    assert hall.history(numbers[0])[-1].details["conclusion"] == "agree"


def test_nobody_does_with_many_what_they_may_not_do_with_one(app: Flask, hall: Hall) -> None:
    task = str(hall.task(hall.accepted(), "R08").id)
    other = at(app, hall, "xf.handler").post("/bulk/sign_for", data={"task": task})
    assert results(other.text)[0].startswith("未办：这项工作属于")
    refused = at(app, hall, "window1").post("/bulk/sign_for", data={"task": task}, headers=JSON)
    assert (refused.status_code, (refused.json or {})["code"]) == (403, "not_permitted")
    client = at(app, hall, "sj.handler")
    assert client.post("/bulk/decide", data={"task": task}).status_code == 404
    assert client.post("/bulk/sign_for", data={"task": "x"}).status_code == 422
    many = [str(n) for n in range(MOST_ROWS + 1)]
    assert client.post("/bulk/sign_for", data={"task": many}).status_code == 422


def sheet(client: FlaskClient, path: str) -> list[list[tuple[str, str]]]:
    """The cells of a sheet, as (type, text): s text, n a number or an instant."""
    answer = client.post(path)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert not list(root.iter(f"{CELL}f")), "a formula"
    return [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row]
        for row in root.iter(f"{CELL}row")
    ]


def test_a_list_becomes_a_sheet_as_it_is_filtered(app: Flask, hall: Hall) -> None:
    number = hall.accepted(applicant='=HYPERLINK("x")')
    hall.accepted()
    client = at(app, hall, "sj.handler")
    query = f"list=open&applicant={quote('=HYPER')}&item=R08&columns=number,applicant,left,received"
    head, *rows = sheet(client, f"/export?{query}")
    assert [text for _, text in head] == ["办件号", "申请人", "剩余", "收件时间"]
    [row] = rows
    assert [kind for kind, _ in row] == ["inlineStr", "inlineStr", "n", "n"]
    assert row[0][1] == number
    assert row[1][1] == '=HYPERLINK("x")'
    assert row[2][1] == "5"
    assert 46083 < float(row[3][1]) < 46084, "2 March 2026, as a sheet counts days"
    record = hall.history("organisation")[-1]
    assert (record.action, record.actor) == ("export_list", hall.actor("sj.handler").name)
    narrowed = "item=R08&applicant==HYPER&columns=number,applicant,left,received"
    assert record.details == {"list": "待办", "narrowed": narrowed, "rows": 1}
    assert "导出列表" in at(app, hall, "auditor").get("/audit?q=organisation").text


def test_a_sheet_has_every_page_and_only_what_its_reader_may_see(app: Flask, hall: Hall) -> None:
    for _ in range(25):
        hall.receive()
    assert len(sheet(at(app, hall, "window1"), "/export?list=submitted")) == 26
    assert len(sheet(at(app, hall, "supervisor"), "/export")) == 26
    assert at(app, hall, "sj.handler").post("/export?list=submitted").status_code == 403
    assert at(app, hall, "admin").post("/export").status_code == 403
    assert sheet(at(app, hall, "sj.handler"), "/export?list=open&light=pink") == [
        sheet(at(app, hall, "sj.handler"), "/export?list=open")[0]
    ]


def test_what_has_come_is_counted_without_sending_it_twice(app: Flask, hall: Hall) -> None:
    hall.accepted()
    client = at(app, hall, "sj.handler")
    found = re.search(r'data-news="([^"]+)"', client.get("/").text)
    assert found
    path = found[1].replace("&amp;", "&")
    answer = client.get(path)
    assert answer.json and answer.json["count"] == 0
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(path, headers=etag).status_code == 304
    hall.accepted()
    answer = client.get(path, headers=etag)
    assert answer.json and (answer.json["count"], answer.json["sentence"]) == (2, "有 2 件新任务")
    assert (client.get("/new?list=open&since=x").json or {})["count"] == 0
    assert (client.get("/new?list=submitted&since=1").json or {})["count"] == 0


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(app: Flask, hall: Hall) -> None:
    client = at(app, hall, "sj.handler")
    with client.session_transaction() as session:
        session.permanent = True
    assert "Set-Cookie" in client.get("/").headers
    assert "Set-Cookie" not in client.get("/new?list=open&since=1").headers


def test_what_i_received_follow_or_was_copied_is_filtered_and_saved_as_a_sheet(
    app: Flask, hall: Hall
) -> None:
    numbers = [hall.receive(applicant=name) for name in ("老李面馆", "老王茶楼")]
    window = at(app, hall, "window1")
    for number in numbers:
        window.post(f"/cases/{number}/follow", data={"follow": "true"})
        hall.act("lead", number, CopyTo("window1", note="请关注"))
    for of in ("received", "followed", "copied"):
        assert set(re.findall(r"\d{21}", window.get(f"/?list={of}").text)) == set(numbers)
        page = window.get(f"/?list={of}&q=老李").text
        assert set(re.findall(r'data-main href="/cases/(\d+)"', page)) == {numbers[0]}
        assert window.post(f"/export?list={of}").status_code == 200


def test_many_tasks_are_offered_to_a_colleague_who_is_asked_for_first(
    app: Flask, hall: Hall
) -> None:
    for token in ("one", "two"):
        hall.accepted(token=token)
    client = at(app, hall, "sj.handler")
    tasks = re.findall(r'name="task" value="(\d+)"', client.get("/?list=open").text)[:2]
    asked = client.post("/bulk/forward", data={"task": tasks})
    assert asked.status_code == 200 and asked.text.count('type="hidden" name="task"') == 2
    assert client.post("/bulk/forward", data={"task": tasks, "to": ""}).status_code == 422
    people = re.findall(r'<option value="(sj\.[a-z0-9]+)"', asked.text)
    form = {"task": tasks, "to": people[0], "reason": "出差"}
    assert results(client.post("/bulk/forward", data=form).text) == ["已办理", "已办理"]
    assert "出差" in at(app, hall, people[0]).get("/").text
    assert (
        results(client.post("/bulk/forward", data=form | {"to": "xf.handler"}).text)[0] != "已办理"
    )
