"""How documents write days, limits and answers: in Chinese, whoever reads the page."""

from collections.abc import Container, Mapping
from datetime import date, datetime
from typing import Any

from server.form_fields import Field, Form
from server.form_logic import settled
from workflows.catalogue import Catalogue
from workflows.catalogue.contents import Answers
from workflows.clock import office_time
from workflows.deadlines import Limit, Unit

UNITS = {Unit.WORKING_DAYS: "个工作日", Unit.HOURS: "个工作小时", Unit.DAYS: "日"}


def day(moment: datetime | date | str | None) -> str | None:
    """A day as documents write it: 2026年3月2日."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if isinstance(moment, datetime):
        moment = office_time(moment).date()
    return None if moment is None else f"{moment.year}年{moment.month}月{moment.day}日"


def minute(moment: datetime | None) -> str | None:
    """An instant as documents write it: 2026年3月2日9时30分."""
    if moment is None:
        return None
    at = office_time(moment)
    return f"{day(moment)}{at.hour}时{at.minute:02d}分"


def limit(length: Limit | None) -> str | None:
    """A limit as documents write it: 10个工作日."""
    return None if length is None else f"{float(length.amount):g}{UNITS[length.unit]}"


def application(
    form: Form, given: Mapping[str, Any], hidden: Container[str]
) -> list[tuple[Field, str]]:
    """The questions of the application that were asked, with their answers, but what is hidden."""
    computed, unasked = settled(form, given)
    known = {**given, **computed}
    return [
        (field, _words(field, known[field.key]))
        for field in form.fields
        if field.key in known and field.key not in unasked and field.key not in hidden
    ]


def _words(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if field.cells:
        rows = ([_words(cell, row.get(cell.key)) for cell in field.cells] for row in value or [])
        return "；".join("，".join(filter(None, row)) for row in rows)
    words = dict(field.pairs)
    values = value if isinstance(value, list) else [value]
    said = "、".join(str(words.get(one, one)) for one in values if one not in (None, ""))
    return "".join([field.prefix, said, field.suffix]) if said else ""


def questionnaire(catalogue: Catalogue, answers: Answers) -> list[dict[str, str]]:
    """The questions that decided what is needed, with their answers."""
    found = []
    for question in catalogue.questionnaire:
        value = answers.get(question.key, question.default)
        if question.type == "boolean":
            said = "是" if value else "否"
        else:
            said = f"{value:g}{question.unit or ''}"
        found.append({"question": question.label, "answer": said})
    return found
