"""The questions of an application by whose answers cases are found.

A designer declares one in the form, among the component's own properties:
``"properties": {"searchable": "yes"}``.  Texts, choices, numbers and days can be searched.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["text", "number", "day"]
#: The longest answer that is kept to search by; the beginning of a longer one.
LONGEST = 200
KINDS: dict[str, Kind] = {
    "textfield": "text", "textarea": "text", "select": "text", "radio": "text",
    "number": "number", "datetime": "day",
}  # fmt: skip
YES = ("yes", "true", True)


@dataclass(frozen=True)
class SearchField:
    """A question that was declared searchable, and its choices where it offers some."""

    key: str
    label: str
    kind: Kind
    choices: tuple[tuple[str, str], ...] = ()


def search_fields(form: Mapping[str, Any]) -> list[SearchField]:
    """The searchable questions of a form, in its order."""
    found = []
    for part in form.get("components", ()):
        properties = part.get("properties") or {}
        if part.get("type") in KINDS and properties.get("searchable") in YES:
            label = str(part.get("dateLabel") or part.get("label") or part["key"])
            offered = tuple((str(c["value"]), str(c["label"])) for c in part.get("values", ()))
            found.append(SearchField(part["key"], label, KINDS[part["type"]], offered))
    return found


def answers_of(
    form: Mapping[str, Any], given: Mapping[str, Any]
) -> list[tuple[SearchField, str | float | date]]:
    """The answers to search by; a question without one, or with a strange one, is left out."""
    found = []
    for field in search_fields(form):
        value = _read(field.kind, given.get(field.key))
        if value is not None:
            found.append((field, value))
    return found


def _read(kind: Kind, given: object) -> str | float | date | None:
    if kind == "number":
        return float(given) if isinstance(given, int | float) else None
    if not isinstance(given, str) or not given.strip():
        return None
    if kind == "text":
        return " ".join(given.split())[:LONGEST]
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
