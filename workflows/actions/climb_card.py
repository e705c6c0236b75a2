"""Climb the next rung of a card's ladder: no answer came, and it goes further up.

Once a rung, however many look: the card is locked, and the rung is asked for again.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context
from workflows.actions.cards import CardAction, climb, next_row
from workflows.actions.climb import NotDue
from workflows.models import Card
from workflows.states import CardState


@dataclass(frozen=True)
class ClimbCard(CardAction):
    #: How many rungs had been climbed when it was found.
    rung: int

    name = "climb_card"

    def apply(self, card: Card, ctx: Context) -> dict[str, Any]:
        row = next_row(card, ctx)
        waits = card.state != CardState.OPEN or card.next_at is None or card.next_at > ctx.now
        if waits or row is None or card.rung != self.rung:
            raise NotDue
        return climb(card, row, row.reply, ctx)
