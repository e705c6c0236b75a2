"""What of a form depends on other answers: shown or not, required or not, computed.

An expression reads what stands above it in the form, so one pass from top to bottom settles
everything.  Where it cannot be computed, because something is not answered yet, the question is
shown, nothing is required on its account, and the value is not known.
"""

from collections.abc import Mapping
from typing import Any

from server.form_fields import COMPUTED, Field, Form, Row, Value
from workflows.engine.expressions import Expression, ExpressionFailed

Scope = dict[str, Any]
#: Decimal places of what is computed: 0.1 + 0.2 is 0.3 to everyone who reads a form.
PLACES = 6


def put(scope: Scope, field: Field, value: Value) -> None:
    """Let the expressions below see an answer."""
    scope[field.key] = value
    rows: list[Row] = value if field.cells and isinstance(value, list) else []  # type: ignore[assignment]
    for cell in field.cells:
        given = [row.get(cell.key) for row in rows]
        scope[f"{field.key}_{cell.key}"] = [one for one in given if one is not None]


def applies(field: Field, scope: Scope) -> bool:
    """Whether a question is asked at all."""
    return field.hidden_when is None or _outcome(field.hidden_when, scope) is not True


def is_required(field: Field, scope: Scope) -> bool:
    """Whether a question has to be answered, with the answers above it."""
    when = field.required_when
    return field.required or (when is not None and _outcome(when, scope) is True)


def kind_of(field: Field, scope: Scope) -> str:
    """Which kind of number a text has to be."""
    if field.kind_by is None:
        return field.kind_of_text
    return str(_value(field.kind_by, scope) or "")


def compute(field: Field, scope: Scope) -> Value:
    """The value of a computed field; None while it cannot be computed."""
    assert field.compute is not None
    value = _value(field.compute, scope)
    if isinstance(value, float):
        value = round(value, PLACES)
        return int(value) if value.is_integer() else value
    return value if isinstance(value, str | int) else None


def settled(form: Form, data: Mapping[str, Any]) -> tuple[dict[str, Value], set[str]]:
    """The computed values of a form that was filled in, and the keys that were not asked."""
    scope: Scope = {}
    computed: dict[str, Value] = {}
    unasked = set()
    for field in form.fields:
        asked = applies(field, scope)
        if not asked:
            unasked.add(field.key)
        if field.type == COMPUTED:
            computed[field.key] = compute(field, scope) if asked else None
            put(scope, field, computed[field.key])
        else:
            put(scope, field, data.get(field.key, field.blank) if asked else field.blank)
    return computed, unasked


def _outcome(condition: Expression, scope: Scope) -> bool | None:
    value = _value(condition, scope)
    return None if value is None else bool(value)


def _value(expression: Expression, scope: Scope) -> Any:
    try:
        return expression(scope)
    except ExpressionFailed:
        return None
