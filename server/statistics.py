"""统计: the standard figures of a period, each with its definition and with the list behind it."""

from tempfile import TemporaryFile
from typing import Any
from urllib.parse import unquote_plus

import xlsxwriter
from flask import Blueprint, Response, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from server.auth import actor, door
from server.context import acting, calendars, now, reader, today
from server.documents import pdf_of
from server.export import SHEET
from server.names import case_title, item_name
from server.statistics_form import (
    BYS,
    GRAINS,
    NARROWED,
    Read,
    address,
    choices,
    names,
    periods,
    read,
    words,
    written,
)
from server.typeset import Leaf, Part, copy_of
from workflows.actions import perform
from workflows.actions.export_list import ExportList
from workflows.clock import office_day, passed
from workflows.errors import N_
from workflows.queries.statistics.asked import KEYS, Asked, By, Grain
from workflows.queries.statistics.columns import Column, Unit, column_of
from workflows.queries.statistics.counting import Figures, Table, count
from workflows.queries.statistics.opened import Opened, how_many, opened, pauses
from workflows.queries.statistics.sources import versions
from workflows.queries.statistics.worked import used

statistics = Blueprint("statistics", __name__)

#: Rows of a list on one page.
PAGE = 100
#: No list is longer.
LAST = 100_000
TITLE = N_("办件统计")


@statistics.get("/watch/statistics")
def table() -> str:
    """All figures of a period by whatever is asked; the definitions below."""
    asked = read()
    found = count(reader(), asked.asked, calendars)
    called = names(asked.asked.by, found.rows)
    return render_template(
        "statistics.html", **_frame(asked), table=found, names=called,
        keys=_sorted(found, called), cells=_cells, total=_cells(found, found.total, None),
        definitions=[(column, words(column)) for column in found.columns],
    )  # fmt: skip


def _frame(asked: Read) -> dict[str, Any]:
    one = asked.asked
    return {
        "asked": one, "errors": asked.errors, "address": address(one),
        "grains": [(g, _(word), address(Asked(g, one.first, one.last, KEYS[g][0])))
                   for g, word in GRAINS.items()],
        "bys": [(by, _(BYS[by])) for by in KEYS[one.grain]], "narrowed": NARROWED,
        "by_word": _(BYS[one.by]), "choices": choices(),
        "periods": [(word, address(Asked(one.grain, first, last, one.by, one.only)))
                    for word, first, last in periods()],
    }  # fmt: skip


def _sorted(found: Table, called: dict[str, str]) -> list[str]:
    """Months by time, all else by how much was finished."""
    if found.asked.by is By.MONTH:
        return sorted(found.rows)
    return sorted(found.rows, key=lambda key: (-found.rows[key].counts["finished"], called[key]))


def _cells(found: Table, figures: Figures, key: str | None) -> list[tuple[Column, str, str]]:
    """The figures of a row as words, each with the address of its list."""
    more = {} if key is None else {"key": key}
    cells = []
    for column in found.columns:
        value = figures.value(column.code)
        href = address(found.asked, column=column.code, **more)
        shown = written(column, value)
        opens = value if column.unit is Unit.CASES else value is not None
        cells.append((column, shown, url_for("statistics.rows") + "?" + href if opens else ""))
    return cells


@statistics.get("/watch/statistics/rows")
def rows() -> str:
    """The rows behind one figure."""
    asked = read()
    column = column_of(asked.asked.grain, request.args.get("column", "finished")) or abort(404)
    one = _narrowed(asked.asked)
    page = min(max(1, request.args.get("page", 1, int)), LAST)
    known = versions(reader())
    total = how_many(reader(), one, column, known)
    found = opened(reader(), one, column, known, ((page - 1) * PAGE, PAGE))
    back = url_for("statistics.table") + "?" + address(asked.asked)
    key = request.args.get("key")
    return render_template(
        "statistics_rows.html", asked=one, column=column, words=words(column), total=total,
        rows=_lines(one, found), page=page, pages=-(-total // PAGE), back=back,
        of=names(asked.asked.by, [key])[key] if key else "",
        share=column.unit is Unit.SHARE and column.code not in ("saved_rate", "parallel_rate"),
    )  # fmt: skip


def _narrowed(asked: Asked) -> Asked:
    """The part of the table that the key in the address names."""
    key = request.args.get("key")
    if key is None:
        return asked
    try:
        return asked.of(key)
    except ValueError:
        abort(404)


def _lines(asked: Asked, found: Any) -> list[dict[str, Any]]:
    stopped = pauses(reader(), found)
    return [_line(asked, row, stopped) for row in found]


def _line(asked: Asked, row: Opened, stopped: dict[Any, Any]) -> dict[str, Any]:
    """A row of a list: when it began and ended, what was promised, how many days it took."""
    item, case, calendar = row.item, row.case, calendars(row.case.region)
    begun, ended = (item.started_at, item.decided_at) if item else (
        case.accepted_at, case.decided_at)  # fmt: skip
    days = late = None
    if begun and ended:
        mine = stopped.get((case.id, item.id if item else None), [])
        days = used(office_day(begun), office_day(ended), mine, calendar)
    if ended and row.promised and row.promised.due_at and passed(ended, row.promised.due_at):
        late = calendar.workdays_between(office_day(row.promised.due_at), office_day(ended))
    return {
        "case": case, "item": item, "person": row.person or (None if item else case.received_by),
        "what": item_name(case, item) if item else case_title(case),
        "begun": begun or case.received_at, "ended": ended or case.closed_at, "days": days,
        "promised": row.promised, "statute": row.statute, "late": late, "counts": row.counts,
    }  # fmt: skip


@statistics.post("/watch/statistics/sheet")
def sheet() -> Response:
    """The table as a file to save, with the definitions on a sheet of their own."""
    door("export_list")
    asked = read().asked
    found = count(reader(), asked, calendars)
    called = names(asked.by, found.rows)
    file = TemporaryFile()  # closed with the response
    with xlsxwriter.Workbook(file) as book:
        _write(book, found, called)
    file.seek(0)
    narrowed = unquote_plus(address(asked))
    perform("organisation", ExportList(TITLE, narrowed, len(found.rows)), acting(actor()))
    name = f"{_(TITLE)}-{asked.first:%Y%m%d}-{asked.last:%Y%m%d}.xlsx"
    return send_file(file, SHEET, as_attachment=True, download_name=name)


def _write(book: Any, found: Table, called: dict[str, str]) -> None:
    """Figures are numbers, so that they can be added up; what has no denominator is a dash."""
    head = book.add_format({"bold": True, "bottom": 1})
    share = book.add_format({"num_format": "0.0%"})
    page = book.add_worksheet(_(TITLE))
    page.set_column(0, 0, 30)
    page.write_row(0, 0, [_(BYS[found.asked.by]), *(_(c.title) for c in found.columns)], head)
    lines = [(called[key], found.rows[key]) for key in _sorted(found, called)]
    for line, (name, figures) in enumerate([*lines, (_("合计"), found.total)], 1):
        page.write_string(line, 0, name)
        for place, column in enumerate(found.columns, 1):
            value = figures.value(column.code)
            if value is None:
                page.write_string(line, place, "—")
            else:
                page.write_number(line, place, value, share if column.unit is Unit.SHARE else None)
    page.freeze_panes(1, 1)
    meant = book.add_worksheet(_("口径"))
    meant.set_column(0, 3, 40)
    meant.write_row(0, 0, [_("指标"), _("统计什么"), _("怎么算"), _("依据")], head)
    for line, column in enumerate(found.columns, 1):
        meant.write_row(line, 0, list(words(column).values()))


@statistics.get("/watch/statistics.pdf")
def paper() -> ResponseReturnValue:
    """The table and its definitions, set for printing."""
    asked = read().asked
    found = count(reader(), asked, calendars)
    called = names(asked.by, found.rows)
    lines = [(called[key], found.rows[key]) for key in _sorted(found, called)]
    shown = [
        [name, *(written(column, figures.value(column.code)) for column in found.columns)]
        for name, figures in [*lines, (_("合计"), found.total)]
    ]
    head = [_(BYS[asked.by]), *(_(column.title) for column in found.columns)]
    meant = [list(words(column).values()) for column in found.columns]
    parts = [
        Part(head=head, rows=shown),
        Part(_("口径"), head=[_("指标"), _("统计什么"), _("怎么算"), _("依据")], rows=meant,
             words=True),
    ]  # fmt: skip
    period = _("%(first)s 至 %(last)s", first=asked.first, last=asked.last)
    title = f"{_(TITLE)}（{_(GRAINS[asked.grain])}）"
    leaf = Leaf(title, [period, _("统计日期 %(day)s", day=today())], parts, wide=True)
    return pdf_of(copy_of(leaf, now().replace(microsecond=0)), f"statistics-{asked.first}")


assert set(GRAINS) == set(Grain), "every grain has its word"
