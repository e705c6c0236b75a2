"""What a person filled in, checked against the form.

The browser may help, but only this counts. The messages are whole sentences that name the field,
because the summary above the form repeats them away from it.
"""

import datetime
import re
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from server.form_answers import CONTROL, Refused, missing, read
from server.form_fields import COMPUTED, GROUP, MOST_ROWS, Field, Form, Row, Value
from server.form_logic import Scope, applies, compute, is_required, kind_of, put, settled

#: The form of a step that names none.
PLAIN = {
    "id": "opinion",
    "components": [
        {"type": "textarea", "key": "opinion", "label": "意见", "validate": {"required": True}}
    ],
}


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
        return read(asked, given, today)
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
        wrong[field.key] = str(missing(field))
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
    return CONTROL.sub("", given[0])[: 2 * field.longest] if given else None
