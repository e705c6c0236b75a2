"""Decide an appeal: uphold the card (维持), or revoke it (撤销) for one of the causes allowed.

Upheld, it goes on where it was, and the time to reply goes on with the days that were left.
Revoked, it is over and leaves the score.  Either way with a reason, and to revoke, with evidence.
"""

from dataclasses import dataclass
from typing import Any, Literal

from workflows.actions.base import Context
from workflows.actions.cards import CardAction, Cause, reckon, said, tell, told, wall
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Card
from workflows.states import CardState

UPHELD = N_("监察卡 %(card)s（%(what)s）申诉后维持：%(reason)s。")
REVOKED = N_("监察卡 %(card)s（%(what)s）申诉后撤销，不计分：%(reason)s。")


class CauseMissing(WorkflowError):
    """A card is revoked for one of four causes, with evidence."""

    sentence = N_("撤销监察卡须选定原因，并写明证据。")


@dataclass(frozen=True)
class DecideAppeal(CardAction):
    outcome: Literal["upheld", "revoked"]
    reason: str
    cause: Cause | None = None
    evidence: str = ""

    name = "decide_appeal"

    def apply(self, card: Card, ctx: Context) -> dict[str, Any]:
        assert card.appeal is not None, "appealed against"
        revoked = self.outcome == "revoked"
        if revoked and (self.cause is None or len(self.evidence.strip()) < 4):
            raise CauseMissing
        reason = said(self.reason)
        card.decision = {
            "outcome": self.outcome,
            "reason": reason,
            "cause": self.cause if revoked else None,
            "evidence": said(self.evidence) if revoked else "",
            "by": ctx.actor.name,
            "at": wall(ctx.now),
        }
        card.decided_at = ctx.now
        if revoked:
            card.state, card.scored = CardState.REVOKED, False
            card.closed_at, card.next_at = ctx.now, None
        else:
            card.state = CardState(card.appeal["from"])
            reckon(card, ctx)
        sentence, light = (REVOKED, Light.GREEN) if revoked else (UPHELD, Light.YELLOW)
        tell(card, told(card, ctx), light, sentence, ctx, reason=reason[:200])
        return {**card.decision, "reply_due": wall(card.reply_due)}
