"""A catalogue as tables, one a kind of record, and tables into a catalogue; each the way back.

A table is what a sheet of an office program holds: a row of titles, then a row a record.  All that
is wrong is found in one go, each fault with its sheet, row and column; with one of them nothing is
taken.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.catalogue.checks import TWICE
from workflows.catalogue.editing import lay
from workflows.catalogue.faults import Fault, Path
from workflows.catalogue.fields import (
    SECTIONS,
    Field,
    Plain,
    code_key,
    fields_of,
    value_of,
    written,
)
from workflows.catalogue.places import by_code, place_of, tree
from workflows.catalogue.reading import MISSING, read
from workflows.catalogue.words import SECTION_WORDS, codes_of, label_of, values_of
from workflows.errors import N_, WorkflowError

#: The sheets, in the order in which they are best filled in.
SHEETS = ("departments", "materials", "items", "questionnaire", "onsite_groups")
#: Between the parts of one entry in a cell; entries stand one to a line.
BAR = "｜"

NUMBER = N_(
    "这一格是数字，前面的 0 或后面的位数可能已经丢失：请您把单元格设为文本格式重新填写，"
    "时限要带单位，例如 10wd。"
)
NO_COLUMN = N_("没有“%(field)s”这一列，请您使用下载的模板。")
UNKNOWN_COLUMN = N_("不认识这一列，请您核对列名，或者删去。")
COLUMN_TWICE = N_("这一列出现了两次，请您只保留一列。")
PARTS = N_("每行最多 %(most)s 段，用“｜”分开：%(parts)s。")
YES_OR_NO = N_("这一格只能填“是”或“否”。")


@dataclass(frozen=True)
class Unfit:
    """A cell that holds something that is no value, and why it is none."""

    sentence: str


@dataclass(frozen=True)
class Table:
    """One sheet: its titles, and each row that is not empty with its number."""

    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    faults: tuple["SheetFault", ...] = ()


@dataclass(frozen=True)
class SheetFault:
    """What is wrong: sheet, row (from 1; 0 is the sheet as a whole), column, and a sentence."""

    sheet: str
    row: int
    column: str
    title: str
    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)


class SheetsInvalid(WorkflowError):
    """Tables with faults; nothing of them was taken."""

    sentence = N_("表格有 %(count)s 处错误，一条也没有导入，请您逐条改正后重新上传。")

    def __init__(self, faults: Iterable[SheetFault]) -> None:
        order = [SECTION_WORDS[section] for section in SHEETS]
        self.faults = sorted(
            faults,
            key=lambda fault: (
                order.index(fault.sheet) if fault.sheet in order else len(order),
                fault.row,
                len(fault.column),
                fault.column,
            ),
        )
        super().__init__(count=len(self.faults))


@dataclass(frozen=True, eq=False)
class Column:
    """One column: a field, or a field of the record in a field."""

    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        return "：".join(label_of(each) for each in self.fields)

    @property
    def last(self) -> Field:
        return self.fields[-1]

    @property
    def required(self) -> bool:
        return all(each.required for each in self.fields)


def columns_of(section: str) -> tuple[Column, ...]:
    """The columns of a sheet."""
    return tuple(
        Column((outer, *more))
        for outer in fields_of(SECTIONS[section])
        for more in (((inner,) for inner in outer.inner) if outer.kind == "record" else ((),))
    )


def cells_of(section: str, record: Plain) -> list[str]:
    """A record as the words of a row."""
    return [_words(column.last, _at(record, column)) for column in columns_of(section)]


def _at(record: Plain, column: Column) -> Any:
    value: Any = record
    for each in column.fields:
        value = value.get(each.key) if isinstance(value, dict) else None
    return value


def _words(one: Field, value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if one.kind == "rows":
        lines = ([_words(each, row.get(each.key)) for each in one.inner] for row in value)
        return "\n".join(BAR.join(line).rstrip(BAR) for line in lines)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return values_of(one).get(str(value), str(value))


def take(text: str, tables: Mapping[str, Table], gone: bool) -> str:
    """The text of a catalogue with the records of these tables, by section.

    A record whose code is known is changed, another added; what no table names stays, unless it
    is to be ``gone``.  Raises SheetsInvalid with everything that is wrong.
    """
    known_before = {(each.where, each.text) for each in read(text)[1]}
    before = tree(text)
    faults: list[SheetFault] = []
    rows: dict[tuple[str, str], int] = {}
    for section in (each for each in SHEETS if each in tables):
        reader = _Reader(section, tables[section], by_code(before, section))
        records = reader.records()
        faults += [*tables[section].faults, *reader.faults]
        rows |= {(section, code): row for code, row in reader.rows.items()}
        text = lay(text, section, records, gone)
    after = tree(text)
    there = {(each.sheet, each.row, each.column) for each in faults}
    for fault in read(text)[1]:
        if (fault.where, fault.text) not in known_before:
            placed = _placed(fault, place_of(fault, after), rows)
            if (placed.sheet, placed.row, placed.column) not in there:
                faults.append(placed)
    if faults:
        raise SheetsInvalid(faults)
    return text


@dataclass
class _Reader:
    """Reads one table into records, and notes what is wrong with its cells."""

    section: str
    table: Table
    known: Mapping[str, Plain]
    faults: list[SheetFault] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def records(self) -> dict[str, Plain]:
        """Every row that has a code, laid over the record of this code."""
        columns, found = self._columns(), {}
        for row, cells in self.table.rows:
            given = {
                column: self._value(row, at, column.last, cells[at] if at < len(cells) else None)
                for column, at in columns.items()
            }
            record = self._record(given)
            code = record.get(code_key(self.section))
            if not isinstance(code, str):
                self._fault(row, code_key(self.section), MISSING)
            elif code in self.rows:
                self._fault(row, code_key(self.section), TWICE, code=code)
            else:
                self.rows[code] = row
                kept = {
                    key: value
                    for key, value in self.known.get(code, {}).items()
                    if all(column.fields[0].key != key for column in columns)
                }
                found[code] = written({**kept, **record}, fields_of(SECTIONS[self.section]))
        return found

    def _columns(self) -> dict[Column, int]:
        """Which column stands where, by its title or the names of its fields."""
        known = columns_of(self.section)
        named = {column.title: column for column in known}
        named |= {".".join(each.key for each in column.fields): column for column in known}
        found: dict[Column, int] = {}
        for at, title in enumerate(self.table.titles):
            column = named.get(title)
            if title and (column is None or column in found):
                sentence = COLUMN_TWICE if column else UNKNOWN_COLUMN
                self.faults.append(SheetFault(self.sheet, 1, letter(at), title, sentence))
            elif column is not None:
                found[column] = at
        for column in known:
            if column.required and column not in found:
                params = {"field": column.title}
                self.faults.append(SheetFault(self.sheet, 1, "", column.title, NO_COLUMN, params))
        return found

    @property
    def sheet(self) -> str:
        return SECTION_WORDS[self.section]

    def _record(self, given: Mapping[Column, Any]) -> Plain:
        record: Plain = {}
        for column, value in given.items():
            outer, *inner = column.fields
            if not inner:
                record[outer.key] = value
            elif value is not None:
                record.setdefault(outer.key, {})[inner[0].key] = value
        return record

    def _value(self, row: int, at: int, one: Field, cell: Any) -> Any:
        """A cell as a value; what cannot be one is a fault, and is left out."""
        try:
            return _read(one, cell)
        except _Wrong as wrong:
            title = self.table.titles[at]
            fault = SheetFault(self.sheet, row, letter(at), title, wrong.sentence, wrong.params)
            self.faults.append(fault)
            return None

    def _fault(self, row: int, key: str, sentence: str, **params: object) -> None:
        at, column = _column(self.section, (key,))
        words = {"field": column.title, **params}
        self.faults.append(SheetFault(self.sheet, row, letter(at), column.title, sentence, words))


class _Wrong(Exception):
    """A cell that cannot be read: the sentence to say."""

    def __init__(self, sentence: str, **params: object) -> None:
        super().__init__(sentence)
        self.sentence, self.params = sentence, params


def _read(one: Field, cell: Any) -> Any:
    if isinstance(cell, Unfit):
        raise _Wrong(cell.sentence)
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if one.kind in ("number", "answer") and isinstance(cell, int | float):
        return int(cell) if not isinstance(cell, bool) and cell == int(cell) else cell
    if one.kind == "tick":
        value = value_of(one, str(cell), {})
        if not isinstance(value, bool):
            raise _Wrong(YES_OR_NO)
        return value
    if not isinstance(cell, str):
        raise _Wrong(NUMBER)
    if one.kind == "rows":
        return [_entry(one, line) for line in cell.splitlines() if line.strip()]
    return value_of(one, cell, codes_of(one))


def _entry(one: Field, line: str) -> Plain:
    """One line of a cell, as a record: its parts in the order of the fields."""
    parts = re.split(r"[｜|]", line)
    if len(parts) > len(one.inner):
        words = "｜".join(label_of(each) for each in one.inner)
        raise _Wrong(PARTS, most=len(one.inner), parts=words)
    return written(dict(_parts(one, parts)), one.inner)


def _parts(one: Field, parts: list[str]) -> Iterator[tuple[str, Any]]:
    for inner, part in zip(one.inner, parts, strict=False):
        words = part.replace("、", "\n") if inner.kind == "lines" else part
        yield inner.key, value_of(inner, words, codes_of(inner))


def _placed(fault: Fault, place: Path, rows: Mapping[tuple[str, str], int]) -> SheetFault:
    """A fault of the catalogue at the cell it came from."""
    section = str(place[0]) if place else ""
    row = rows.get((section, str(place[1])), 0) if len(place) > 1 else 0
    sheet = SECTION_WORDS.get(section, "")
    if not row:
        return SheetFault(sheet, 0, "", fault.where, fault.sentence, fault.params)
    at, column = _column(section, tuple(map(str, place[2:])))
    params = dict(fault.params)
    if "field" in params:
        params["field"] = column.title
    if params.get("expected") and column.last.values:
        params["expected"] = "、".join(values_of(column.last).values())
    return SheetFault(sheet, row, letter(at), column.title, fault.sentence, params)


def _column(section: str, keys: tuple[str, ...]) -> tuple[int, Column]:
    """The column of a field; of a record as a whole, that of its code."""
    columns = columns_of(section)
    for at, column in enumerate(columns):
        wanted = tuple(each.key for each in column.fields)
        if keys and wanted[: len(keys)] == keys[: len(wanted)]:
            return at, column
    return 0, columns[0]


def letter(at: int) -> str:
    """The name of a column, from 0: A, B, …, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
