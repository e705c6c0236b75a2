"""A year as a sheet (.xlsx or .csv): a row a day with 日期, 类型 (放假 or 上班) and 名称.

Every row that cannot be taken is named with its number; what is right in the others is taken.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import StringIO
from typing import Any

from flask_babel import gettext as _

from server.calendar_form import Written
from server.workbook import WorkbookUnreadable, read_first_sheet
from workflows.arrangement import NAME, stretches
from workflows.catalogue.cells import Unfit
from workflows.errors import N_, WorkflowError

#: A year has no more days.
MOST = 370
TITLES = {
    "日期": "day", "date": "day", "类型": "kind", "kind": "kind", "type": "kind",
    "名称": "name", "节日": "name", "name": "name",
}  # fmt: skip
KINDS = {
    "放假": "off", "休": "off", "休息": "off", "off": "off", "holiday": "off",
    "上班": "worked", "调休上班": "worked", "班": "worked", "worked": "worked", "workday": "worked",
}  # fmt: skip
DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?$")

Rows = list[tuple[int, tuple[Any, ...]]]


class TitlesMissing(WorkflowError):
    """The first row does not say which column is which."""

    sentence = N_("第一行应当是列名：日期、类型、名称。")


def read_sheet(name: str, data: bytes, year: int, revision: int) -> Written:
    """The form of what a sheet says; raises a refusal for what is no sheet."""
    titles, rows = _csv(data) if name.lower().endswith(".csv") else read_first_sheet(data, MOST)
    places = {TITLES[title.strip().lower()]: at for at, title in enumerate(titles)
              if title.strip().lower() in TITLES}  # fmt: skip
    if not {"day", "kind"} <= places.keys():
        raise TitlesMissing
    written = Written(revision=revision)
    off: dict[date, str] = {}
    worked: set[date] = set()
    for number, values in rows:
        cells = {key: values[at] if at < len(values) else None for key, at in places.items()}
        try:
            _take(cells, year, off, worked)
        except _Wrong as wrong:
            words = _("第 %(row)s 行：%(why)s", row=number, why=str(wrong))
            written.unread.append(words)
    if len(rows) >= MOST:
        written.unread.append(_("只读了前 %(most)s 行。", most=MOST))
    written.off = [(str(one.first), str(one.last), one.name) for one in stretches(off)]
    written.worked = [str(day) for day in sorted(worked)]
    return written


class _Wrong(Exception):
    """This row is not taken; why, in words."""


def _take(cells: dict[str, Any], year: int, off: dict[date, str], worked: set[date]) -> None:
    day = _day(cells["day"])
    kind = KINDS.get(_text(cells["kind"]).lower())
    name = _text(cells.get("name"))
    if kind is None:
        raise _Wrong(_("类型应当是“放假”或者“上班”。"))
    if day.year != year:
        raise _Wrong(_("%(day)s 不在 %(year)s 年内。", day=day, year=year))
    if day in off or day in worked:
        raise _Wrong(_("%(day)s 已经写过。", day=day))
    if kind == "worked":
        if day.weekday() < 5:
            raise _Wrong(_("%(day)s 不是周末，不能调休上班。", day=day))
        worked.add(day)
    elif not 0 < len(name) <= NAME:
        raise _Wrong(_("放假要写节日名称（最多 40 字）。"))
    else:
        off[day] = name


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = DAY.match(_text(value))
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise _Wrong(_("日期没有写对，应当像 2027-02-05。"))


def _text(value: Any) -> str:
    if isinstance(value, Unfit):
        raise _Wrong(_(value.sentence))
    return "" if value is None else str(value).strip()[:100]


def _csv(data: bytes) -> tuple[Iterable[str], Rows]:
    """The rows of a text with commas, in the encodings that office programs write."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    try:
        lines = list(_lines(text))
    except csv.Error:
        raise WorkbookUnreadable from None
    titles = lines[0][1] if lines else ()
    return titles, lines[1:]


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, values in enumerate(csv.reader(StringIO(text[:100_000])), 1):
        if number > MOST + 1:
            return
        if number == 1 or any(value.strip() for value in values):
            yield number, tuple(values[:20])
