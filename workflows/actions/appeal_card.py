"""Appeal against a card (申诉): within the days of the ladder, once, for a cause with evidence.

While it is being decided the time to reply stands still, and no rung is climbed.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context
from workflows.actions.cards import CardAction, Cause, answers_for, reckon, said, tell, wall
from workflows.clock import passed
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Card
from workflows.states import CardState

APPEALED = N_("监察卡 %(card)s（%(what)s）已申诉，请审核决定。")


class AppealTooLate(WorkflowError):
    """The days to appeal are over."""

    sentence = N_("申诉期限已过（应于 %(until)s 前提出）。")


class AlreadyAppealed(WorkflowError):
    """A card is appealed against once."""

    sentence = N_("这张监察卡已经申诉过一次，决定为最终决定。")


@dataclass(frozen=True)
class AppealCard(CardAction):
    cause: Cause
    statement: str
    evidence: str

    name = "appeal_card"

    def apply(self, card: Card, ctx: Context) -> dict[str, Any]:
        answers_for(card, ctx)
        if card.appeal is not None:
            raise AlreadyAppealed
        if passed(ctx.now, card.appeal_until):
            raise AppealTooLate(until=wall(card.appeal_until))
        card.appeal = {
            "cause": self.cause,
            "statement": said(self.statement),
            "evidence": said(self.evidence),
            "by": ctx.actor.name,
            "at": wall(ctx.now),
            "from": card.state.value,
        }
        card.appealed_at = ctx.now
        card.state = CardState.APPEALED
        reckon(card, ctx)
        tell(card, ("supervisor",), Light.YELLOW, APPEALED, ctx)
        return dict(card.appeal)
