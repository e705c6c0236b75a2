"""The columns of the sheets of a catalogue, derived from the fields of its records."""

from dataclasses import dataclass

from workflows.catalogue.fields import SECTIONS, Field, fields_of
from workflows.catalogue.words import label_of


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


def column_at(section: str, keys: tuple[str, ...]) -> tuple[int, Column]:
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
