"""What stands in one cell of a sheet: a value as words, and the words as a value again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflows.catalogue.columns import Column, columns_of
from workflows.catalogue.fields import Field, Plain, value_of, written
from workflows.catalogue.words import codes_of, label_of, values_of
from workflows.errors import N_

#: Between the parts of one entry in a cell; entries stand one to a line.
BAR = "｜"

NUMBER = N_(
    "这一格是数字，前面的 0 或后面的位数可能已经丢失：请您把单元格设为文本格式重新填写，"
    "时限要带单位，例如 10wd。"
)
PARTS = N_("每行最多 %(most)s 段，用“｜”分开：%(parts)s。")
YES_OR_NO = N_("这一格只能填“是”或“否”。")


@dataclass(frozen=True)
class Unfit:
    """A cell that holds something that is no value, and why it is none."""

    sentence: str


def cells_of(section: str, record: Plain) -> list[str]:
    """A record as the words of a row."""
    return [words_of(column.last, _at(record, column)) for column in columns_of(section)]


def _at(record: Plain, column: Column) -> Any:
    value: Any = record
    for each in column.fields:
        value = value.get(each.key) if isinstance(value, dict) else None
    return value


def words_of(one: Field, value: Any) -> str:
    """A value as it stands in a cell."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if one.kind == "rows":
        lines = ([words_of(each, row.get(each.key)) for each in one.inner] for row in value)
        return "\n".join(BAR.join(line).rstrip(BAR) for line in lines)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return values_of(one).get(str(value), str(value))


class Wrong(Exception):
    """A cell that cannot be read: the sentence to say."""

    def __init__(self, sentence: str, **params: object) -> None:
        super().__init__(sentence)
        self.sentence, self.params = sentence, params


def read_cell(one: Field, cell: Any) -> Any:
    """A cell as a value of a field; nothing where it is empty.  Raises Wrong."""
    if isinstance(cell, Unfit):
        raise Wrong(cell.sentence)
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if one.kind in ("number", "answer") and isinstance(cell, int | float):
        return int(cell) if not isinstance(cell, bool) and cell == int(cell) else cell
    if one.kind == "tick":
        value = value_of(one, str(cell), {})
        if not isinstance(value, bool):
            raise Wrong(YES_OR_NO)
        return value
    if not isinstance(cell, str):
        raise Wrong(NUMBER)
    if one.kind == "rows":
        return [_entry(one, line) for line in cell.splitlines() if line.strip()]
    return value_of(one, cell, codes_of(one))


def _entry(one: Field, line: str) -> Plain:
    """One line of a cell, as a record: its parts in the order of the fields."""
    parts = re.split(r"[｜|]", line)
    if len(parts) > len(one.inner):
        words = "｜".join(label_of(each) for each in one.inner)
        raise Wrong(PARTS, most=len(one.inner), parts=words)
    return written(dict(_parts(one, parts)), one.inner)


def _parts(one: Field, parts: list[str]) -> Iterator[tuple[str, Any]]:
    for inner, part in zip(one.inner, parts, strict=False):
        words = part.replace("、", "\n") if inner.kind == "lines" else part
        yield inner.key, value_of(inner, words, codes_of(inner))
