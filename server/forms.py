"""What a person filled in, checked against the form.

The browser may help, but only this counts. The messages are whole sentences that name the field,
because the summary above the form repeats them away from it.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from server.form_fields import CHOOSING, COMPUTED, FILE, GROUP, MOST_ROWS, Field, Form, Row, Value
from server.form_files import read_slip
from server.form_logic import Scope, applies, compute, is_required, kind_of, put, settled
from server.labels import refusal_sentence
from workflows.errors import WorkflowError
from workflows.identifiers import credit_code, identity_number, mobile_number, telephone_number

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"[+-]?([0-9]+)(?:\.([0-9]+))?")
_MOST_DIGITS = 15  # what a float holds exactly
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2200)
_PLAIN_KINDS = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "phone": re.compile(r"\+?[0-9][0-9 -]{4,18}[0-9]"),
}
_NUMBERS: dict[str, Callable[[str, datetime.date], str]] = {
    "id_card": identity_number,
    "credit_code": credit_code,
    "mobile": mobile_number,
    "telephone": telephone_number,
}
KINDS_OF_TEXT = (*_PLAIN_KINDS, *_NUMBERS)
"""What `validationType` may say: form-js has the first two, the others are known numbers."""

#: The form of a step that names none.
PLAIN = {
    "id": "opinion",
    "components": [
        {"type": "textarea", "key": "opinion", "label": "意见", "validate": {"required": True}}
    ],
}


class Refused(ValueError):
    """One answer is not acceptable; the sentence says why, to the person who gave it."""


def validate(
    form: Form,
    posted: MultiDict[str, str],
    today: datetime.date = datetime.date.max,
    known: Mapping[str, Any] | None = None,
    only: Container[str] | None = None,
) -> tuple[dict[str, Value], dict[str, str]]:
    """Answers by key, and what is wrong with them, in the order of the form.

    With errors, the answers are for showing the form again; without, they are ready to be kept:
    texts trimmed, numbers as numbers, dates as YYYY-MM-DD, unanswered questions None (False for
    a checkbox, an empty list for a checklist or a table). Keys that the form does not have are
    ignored, and so is what was written where the answers above leave nothing to be asked.
    With `only`, the other questions keep the answers that are known of them.
    """
    data: dict[str, Value] = {}
    errors: dict[str, str] = {}
    scope: Scope = {}
    for field in form.fields:
        if field.type == COMPUTED:
            put(scope, field, compute(field, scope) if applies(field, scope) else None)
            continue
        if only is not None and field.key not in only:
            answer = (known or {}).get(field.key, field.blank)
        else:
            answer = data[field.key] = _answer(field, posted, scope, today, errors)
        put(scope, field, answer)
    return data, errors


def _answer(
    field: Field,
    posted: MultiDict[str, str],
    scope: Scope,
    today: datetime.date,
    errors: dict[str, str],
) -> Value:
    """One answer as it is kept, or as it is shown again beside its error."""
    if not applies(field, scope):
        return field.blank
    asked = replace(field, required=is_required(field, scope), kind_of_text=kind_of(field, scope))
    if field.type == GROUP:
        return _rows(asked, posted, today, errors)
    given = [_clean(text) for text in posted.getlist(field.key)]
    try:
        return _read(asked, given, today)
    except Refused as refused:
        errors[field.key] = str(refused)
        return _shown_again(field, given)


def written(form: Form, posted: MultiDict[str, str]) -> dict[str, Any]:
    """What a page that is shown again has of tables, lists to tick, and computed values.

    A table that was asked for one more row gets it: `more` is the key of that table.
    """
    data, _errors = validate(form, posted)
    shown: dict[str, Any] = settled(form, data)[0]
    for field in form.fields:
        if field.type == GROUP:
            rows = min(rows_written(field, posted) + (posted.get("more") == field.key), MOST_ROWS)
            shown[field.key] = [
                {cell.key: posted.get(f"{field.key}.{row}.{cell.key}") for cell in field.cells}
                for row in range(rows)
            ]
        elif field.type == "checklist":
            shown[field.key] = posted.getlist(field.key)
    return shown


def rows_written(field: Field, posted: MultiDict[str, str]) -> int:
    """How many rows of a table a page has sent, the empty ones as well."""
    place = re.compile(rf"{re.escape(field.key)}\.([0-9]{{1,3}})\.")
    found = (place.match(name) for name in posted)
    return max((int(one[1]) + 1 for one in found if one), default=0)


def _rows(
    field: Field, posted: MultiDict[str, str], today: datetime.date, errors: dict[str, str]
) -> list[Row]:
    """The rows in which something is written; where one is wrong, all, so that none moves."""
    rows: list[Row] = []
    filled: list[Row] = []
    wrong: dict[str, str] = {}
    sent = rows_written(field, posted)
    for number in range(min(sent, MOST_ROWS)):
        row, faults = _row(field, number, posted, today)
        rows.append(row)
        if any(posted.get(f"{field.key}.{number}.{cell.key}", "").strip() for cell in field.cells):
            filled.append(row)
            wrong |= faults
    if sent > MOST_ROWS:
        wrong[field.key] = _("“%(label)s”最多 %(most)s 行", label=field.label, most=MOST_ROWS)
    elif field.required and not filled:
        wrong[field.key] = str(_missing(field))
    errors |= wrong
    return rows if wrong else filled


def _row(
    field: Field, number: int, posted: MultiDict[str, str], today: datetime.date
) -> tuple[Row, dict[str, str]]:
    """One row of a table, and what is wrong with it; the cells may depend on each other."""
    row: Row = {}
    scope: Scope = {}
    faults: dict[str, str] = {}
    for cell in field.cells:
        asked = cell.named(f"{field.key}.{number}.{cell.key}")
        row[cell.key] = _answer(asked, posted, scope, today, faults)
        put(scope, cell, row[cell.key])
    line = _("第 %(row)s 行", row=number + 1)
    return row, {name: f"{line}：{sentence}" for name, sentence in faults.items()}


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _shown_again(field: Field, given: list[str]) -> Value:
    if field.type == "checklist":
        return given
    if field.type == "checkbox":
        return bool(given)
    return _CONTROL.sub("", given[0])[: 2 * field.longest] if given else None


def _read(field: Field, given: list[str], today: datetime.date) -> Value:
    """The answer to one question. Raises Refused."""
    if field.type == "checkbox":
        return _tick(field, given)
    if field.type == "checklist":
        return _several(field, given)
    if len(given) > 1:
        raise Refused(_("“%(label)s”只能填写一次", label=field.label))
    if given and given[0]:
        _check_length(field, given[0])
        value = _READERS[field.type](field, given[0])
        number = _NUMBERS.get(field.kind_of_text)
        return _known_number(field, number, str(value), today) if number else value
    if field.required:
        raise _missing(field)
    return None


def _missing(field: Field) -> Refused:
    if field.type in (*CHOOSING, "datetime", FILE):
        return Refused(_("请选择“%(label)s”", label=field.label))
    return Refused(_("请填写“%(label)s”", label=field.label))


def _tick(field: Field, given: list[str]) -> bool:
    if given not in ([], ["true"]):
        raise Refused(_("“%(label)s”的选项无效", label=field.label))
    if field.required and not given:
        raise Refused(_("请勾选“%(label)s”", label=field.label))
    return bool(given)


def _several(field: Field, given: list[str]) -> list[str]:
    offered = [choice.value for choice in field.choices]
    if not set(given) <= set(offered):
        raise Refused(_("“%(label)s”的选项无效", label=field.label))
    if field.required and not given:
        raise _missing(field)
    return [value for value in offered if value in given]


def _one(field: Field, text: str) -> str:
    if text not in [choice.value for choice in field.choices]:
        raise Refused(_("“%(label)s”的选项无效", label=field.label))
    return text


def _check_length(field: Field, text: str) -> None:
    if len(text) > field.longest:
        raise Refused(
            _(
                "“%(label)s”最多 %(most)s 个字，现有 %(now)s 个",
                label=field.label,
                most=field.longest,
                now=len(text),
            )
        )
    if len(text) < field.shortest:
        raise Refused(_("“%(label)s”至少 %(least)s 个字", label=field.label, least=field.shortest))


def _text(field: Field, text: str) -> str:
    if _CONTROL.search(text) or (field.type == "textfield" and "\n" in text):
        raise Refused(_("“%(label)s”含有不能识别的字符", label=field.label))
    kind = _PLAIN_KINDS.get(field.kind_of_text)
    if kind and not kind.fullmatch(text):
        raise Refused(_("“%(label)s”的格式不正确", label=field.label))
    # searched, not matched whole: that is how the form editor's preview reads a pattern
    if field.pattern and not field.pattern.search(text):
        raise Refused(field.pattern_message or _("“%(label)s”的格式不正确", label=field.label))
    return text


def _known_number(
    field: Field, read: Callable[[str, datetime.date], str], text: str, today: datetime.date
) -> str:
    """A number with its check character, as it is kept."""
    try:
        return read(text, today)
    except WorkflowError as refused:
        sentence = refusal_sentence(refused)
        raise Refused(_("“%(label)s”：%(why)s", label=field.label, why=sentence)) from refused


def _number(field: Field, text: str) -> int | float:
    parts = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
    if not parts:
        raise Refused(_("“%(label)s”应为数字，例如 12 或 12.5", label=field.label))
    whole, fraction = parts[1].lstrip("0"), parts[2] or ""
    if field.decimals is not None and len(fraction) > field.decimals:
        raise Refused(
            _("“%(label)s”最多 %(digits)s 位小数", label=field.label, digits=field.decimals)
        )
    if len(whole + fraction) > _MOST_DIGITS:
        raise Refused(_("“%(label)s”的数字太长", label=field.label))
    value = float(parts[0]) if fraction else int(parts[0])
    if field.min is not None and value < field.min:
        raise Refused(_("“%(label)s”不能小于 %(least)s", label=field.label, least=field.min))
    if field.max is not None and value > field.max:
        raise Refused(_("“%(label)s”不能大于 %(most)s", label=field.label, most=field.max))
    return value


def _date(field: Field, text: str) -> str:
    try:
        if not _DATE.fullmatch(text) or int(text[:4]) not in _YEARS:
            raise ValueError(text)
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Refused(_("“%(label)s”应为日期，例如 2026-03-02", label=field.label)) from error


def _file(field: Field, slip: str) -> Value:
    found = read_slip(slip)
    if found is None:
        raise Refused(_("“%(label)s”的文件已经失效，请重新选择", label=field.label))
    return {**found, "signature": True} if field.signature else found


_READERS: dict[str, Callable[[Field, str], Value]] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "datetime": _date,
    "select": _one,
    "radio": _one,
    FILE: _file,
}
