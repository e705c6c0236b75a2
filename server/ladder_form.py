"""A ladder as a form: the rungs of every kind of clock and card, row by row, and what was posted.

A row is given up by telling nobody; below the rows of a kind there is an empty one for more.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from workflows.ladders import LadderTable, as_plain
from workflows.ladders.table import (
    CARDS,
    DEPUTIES,
    DUTIES,
    ENDS_BY_LAW,
    MOST,
    OF_CASES,
    ROLES,
    SUBJECTS,
)

FIELDS = ("subject", "when", "days", "percent", "hours", "light", "paper", "reply")
#: What comes back from the preview is no longer than this.
LONGEST = 200_000
WORKING_DAYS = "wd"


@dataclass
class Written:
    """What stands in the form: rows as they are stored, and what is said about the change."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    appeal: str = "3"
    revision: int = 0
    from_day: str = ""
    reason: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """As a ladder is stored."""
        return {"limits": {"appeal": f"{self.appeal}{WORKING_DAYS}"}, "rows": self.rows}

    @property
    def carried(self) -> str:
        """As it is handed on by the preview."""
        return json.dumps(self.content, ensure_ascii=False)

    def groups(self) -> list[tuple[str, list[tuple[int, dict[str, Any]]]]]:
        """Per kind its rows, each with its number from 1; the empty one has none (0)."""
        numbered = list(enumerate(self.rows, start=1))
        return [
            (subject, [
                *((n, row) for n, row in numbered if row["subject"] == subject),
                *([] if subject == "card.notice" else [(0, _empty(subject))]),
            ])
            for subject in SUBJECTS
        ]  # fmt: skip


def _empty(subject: str) -> dict[str, Any]:
    when = "before" if subject in ENDS_BY_LAW else "over"
    return {"subject": subject, "when": when, "light": "red", "to": []}


def of_table(table: LadderTable, revision: int) -> Written:
    """The form of a ladder there is."""
    plain = as_plain(table)
    return Written(plain["rows"], plain["limits"]["appeal"].removesuffix(WORKING_DAYS), revision)


def posted(form: MultiDict[str, str]) -> Written:
    """What was sent by the form, or handed on by the preview."""
    rows, appeal = _carried(form) if "content" in form else (_rows(form), form.get("appeal", ""))
    revision = form.get("revision", "")
    return Written(
        rows=rows,
        appeal=appeal.strip()[:5],
        revision=int(revision) if revision.isdecimal() and len(revision) < 9 else 0,
        from_day=form.get("from_day", "")[:10],
        reason=form.get("reason", "").strip()[:200],
    )


def _carried(form: MultiDict[str, str]) -> tuple[list[dict[str, Any]], str]:
    try:
        content = json.loads(form["content"][:LONGEST])
        rows = [_row({**row, "to": list(row["to"])}) for row in content["rows"][: MOST + 1]]
        return rows, str(content["limits"]["appeal"]).removesuffix(WORKING_DAYS)
    except (ValueError, TypeError, KeyError, AttributeError):
        return [], ""


def _rows(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    """The rows of the form that tell somebody, in order."""
    found = []
    for place in form.getlist("place")[: 2 * MOST]:
        given: dict[str, Any] = {name: form.get(f"{place}.{name}", "").strip() for name in FIELDS}
        given["to"] = form.getlist(f"{place}.to")
        if given["to"]:
            found.append(_row(given))
    return found[: MOST + 1]


def _row(given: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it is stored: without what is not said, and a reply in working days."""
    row = {name: str(given[name]) for name in FIELDS if given.get(name) not in (None, "")}
    if row.get("subject") not in SUBJECTS:
        row["subject"] = SUBJECTS[0]
    if reply := row.get("reply"):
        row["reply"] = reply if reply.endswith(WORKING_DAYS) else f"{reply}{WORKING_DAYS}"
    for name in ("percent", "hours"):
        if row.get("when") != "before":
            row.pop(name, None)
    if row.get("when") == "raised":
        row.pop("days", None)
    return {**row, "to": [str(whom) for whom in given["to"]][:20]}


def choices_of(subject: str) -> tuple[str, ...]:
    """Whom a row of this kind may tell."""
    return ROLES if subject in OF_CASES else (*DUTIES, *DEPUTIES, *ROLES)


def is_card(subject: str) -> bool:
    """Whether it is climbed by cards, with papers that ask for a reply."""
    return subject in CARDS
