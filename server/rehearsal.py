"""先看结果: what a move would come to, shown as it would be, before anybody confirms it."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup

from server.action_words import ACTIONS
from server.context import reader
from server.labels import ITEM_STATES, word
from server.names import item_name, step_name
from server.record import details_of
from workflows.actions import Action, Context, rehearse
from workflows.models import Case, CaseItem
from workflows.queries.search import find_case
from workflows.states import DECIDED_ITEMS, ItemState

#: What moves the work of others: these can be looked at before they are done.
REHEARSED = frozenset(
    {"send_back", "take_back", "roll_back", "jump", "conclude_item", "add_signer", "suspend_case"}
)


@dataclass(frozen=True)
class Standing:
    """Where an item stands: its state, and the steps that wait for somebody."""

    state: ItemState
    steps: tuple[str, ...]

    @property
    def word(self) -> str:
        return word(ITEM_STATES, self.state)

    @property
    def said(self) -> Markup:
        if not self.steps and self.state not in DECIDED_ITEMS:
            return Markup(_("（等待）"))
        return Markup(_("、")).join(step_name(step) for step in self.steps)


@dataclass(frozen=True)
class Change:
    """One item that the move would change: where it stands, and where it would."""

    code: str
    name: str
    now: Standing
    then: Standing


def foretell(number: str, action: Action, ctx: Context) -> dict[str, Any]:
    """What the page shows of a move that has not been made; the refusals are those of the move."""
    case = find_case(reader(), number)
    before = _standings(case) if case else {}

    def look(then: Case, details: dict[str, Any]) -> dict[str, Any]:
        after = _standings(then)
        changes = [
            Change(item.code, item_name(then, item), before[item.code], after[item.code])
            for item in then.items
            if before[item.code] != after[item.code]
        ]
        said = details_of(details, {row.code: row.name for row in then.materials})
        return {"changes": changes, "others": len(after) - len(changes), "said": said}

    found = rehearse(number, action, ctx, look)
    posted = [(key, value) for key in request.form for value in request.form.getlist(key)]
    kept = [(key, value) for key, value in posted if key not in ("csrf_token", "rehearse")]
    return {**found, "name": action.name, "word": word(ACTIONS, action.name), "posted": kept}


def _standings(case: Case) -> dict[str, Standing]:
    return {item.code: _standing(case, item) for item in case.items}


def _standing(case: Case, item: CaseItem) -> Standing:
    going = [row for row in case.tasks if row.item_id == item.id and row.closed_at is None]
    return Standing(item.state, tuple(row.name for row in going))
