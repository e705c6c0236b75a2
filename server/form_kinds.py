"""What a form may consist of: the kinds of component, and what may be said of each."""

import re

from server.form_fields import COMPUTED, FILE, GROUP

LONGEST = {
    "textfield": 500,
    "textarea": 10_000,
    "number": 30,
    "datetime": 10,
    "select": 200,
    "radio": 200,
    FILE: 2000,
}
"""Characters accepted in one field when the schema gives no maxLength of its own."""

SHORT = ("textfield", "number", "datetime", "select", "radio", COMPUTED)
"""Kinds of field that stand two in a row when the schema does not say how wide they are."""

QUESTIONS = (*LONGEST, "checklist", "checkbox")
TYPES = (*QUESTIONS, "text", GROUP, COMPUTED)
CELLS = ("textfield", "number", "datetime", "select")
"""Kinds of question that a table may have."""

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
RESERVED = ("csrf_token",)
UNSUPPORTED = ("valuesKey", "valuesExpression", "readonly", "disabled")
CHECKS: dict[str, type | tuple[type, ...]] = {
    "required": bool,
    "requiredWhen": str,
    "min": (int, float),
    "max": (int, float),
    "minLength": int,
    "maxLength": int,
    "pattern": str,
    "patternErrorMessage": str,
    "validationType": str,
}
