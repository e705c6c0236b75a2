"""What a person filled in, checked against the form.

The browser may help, but only this counts. The messages are whole sentences that name the field,
because the summary above the form repeats them away from it.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from server.form_schema import CHOOSING, Field, Form, Value

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"[+-]?([0-9]+)(?:\.([0-9]+))?")
_MOST_DIGITS = 15  # what a float holds exactly
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2200)
_KINDS_OF_TEXT = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "phone": re.compile(r"\+?[0-9][0-9 -]{4,18}[0-9]"),
}

#: The form of a step that names none.
PLAIN = {
    "id": "opinion",
    "components": [
        {"type": "textarea", "key": "opinion", "label": "意见", "validate": {"required": True}}
    ],
}


class Refused(ValueError):
    """One answer is not acceptable; the sentence says why, to the person who gave it."""


def validate(form: Form, posted: MultiDict[str, str]) -> tuple[dict[str, Value], dict[str, str]]:
    """Answers by key, and what is wrong with them, in the order of the form.

    With errors, the answers are for showing the form again; without, they are ready to be kept:
    texts trimmed, numbers as numbers, dates as YYYY-MM-DD, unanswered questions None (False for
    a checkbox, an empty list for a checklist). Keys that the form does not have are ignored.
    """
    data: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for field in form.fields:
        given = [_clean(text) for text in posted.getlist(field.key)]
        try:
            data[field.key] = _read(field, given)
        except Refused as refused:
            errors[field.key] = str(refused)
            data[field.key] = _shown_again(field, given)
    return data, errors


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _shown_again(field: Field, given: list[str]) -> Value:
    if field.type == "checklist":
        return given
    if field.type == "checkbox":
        return bool(given)
    return _CONTROL.sub("", given[0])[: 2 * field.longest] if given else None


def _read(field: Field, given: list[str]) -> Value:
    """The answer to one question. Raises Refused."""
    if field.type == "checkbox":
        return _tick(field, given)
    if field.type == "checklist":
        return _several(field, given)
    if len(given) > 1:
        raise Refused(_("“%(label)s”只能填写一次", label=field.label))
    if given and given[0]:
        _check_length(field, given[0])
        return _READERS[field.type](field, given[0])
    if field.required:
        raise _missing(field)
    return None


def _missing(field: Field) -> Refused:
    if field.type in (*CHOOSING, "datetime"):
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
    kind = _KINDS_OF_TEXT.get(field.kind_of_text)
    if kind and not kind.fullmatch(text):
        raise Refused(_("“%(label)s”的格式不正确", label=field.label))
    # searched, not matched whole: that is how the form editor's preview reads a pattern
    if field.pattern and not field.pattern.search(text):
        raise Refused(field.pattern_message or _("“%(label)s”的格式不正确", label=field.label))
    return text


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


_READERS: dict[str, Callable[[Field, str], Value]] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "datetime": _date,
    "select": _one,
    "radio": _one,
}
