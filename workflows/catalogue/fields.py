"""What may be written into a record, field by field, derived from the records themselves.

A page draws its form from this and a sheet its columns; both read what people write with it.  What
comes out are plain values (text, numbers, lists), as they stand in the text of a catalogue.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from workflows.catalogue import records
from workflows.catalogue.editing import drop, put
from workflows.catalogue.faults import Path
from workflows.catalogue.records import Record
from workflows.deadlines import Limit

#: The sections of a catalogue, each with the kind of record in it.
SECTIONS: dict[str, type[Record]] = {
    "theme": records.Theme,
    "rules": records.Rules,
    "departments": records.Department,
    "items": records.Item,
    "materials": records.Material,
    "questionnaire": records.Question,
    "onsite_groups": records.OnsiteGroup,
}
#: The sections that are one record, and not a list.
SINGLE = ("theme", "rules")
#: Fields that hold the code of another record, or several, and the section it is in.
REFERENCES = {
    "department": "departments", "lead": "departments", "leader": "departments",
    "consult": "departments", "merged_into": "items", "item": "items", "produced_by": "items",
    "materials": "materials", "onsite": "onsite_groups",
}  # fmt: skip
YES, NO = ("是", "true", "yes", "1"), ("否", "false", "no", "0")

Plain = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a record.

    `kind`: text, tick, number, answer; choice, choices (of `values`, or of the codes in the
    section `refers`); lines (several texts); record, rows (of `inner` fields).
    """

    key: str
    kind: str
    of: str
    required: bool
    default: Any
    values: tuple[str, ...] = ()
    refers: str = ""
    inner: tuple["Field", ...] = ()


@cache
def fields_of(kind: type[Record]) -> tuple[Field, ...]:
    """The fields of a kind of record, in their order."""
    return tuple(_field(kind, key, info) for key, info in kind.model_fields.items())


def code_key(section: str) -> str:
    """The field by which a record of a section is known."""
    return "key" if section == "questionnaire" else "code"


def _field(kind: type[Record], key: str, info: FieldInfo) -> Field:
    bare = _bare(info.annotation)
    several = get_origin(bare) is tuple
    one = _bare(get_args(bare)[0]) if several else bare
    refers = REFERENCES.get(key, "")
    values = get_args(one) if get_origin(one) is Literal else ()
    inner = fields_of(one) if isinstance(one, type) and issubclass(one, Record) else ()
    if inner:
        name = "rows" if several else "record"
    elif values or refers:
        name = "choices" if several else "choice"
    else:
        name = "lines" if several else _simple(one)
    default = None if info.default is PydanticUndefined else plain(info.default)
    return Field(key, name, kind.__name__, info.is_required(), default, values, refers, inner)


def _bare(annotation: Any) -> Any:
    """A type without its bounds, and without that it may be left out."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType):
        kinds = [each for each in get_args(annotation) if each is not NoneType]
        if len(kinds) == 1:
            return _bare(kinds[0])
        return tuple(_bare(each) for each in kinds)
    return annotation


def _simple(kind: Any) -> str:
    if kind is bool:
        return "tick"
    if kind in (int, float):
        return "number"
    return "answer" if isinstance(kind, tuple) and bool in kind else "text"


def plain(value: Any) -> Any:
    """A value as it is written: lists and text, no types of ours."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, Limit) else value


def value_of(field: Field, words: str, known: Mapping[str, str]) -> Any:
    """What people wrote, as a value; what cannot be one stays text, and is refused as such.

    ``known`` are the words for codes: "一审一核" for two_step.
    """
    words = words.strip()
    low = words.lower()
    match field.kind:
        case "tick":
            return True if low in YES else False if low in NO else words or None
        case "answer" if low in (*YES[:3], *NO[:3]):
            return low in YES
        case "answer" | "number":
            return _number(words)
        case "choice":
            return known.get(words, words) or None
        case "choices":
            return [known.get(each, each) for each in re.split(r"[、,，;；\s]+", words) if each]
        case "lines":
            return [line.strip() for line in words.splitlines() if line.strip()]
    return words or None


def _number(words: str) -> Any:
    try:
        return int(words)
    except ValueError:
        pass
    try:
        return float(words)
    except ValueError:
        return words or None


def written(record: Plain, fields: tuple[Field, ...]) -> Plain:
    """A record as one would write it: without what says nothing."""
    return {
        field.key: record[field.key]
        for field in fields
        if not _silent(field, record.get(field.key))
    }


def _silent(field: Field, value: Any) -> bool:
    """Whether a value need not be written."""
    return value in (None, "", field.default) or (value == [] and not field.default)


def change(text: str, path: Path, before: Plain, after: Plain) -> str:
    """The text with what is different between two readings of one record, and nothing else."""
    for field in fields_of(SECTIONS[str(path[0])]):
        here = (*path, field.key)
        old, new = (each.get(field.key, field.default) for each in (before, after))
        if old == new:
            continue
        if field.key not in after:
            text = drop(text, here)
            continue
        for place, value in _places(here, old, new):
            text = put(text, place, value)
    return text


def _places(path: Path, old: Any, new: Any) -> Iterator[tuple[Path, Any]]:
    """The smallest places that differ: of a list of equal length only those entries."""
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        if any(isinstance(each, dict) for each in new):
            pairs = enumerate(zip(old, new, strict=True))
            yield from (((*path, at), now) for at, (was, now) in pairs if was != now)
            return
    yield path, new
