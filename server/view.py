"""What all pages show in the same way: days, days left in words, the words of codes."""

import json
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from server import card_words, form_files, labels, names
from server.action_words import ACTIONS
from server.context import now
from server.difference_words import HOW, KINDS, SECTIONS, field_word, value_word
from server.labels import word
from server.table_sheets import policy_words, type_words
from workflows.clock import office_time
from workflows.deadlines import Light, Limit, Unit
from workflows.permissions import Role
from workflows.queries.standing import Standing


def day(moment: datetime | date | str | None) -> str:
    """A day as the hall writes it; an instant kept as text is read first."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if isinstance(moment, datetime):
        moment = office_time(moment)
    return moment.strftime("%Y-%m-%d") if moment else "—"


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
        words = ngettext("超 %(num)s 天", "超 %(num)s 天", -left)
    elif standing.done:
        words = _("按时")
    elif standing.light is Light.GREY:
        words = ngettext("停表，剩 %(num)s 天", "停表，剩 %(num)s 天", left)
    elif left > 0:
        words = ngettext("剩 %(num)s 天", "剩 %(num)s 天", left)
    else:
        words = _("今天 %(at)s 截止", at=office_time(standing.due_at).strftime("%H:%M"))
    return str(words)


def used_days(standing: Standing) -> tuple[float, float] | None:
    """(used, limit) in working days, for the picture; None for limits of hours."""
    limit = Limit.parse(standing.limit or "0wd")
    if limit.unit is Unit.HOURS or not limit.days or standing.left is None:
        return None
    return float(max(0, limit.days - standing.left)), float(limit.days)


def readable_json(value: Any) -> str:
    """Every field of a record, as an auditor reads it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


HELPERS = {
    "day": day,
    "minute": minute,
    "standing_text": standing_text,
    "readable_json": readable_json,
    "limit_words": labels.limit_words,
    "trust_word": lambda level: labels.word(labels.TRUST, level),
    "case_state": lambda state: word(labels.CASE_STATES, state),
    "card_state": lambda state: word(card_words.CARD_STATES, state),
    "paper_word": lambda paper: word(card_words.PAPERS, paper),
    "subject_word": card_words.subject_word,
    "to_words": card_words.to_words,
    "rung_when": card_words.when_word,
    "item_state": lambda state: word(labels.ITEM_STATES, state),
    "conclusion_word": lambda conclusion: word(labels.CONCLUSIONS, conclusion),
    "duty_word": lambda duty: word(labels.DUTIES, duty),
    "fault_word": lambda fault: word(labels.CHAIN_FAULTS, fault),
    "action_word": lambda action: word(ACTIONS, action),
    "difference_word": lambda how: word(HOW, how),
    "section_word": lambda section: word(SECTIONS, section),
    "kind_word": lambda kind: word(KINDS, kind),
    "field_word": field_word,
    "value_word": value_word,
    "policy_words": policy_words,
    "type_words": type_words,
    "process_word": lambda process: word(labels.PROCESSES, process),
    "any_state": labels.any_state,
    "ground_word": lambda ground: word(labels.GROUNDS, ground),
    "when_word": lambda when: word(labels.WHEN, when) if when else "—",
    "when_words": lambda: [(key.value, word(labels.WHEN, key)) for key in labels.WHEN],
    "before": lambda moment: now() < moment,
    "grounds": lambda: [(key, word(labels.GROUNDS, key)) for key in labels.GROUNDS],
    "deliveries": lambda: [(key, word(labels.DELIVERIES, key)) for key in labels.DELIVERIES],
    "is_government": lambda: Role.GOVERNMENT in current_user.roles,
    "may_upload": lambda: Role.DESIGNER in current_user.roles,
    "may_administer": lambda: Role.ADMIN in current_user.roles,
    "file_shown": form_files.shown,
    "zh_attr": names.zh_attr,
    "version_name": names.version_name,
    "case_title": names.case_title,
    "item_name": names.item_name,
    "own_name": names.own_name,
    "department_name": names.department_name,
    "step_name": names.step_name,
}
