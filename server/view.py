"""What several pages show in the same way: days left in words, the matrix, the timeline."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from server.labels import (
    ACTIONS,
    CASE_STATES,
    CHAIN_FAULTS,
    CLOCKS,
    CONCLUSIONS,
    DELIVERIES,
    DUTIES,
    GROUNDS,
    ITEM_STATES,
    STATES,
    limit_words,
    word,
)
from workflows.clock import office_time
from workflows.deadlines import Limit, Unit
from workflows.models import Case, HistoryEvent
from workflows.permissions import Role
from workflows.queries.matrix import MatrixRow
from workflows.queries.standing import Standing


def day(moment: datetime | None) -> str:
    """A day as the hall writes it."""
    return office_time(moment).strftime("%Y-%m-%d") if moment else "—"


def minute(moment: datetime | None) -> str:
    """An instant as the hall writes it."""
    return office_time(moment).strftime("%Y-%m-%d %H:%M") if moment else "—"


def standing_text(standing: Standing | None) -> str:
    """Days left in words: 剩 2 天, 今天截止, 超 1 天, 停表."""
    if standing is None:
        return "—"
    if standing.due_at is None:
        words = _("停表")
    elif (left := standing.left or 0) < 0:
        words = _("超 %(n)s 天", n=-left)
    elif standing.done:
        words = _("按时")
    elif left > 0:
        words = _("剩 %(n)s 天", n=left)
    else:
        words = _("今天 %(at)s 截止", at=office_time(standing.due_at).strftime("%H:%M"))
    return str(words)


def used_days(standing: Standing) -> tuple[float, float] | None:
    """(used, limit) in working days, for the picture; None for limits of hours."""
    limit = Limit.parse(standing.limit or "0wd")
    if limit.unit is Unit.HOURS or not limit.days or standing.left is None:
        return None
    return float(max(0, limit.days - standing.left)), float(limit.days)


def matrix_rows(rows: list[MatrixRow]) -> list[dict[str, Any]]:
    """The rows that the matrix macro shows."""
    return [_matrix_row(row) for row in rows]


def _matrix_row(row: MatrixRow) -> dict[str, Any]:
    stands = row.standing
    used = used_days(stands) if stands else None
    conclusion = word(CONCLUSIONS, row.last.conclusion) if row.last else ""
    return {
        "department": row.department.name,
        "item": f"{row.item.code} {row.item.name}",
        "href": url_for("review.task", task_id=row.task.id) if row.task else None,
        "light": stands.light.value if stands else None,
        "light_label": standing_text(stands),
        "person": row.last.closed_by if row.last else None,
        "used": used[0] if used else 0,
        "limit": used[1] if used else 0,
        "unit": None,
        "state": row.item.state.value,
        "state_label": word(ITEM_STATES, row.item.state),
        "conclusion": row.item.document_number or conclusion,
    }


def timeline_rows(case_title: str, events: list[HistoryEvent]) -> list[dict[str, Any]]:
    """The rows that the timeline macro shows, the newest first."""
    return [_timeline_row(event) for event in reversed(events)]


def _timeline_row(event: HistoryEvent) -> dict[str, Any]:
    details = event.details
    who = event.actor if event.actor != "system" else _("系统")
    if event.acting_for:
        who = _("%(who)s（代 %(principal)s）", who=who, principal=event.acting_for)
    return {
        "at": minute(event.at),
        "who": who,
        "what": _what(event),
        "details": _details(details),
        "light": details.get("light"),
    }


def _what(event: HistoryEvent) -> str:
    words = word(ACTIONS, event.action)
    item = event.details.get("item")
    clock = event.details.get("clock")
    about = " · ".join(filter(None, [item, word(CLOCKS, clock) if clock else None]))
    return f"{words} {about}" if about else words


def _details(details: dict[str, Any]) -> str:
    said = []
    for key in ("conclusion", "decision"):
        if details.get(key):
            said.append(word(CONCLUSIONS, details[key]))
    for key in ("opinion", "reason", "result", "number", "recipient", "due"):
        if isinstance(details.get(key), str) and details[key]:
            said.append(details[key])
    if details.get("to"):
        said.append(_("通知 %(duty)s", duty=word(DUTIES, details["to"])))
    if details.get("faults"):
        said.append("；".join(f"{code} {fault}" for code, fault in details["faults"].items()))
    return " · ".join(said)


def diagram_facts(case: Case, rows: list[MatrixRow]) -> dict[str, Any]:
    """What the live diagram is coloured by: states, badges, lights and links by item."""
    return {
        "states": {row.item.code: row.item.state.value for row in rows},
        "labels": {row.item.state.value: word(ITEM_STATES, row.item.state) for row in rows},
        "badges": {
            row.item.code: standing_text(row.standing)
            for row in rows
            if row.standing and not row.standing.done
        },
        "lights": {row.item.code: row.standing.light.value for row in rows if row.standing},
        "links": {
            row.item.code: url_for("review.task", task_id=row.task.id) for row in rows if row.task
        },
    }


HELPERS = {
    "day": day,
    "minute": minute,
    "standing_text": standing_text,
    "limit_words": limit_words,
    "case_state": lambda state: word(CASE_STATES, state),
    "item_state": lambda state: word(ITEM_STATES, state),
    "conclusion_word": lambda conclusion: word(CONCLUSIONS, conclusion),
    "duty_word": lambda duty: word(DUTIES, duty),
    "fault_word": lambda fault: word(CHAIN_FAULTS, fault),
    "action_word": lambda action: word(ACTIONS, action),
    "any_state": lambda state: word(STATES, state),
    "ground_word": lambda ground: word(GROUNDS, ground),
    "grounds": lambda: [(key, word(GROUNDS, key)) for key in GROUNDS],
    "deliveries": lambda: [(key, word(DELIVERIES, key)) for key in DELIVERIES],
    "is_government": lambda: Role.GOVERNMENT in current_user.roles,
    "may_upload": lambda: Role.DESIGNER in current_user.roles,
    "may_administer": lambda: Role.ADMIN in current_user.roles,
}
