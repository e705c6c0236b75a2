"""Any list as a sheet (.xlsx), as it is filtered and with its columns, up to ten thousand rows.

Cells have types: days can be sorted and numbers added up.  Text is text, whatever it begins with,
so that nothing in it is ever calculated.  Rows are read a few hundred at a time and go to disk
at once: XlsxWriter keeps one row in memory, needs no other package, and only writes.  Nothing is
handed out before the record says who took it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import unquote_plus

import xlsxwriter
from flask import Blueprint, Response, abort, request, send_file
from flask_babel import gettext as _
from flask_login import current_user

from server.auth import actor, door
from server.columns import Row, Value
from server.context import acting, reader, today
from server.lists import LISTS, Shown, show, title_of
from workflows.actions import perform
from workflows.actions.export_list import ExportList
from workflows.clock import office_time

export = Blueprint("export", __name__)

MOST = 10_000
AT_ONCE = 500
#: Longer text does not fit into a cell.
LONGEST = 32_000
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@export.post("/export")
def sheet() -> Response:
    """The list that is asked for, as a file to save."""
    door("export_list")
    asked = LISTS.get(request.args.get("list", "cases"))
    if asked is None or not asked.roles & current_user.roles:
        abort(403)
    shown = show(asked)
    file = TemporaryFile()  # closed with the response
    rows = write(file, shown)
    file.seek(0)
    taken = ExportList(asked.title, unquote_plus(shown.address), rows)
    perform("organisation", taken, acting(actor()))
    name = f"{title_of(asked)}-{today():%Y%m%d}.xlsx"
    return send_file(file, SHEET, as_attachment=True, download_name=name)


def write(file: IO[bytes], shown: Shown) -> int:
    """The rows of a list into a file; how many there are."""
    line = 0
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for place, column in enumerate(shown.columns):
            page.set_column(place, place, 18)
            page.write_string(0, place, _(column.title), head)
        page.freeze_panes(1, 0)
        for line, row in enumerate(_rows(shown), 1):
            for place, column in enumerate(shown.columns):
                _cell(page, (line, place), column.value(row), moment)
    return line


def _rows(shown: Shown) -> Iterator[Row]:
    """Every row up to the most, a few hundred at a time."""
    for page in range(1, MOST // AT_ONCE + 1):
        rows: Sequence[Row] = shown.listed(AT_ONCE, page).rows
        yield from rows
        if len(rows) < AT_ONCE:
            return
        reader().expunge_all()


def _cell(page: Any, at: tuple[int, int], value: Value, moment: Any) -> None:
    """One value, by its type; an instant as the hall's clock shows it."""
    if isinstance(value, datetime):
        page.write_datetime(*at, office_time(value).replace(tzinfo=None), moment)
    elif isinstance(value, int | float):
        page.write_number(*at, value)
    elif value is not None:
        page.write_string(*at, str(value)[:LONGEST])
