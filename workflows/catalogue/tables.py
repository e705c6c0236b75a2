"""A catalogue as tables, one a kind of record, and tables into a catalogue; each the way back.

A table is what a sheet of an office program holds: a row of titles, then a row a record.  All that
is wrong is found in one go, each fault with its sheet, row and column; with one of them nothing is
taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.catalogue.cells import Wrong, read_cell
from workflows.catalogue.checks import TWICE
from workflows.catalogue.columns import Column, column_at, columns_of, letter
from workflows.catalogue.editing import lay
from workflows.catalogue.faults import Fault, Path
from workflows.catalogue.fields import (
    SECTIONS,
    Field,
    Plain,
    code_key,
    fields_of,
    written,
)
from workflows.catalogue.places import by_code, place_of, tree
from workflows.catalogue.reading import MISSING, read
from workflows.catalogue.words import SECTION_WORDS, values_of
from workflows.errors import N_, WorkflowError

#: The sheets, in the order in which they are best filled in.
SHEETS = ("departments", "materials", "items", "questionnaire", "onsite_groups")

NO_COLUMN = N_("没有“%(field)s”这一列，请您使用下载的模板。")
UNKNOWN_COLUMN = N_("不认识这一列，请您核对列名，或者删去。")
COLUMN_TWICE = N_("这一列出现了两次，请您只保留一列。")


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
            return read_cell(one, cell)
        except Wrong as wrong:
            title = self.table.titles[at]
            fault = SheetFault(self.sheet, row, letter(at), title, wrong.sentence, wrong.params)
            self.faults.append(fault)
            return None

    def _fault(self, row: int, key: str, sentence: str, **params: object) -> None:
        at, column = column_at(self.section, (key,))
        words = {"field": column.title, **params}
        self.faults.append(SheetFault(self.sheet, row, letter(at), column.title, sentence, words))


def _placed(fault: Fault, place: Path, rows: Mapping[tuple[str, str], int]) -> SheetFault:
    """A fault of the catalogue at the cell it came from."""
    section = str(place[0]) if place else ""
    row = rows.get((section, str(place[1])), 0) if len(place) > 1 else 0
    sheet = SECTION_WORDS.get(section, "")
    if not row:
        return SheetFault(sheet, 0, "", fault.where, fault.sentence, fault.params)
    at, column = column_at(section, tuple(map(str, place[2:])))
    params = dict(fault.params)
    if "field" in params:
        params["field"] = column.title
    if params.get("expected") and column.last.values:
        params["expected"] = "、".join(values_of(column.last).values())
    return SheetFault(sheet, row, letter(at), column.title, fault.sentence, params)
