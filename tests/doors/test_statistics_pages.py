"""The pages of the statistics: figures that open lists, a sheet, a paper."""

import re
from io import BytesIO

import openpyxl
import pytest
from flask import Flask

from tests.doors.people import someone
from tests.hall import Hall
from workflows.permissions import Role

MARCH = "from=2026-03-01&to=2026-03-31"
ROWS = re.compile(r'href="(/watch/statistics/rows[^"]*)"[^>]*>(\d+)<')


def test_every_number_opens_a_list_of_as_many_rows(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R13")
    watcher = someone(app, hall, Role.SUPERVISOR, number)
    for what in ("of=items", "of=items&by=person", "of=cases", "of=cases&by=month"):
        page = watcher.get(f"/watch/statistics?{what}&{MARCH}").text
        links = ROWS.findall(page)
        assert links, what
        for href, shown in links:
            listed = watcher.get(href.replace("&amp;", "&"))
            assert listed.text.count("data-main") == int(shown), href


def test_a_table_is_taken_away_as_a_sheet_with_its_definitions(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    watcher = someone(app, hall, Role.SUPERVISOR, number)
    answer = watcher.post(f"/watch/statistics/sheet?by=department&{MARCH}")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    figures, meant = book.worksheets
    head = [cell.value for cell in figures[1]]
    assert head[:3] == ["部门", "收件", "办结"] and figures.cell(figures.max_row, 1).value == "合计"
    assert [row[0].value for row in meant.iter_rows(min_row=2)] == head[1:]
    assert hall.history("organisation")[-1].details["list"] == "办件统计"


def test_a_table_is_printed(app: Flask, hall: Hall) -> None:
    watcher = someone(app, hall, Role.AUDITOR, hall.accepted())
    answer = watcher.get(f"/watch/statistics.pdf?{MARCH}")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")


WRONG = (
    "from=yesterday", "from=1999-01-01", "from=2026-04-01&to=2026-03-01",
    "from=2004-01-01&to=2026-01-01",
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_counted_is_said(app: Flask, hall: Hall, wrong: str) -> None:
    watcher = someone(app, hall, Role.SUPERVISOR, hall.accepted())
    page = watcher.get(f"/watch/statistics?{wrong}")
    assert page.status_code == 200 and "error-summary" in page.text
    for key in ("by=person&key=nobody", "by=window&of=cases&key=9999999999", "by=month&key=2026"):
        assert watcher.get(f"/watch/statistics/rows?{MARCH}&{key}").status_code in (200, 404)
    far = watcher.get(f"/watch/statistics/rows?{MARCH}&page=99999999999999999999")
    assert far.status_code == 200
    unknown = watcher.get(f"/watch/statistics/rows?{MARCH}&column=none")
    assert unknown.status_code == 404
