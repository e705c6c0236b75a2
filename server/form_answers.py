"""One answer as it was written, read and checked by the kind of its question.

The messages are whole sentences that name the field.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable

from flask_babel import gettext as _

from server.form_fields import CHOOSING, FILE, Field, Value
from server.form_files import read_slip
from server.labels import refusal_sentence
from workflows.errors import WorkflowError
from workflows.identifiers import credit_code, identity_number, mobile_number, telephone_number

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
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


class Refused(ValueError):
    """One answer is not acceptable; the sentence says why, to the person who gave it."""


def read(field: Field, given: list[str], today: datetime.date) -> Value:
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
        raise missing(field)
    return None


def missing(field: Field) -> Refused:
    """What is said where a question has to be answered."""
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
        raise missing(field)
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
    if CONTROL.search(text) or (field.type == "textfield" and "\n" in text):
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
