"""Return an answer that does not answer (退回重新说明): with a reason, and a new day for it."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context
from workflows.actions.cards import CardAction, ask, said, tell, to_reply, told, wall
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Card
from workflows.states import CardState

RETURNED = N_("监察卡 %(card)s（%(what)s）的答复被退回：%(reason)s。请于%(due)s前重新说明。")


@dataclass(frozen=True)
class ReturnAnswer(CardAction):
    reason: str
    reply: int = 1

    name = "return_answer"

    def apply(self, card: Card, ctx: Context) -> dict[str, Any]:
        reason = said(self.reason)
        card.round += 1
        card.answer = {**(card.answer or {}), "returned": reason}
        card.answered_at = None
        card.state = CardState.OPEN
        ask(card, to_reply(self.reply), ctx)
        tell(card, told(card, ctx), Light.YELLOW, RETURNED, ctx, reason=reason[:200])
        return {"reason": reason, "round": card.round, "reply_due": wall(card.reply_due)}
