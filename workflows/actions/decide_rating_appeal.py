"""Decide on an appeal against a rating: taken out of the figures (不计入), or left in (维持)."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.follow_ups import stop_follow_ups
from workflows.actions.ratings import RatingAction, tell_answering
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Rating
from workflows.states import RatingState

TAKEN_OUT = N_("%(what)s的差评经申诉核实，不计入。")
LEFT_IN = N_("%(what)s的差评申诉不成立，维持。")


class NotAppealed(WorkflowError):
    """Nobody has appealed, or it was decided."""

    sentence = N_("这条评价没有待决定的申诉。")


@dataclass(frozen=True)
class DecideRatingAppeal(RatingAction):
    excluded: bool
    reason: str

    name = "decide_rating_appeal"

    def apply(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        if rating.appealed_at is None or rating.appeal_decided_at is not None:
            raise NotAppealed
        rating.appeal_answer = written(self.reason)
        rating.appeal_decided_at = ctx.now
        if self.excluded:
            rating.state = RatingState.EXCLUDED
            rating.closed_at = ctx.now
            stop_follow_ups(rating.key, ctx)
        sentence = TAKEN_OUT if self.excluded else LEFT_IN
        tell_answering(rating, Light.GREEN, sentence, {}, ctx)
        return {"excluded": self.excluded, "reason": rating.appeal_answer}
