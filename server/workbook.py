"""Sheets of an office program (.xlsx) in and out: read with care, written with the current records.

What is read comes from anybody: it is unpacked only within bounds, nothing in it is calculated or
followed, and a cell that holds something other than text or a number says so.
"""

import re
import warnings
from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

import openpyxl
import xlsxwriter
from flask_babel import gettext as _

from workflows.catalogue.cells import BAR, Unfit, cells_of
from workflows.catalogue.columns import Column, columns_of
from workflows.catalogue.places import records_in
from workflows.catalogue.reading import MAX_RECORDS
from workflows.catalogue.tables import SHEETS, SheetFault, Table
from workflows.catalogue.words import SECTION_WORDS, hint_of, label_of, values_of
from workflows.errors import N_, WorkflowError

#: Of the packed file in parts, and of everything unpacked in bytes.
PARTS, UNPACKED = 200, 30_000_000
COLUMNS, LONGEST = 64, 4000
FORMULA = N_("这一格是公式，请您改为直接填写结果。")
ERROR = N_("这一格是计算错误，请您重新填写。")
DATE = N_("这一格是日期，请您把单元格设为文本格式重新填写。")
TOO_LONG = N_("这一格的文字过长，请您核对。")
MERGED = N_("%(range)s 是合并的单元格，请您取消合并，每行各填各的。")
TOO_MANY_ROWS = N_("超过 %(most)s 行，请您拆成几个流程。")
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7})(:[A-Z]+\d+)?"')


class WorkbookUnreadable(WorkflowError):
    """No workbook, or one that an office program would not have written."""

    sentence = N_("这个文件不能读：请您用下载的模板填写，另存为 .xlsx（不带密码）。")


class WorkbookTooLarge(WorkflowError):
    """More than any catalogue needs, once unpacked."""

    sentence = N_("这个文件展开后太大，不能导入：请您删去图片和多余的内容。")


class WorkbookActive(WorkflowError):
    """Macros, or values that come from another file."""

    sentence = N_("这个文件含有宏或指向其他文件的链接，不能导入：请您把值粘贴到模板里。")


class NoSheet(WorkflowError):
    """None of the sheets of a catalogue."""

    sentence = N_("没有找到工作表：应当有 %(sheets)s 中的一个，请您使用下载的模板。")


def read_workbook(data: bytes) -> dict[str, Table]:
    """The sheets of a catalogue by section; raises a refusal for what is no such workbook."""
    merged = _unpacked(data)
    sections = {words: section for section, words in SECTION_WORDS.items() if section in SHEETS}
    found: dict[str, Table] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
            for page in book.worksheets:
                section = sections.get(page.title.strip())
                if section is not None:
                    parts = merged.get(page._worksheet_path.lstrip("/"), [])
                    found[section] = _table(page, parts)
        except Exception:  # whatever it stumbles over: the file is not as it should be
            raise WorkbookUnreadable from None
    if not found:
        raise NoSheet(sheets="、".join(SECTION_WORDS[each] for each in SHEETS))
    return found


def read_first_sheet(data: bytes, most: int) -> tuple[list[str], list[tuple[int, tuple[Any, ...]]]]:
    """The titles of the first sheet, and so many rows with their numbers; days stay days."""
    _unpacked(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
            lines = list(book.worksheets[0].iter_rows(max_row=most + 1, max_col=COLUMNS))
        except Exception:  # whatever it stumbles over: the file is not as it should be
            raise WorkbookUnreadable from None
    found = [(number, tuple(map(_or_day, cells))) for number, cells in enumerate(lines, 1)]
    titles = [str(value or "") for value in found[0][1]] if found else []
    rows = [row for row in found[1:] if any(value not in (None, "") for value in row[1])]
    return titles, rows


def _or_day(cell: Any) -> Any:
    day = isinstance(cell.value, date) and cell.data_type == "d"
    return cell.value if day else _value(cell)


def _unpacked(data: bytes) -> dict[str, list[tuple[str, int, str]]]:
    """Look at every part before anything reads it; the merged cells of each sheet."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise WorkbookTooLarge
            names = [part.filename.lower() for part in parts]
            if any("externallink" in name or "vbaproject" in name for name in names):
                raise WorkbookActive
            found = {}
            for part in parts:
                text = archive.read(part)
                if part.filename.endswith((".xml", ".rels")) and _strange(text):
                    raise WorkbookUnreadable
                if "worksheets/" in part.filename:
                    found[part.filename] = [_range(each) for each in MERGE.finditer(text)]
            return found
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise WorkbookUnreadable from None


def _strange(text: bytes) -> bool:
    """XML with definitions of its own, or in an encoding that hides them."""
    return b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text


def _range(found: re.Match[bytes]) -> tuple[str, int, str]:
    column, row, rest = (part.decode() for part in (found[1], found[2], found[3] or b""))
    return column, int(row), f"{column}{row}{rest}"


def _table(page: Any, merged: list[tuple[str, int, str]]) -> Table:
    """One sheet: the row of titles, then every row in which something stands."""
    titles: tuple[str, ...] = ()
    rows = []
    faults = [
        SheetFault(page.title.strip(), row, column, "", MERGED, {"range": cells})
        for column, row, cells in merged
    ]
    for number, cells in enumerate(page.iter_rows(max_row=MAX_RECORDS + 2, max_col=COLUMNS), 1):
        values = tuple(_value(cell) for cell in cells)
        if number == 1:
            titles = tuple(str(value or "").strip() for value in values)
        elif any(value not in (None, "") for value in values):
            rows.append((number, values))
    if rows and rows[-1][0] > MAX_RECORDS + 1:
        params = {"most": MAX_RECORDS}
        faults.append(SheetFault(page.title.strip(), 0, "", "", TOO_MANY_ROWS, params))
    return Table(titles, tuple(rows), tuple(faults))


def _value(cell: Any) -> Any:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Unfit(FORMULA)
    if cell.data_type == "e":
        return Unfit(ERROR)
    if isinstance(value, date | time | timedelta):
        return Unfit(DATE)
    if isinstance(value, str):
        if len(value) > LONGEST:
            return Unfit(TOO_LONG)
        return value.replace("\r\n", "\n").strip()
    return value if isinstance(value, bool | int | float) else Unfit(ERROR)


def write_workbook(file: IO[bytes], known: dict[str, Any]) -> None:
    """The records of a catalogue as sheets to fill in: what is read back is the same."""
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "num_format": "@"})
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for section in SHEETS:
            page = book.add_worksheet(SECTION_WORDS[section])
            columns = columns_of(section)
            for at, column in enumerate(columns):
                page.set_column(at, at, 14 if column.last.kind != "text" else 22, plain)
                page.write_string(0, at, column.title, head)
                if choice := _choice(column):
                    page.data_validation(
                        1, at, MAX_RECORDS, at, {"validate": "list", "source": choice}
                    )
            page.freeze_panes(1, 2)
            for row, record in enumerate(records_in(known, section), 1):
                for at, words in enumerate(cells_of(section, record)):
                    if words:
                        page.write_string(row, at, words, plain)
        _notes(book, head, plain)


def _choice(column: Column) -> list[str]:
    """What a cell may hold, where that is a short list."""
    if column.last.kind == "tick":
        return ["是", "否"]
    return list(values_of(column.last).values()) if column.last.kind == "choice" else []


def _notes(book: Any, head: Any, plain: Any) -> None:
    """A sheet that says what belongs in each column."""
    page = book.add_worksheet("填写说明")
    page.set_column(0, 3, 24, plain)
    for at, title in enumerate(("工作表", "列", "必填", "怎样填")):
        page.write_string(0, at, title, head)
    lines = ((section, column) for section in SHEETS for column in columns_of(section))
    for row, (section, column) in enumerate(lines, 1):
        cells = (SECTION_WORDS[section], column.title, "是" if column.required else "")
        for at, words in enumerate((*cells, "；".join(_how(column)))):
            page.write_string(row, at, words, plain)


def _how(column: Column) -> Iterator[str]:
    one = column.last
    if hint := hint_of(one):
        yield hint
    if choice := _choice(column):
        yield "、".join(choice)
    if one.kind == "choices":
        yield "编号之间用“、”分开"
    if one.kind == "rows":
        yield f"一行一个：{BAR.join(label_of(each) for each in one.inner)}"


def place_words(fault: SheetFault) -> str:
    """Where a fault is, as people look for it: 事项 第 5 行 G 列 承诺时限."""
    if not fault.row:
        return f"{fault.sheet} {fault.title}".strip()
    return str(_("%(sheet)s 第 %(row)s 行 %(column)s 列 %(title)s", sheet=fault.sheet,
                 row=fault.row, column=fault.column, title=fault.title)).strip()  # fmt: skip
