"""The form of any record of a catalogue: its controls, what people filled in, what is wrong.

The controls are derived from the records (`workflows.catalogue.fields`), the words stand in one
table (`workflows.catalogue.words`); nothing here knows an item from a material.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from server.labels import said
from workflows.catalogue.faults import Fault, Path
from workflows.catalogue.fields import (
    SECTIONS,
    SINGLE,
    Field,
    Plain,
    code_key,
    fields_of,
    value_of,
    written,
)
from workflows.catalogue.places import place_of, records_in
from workflows.catalogue.words import SECTION_WORDS, codes_of, hint_of, label_of, values_of

#: Empty rows behind those of a list, to add more.
MORE = 1
#: Fields that take a whole line.
LONG = {
    "name", "name_en", "source", "note", "criterion", "result", "condition", "must_before",
    "label", "label_en", "needed", "commitment", "when", "basis",
}  # fmt: skip

Options = Mapping[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Control:
    """One control as the page draws it; `rows` are the controls inside it, line by line."""

    field: Field
    name: str
    label: str
    hint: str
    options: list[tuple[str, str]]
    columns: int
    rows: tuple[tuple["Control", ...], ...] = ()


def options_in(known: Mapping[str, Any]) -> Options:
    """What may be referred to: the code and the name of each record, by section."""
    return {
        section: [
            (str(record[key]), f"{record[key]} {record.get('name', '')}")
            for record in records_in(known, section)
            if (key := code_key(section)) in record
        ]
        for section in SECTIONS
        if section not in SINGLE
    }


def controls(
    fields: Iterable[Field], data: MultiDict[str, str], options: Options, prefix: str = ""
) -> tuple[Control, ...]:
    """The controls of some fields; of a list with a few empty rows behind."""
    found = []
    for field in fields:
        name = f"{prefix}{field.key}"
        rows: tuple[tuple[Control, ...], ...] = ()
        if field.kind == "record":
            rows = (controls(field.inner, data, options, f"{name}."),)
        elif field.kind == "rows":
            count = max(_rows(name, data), default=-1) + 1 + MORE
            rows = tuple(
                controls(field.inner, data, options, f"{name}.{at}.") for at in range(count)
            )
        hint = hint_of(field)
        found.append(
            Control(
                field,
                name,
                _(label_of(field)),
                _(hint) if hint and not prefix else "",
                options.get(field.refers, []) if field.refers else choices_of(field),
                4 if prefix else 16 if field.key in LONG else 8,
                rows,
            )
        )
    return tuple(found)


def sentence_of(fault: Fault) -> str:
    """What is wrong, in the words of the form: its labels, not the keys of the text."""
    params = dict(fault.params)
    key = params.get("field")
    section = str(fault.path[0]) if fault.path else ""
    if section in SECTIONS:
        for field in every(fields_of(SECTIONS[section])):
            if field.key == key:
                params["field"] = _(label_of(field))
                if params.get("expected") and field.values:
                    params["expected"] = "、".join(words for _value, words in choices_of(field))
                break
    if key in SECTION_WORDS:
        params["field"] = _(SECTION_WORDS[str(key)])
    return said(fault.sentence, params)


def every(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields, and those inside them."""
    for field in fields:
        yield field
        yield from every(field.inner)


def choices_of(field: Field) -> list[tuple[str, str]]:
    """The codes of a choice with their words."""
    return [(value, _(words)) for value, words in values_of(field).items()]


def _rows(name: str, data: MultiDict[str, str]) -> set[int]:
    """The rows of a list that were sent."""
    shape = re.compile(rf"{re.escape(name)}\.(\d{{1,3}})\.")
    return {int(found[1]) for key in data if (found := shape.match(key))}


def filled(fields: Iterable[Field], record: Plain, prefix: str = "") -> MultiDict[str, str]:
    """What a form begins with: a record as one would fill it in."""
    data: MultiDict[str, str] = MultiDict()
    for field in fields:
        name, value = f"{prefix}{field.key}", record.get(field.key, field.default)
        if field.kind in ("record", "rows"):
            whole = field.kind == "record"
            for at, row in enumerate([value] if whole else value or []):
                inside = f"{name}." if whole else f"{name}.{at}."
                data.update(filled(field.inner, row if isinstance(row, dict) else {}, inside))
        elif field.kind == "choices" and value:
            data.setlist(name, [str(each) for each in value])
        elif value not in (None, []):
            data[name] = _as_text(value)
    return data


def _as_text(value: Any) -> str:
    """A value as it stands in a field."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_record(fields: Iterable[Field], form: MultiDict[str, str], prefix: str = "") -> Plain:
    """What was filled in, as it would be written into the catalogue."""
    record: Plain = {}
    for field in (fields := tuple(fields)):
        name = f"{prefix}{field.key}"
        if field.kind == "record":
            inner = read_record(field.inner, form, f"{name}.")
            record[field.key] = inner if inner or field.required else None
        elif field.kind == "rows":
            rows = (
                read_record(field.inner, form, f"{name}.{at}.") for at in sorted(_rows(name, form))
            )
            record[field.key] = [row for row in rows if any(map(_says, row.values()))]
        elif field.kind == "choices":
            record[field.key] = [each for each in form.getlist(name) if each]
        elif field.kind == "tick":
            record[field.key] = form.get(name) == "true"
        else:
            record[field.key] = value_of(field, form.get(name, ""), codes_of(field))
    return written(record, fields)


def _says(value: Any) -> bool:
    """Whether an answer makes its row one; a box that is not ticked does not."""
    return value not in (None, "", [], False)


def errors_of(
    faults: Iterable[Fault], known: Mapping[str, Any], path: Path
) -> tuple[dict[str, str], list[Fault]]:
    """What is wrong with one record, by field; and the faults that belong elsewhere."""
    errors: dict[str, str] = {}
    others = []
    for fault in faults:
        place = place_of(fault, known)
        field = place[len(path)] if len(place) > len(path) else ""
        if place[: len(path)] != path:
            others.append(fault)
        else:
            words = sentence_of(fault)
            before = errors.get(str(field))
            errors[str(field)] = f"{before} {words}" if before else words
    return errors, others


def place_words(place: Path) -> str:
    """A place in words: section, code, field."""
    if not place or str(place[0]) not in SECTIONS:
        return ".".join(map(str, place))
    section = str(place[0])
    words = [_(SECTION_WORDS[section])]
    rest = place[1:]
    if section not in SINGLE and rest:
        words.append(str(rest[0]))
        rest = rest[1:]
    named = {field.key: field for field in fields_of(SECTIONS[section])}
    if rest and str(rest[0]) in named:
        words.append(_(label_of(named[str(rest[0])])))
    return " ".join(words)


def shown(field: Field, value: Any, options: Options) -> str:
    """A value of a record in words, for a list."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    words = dict(options.get(field.refers, []) if field.refers else choices_of(field))
    if isinstance(value, list):
        return str(len(value))
    return words.get(str(value), str(value))
