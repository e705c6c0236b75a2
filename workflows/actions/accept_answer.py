"""Accept what a department answered (审阅通过): the card is closed; it counts in the score."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context
from workflows.actions.cards import LONGEST, CardAction, tell, told
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Card

CLOSED = N_("监察卡 %(card)s（%(what)s）的答复已审阅通过。")


@dataclass(frozen=True)
class AcceptAnswer(CardAction):
    note: str = ""

    name = "accept_answer"

    def apply(self, card: Card, ctx: Context) -> dict[str, Any]:
        card.closed_at = ctx.now
        tell(card, told(card, ctx), Light.GREEN, CLOSED, ctx)
        return {"note": self.note.strip()[:LONGEST], "round": card.round}
