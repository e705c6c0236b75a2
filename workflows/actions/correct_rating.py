"""Correct a rating that was given online, once and in time; a bad one is followed up all the same.

So nobody gains by talking somebody out of a bad rating: it was heard, it has to be answered.
"""

from dataclasses import dataclass, field
from typing import Any

from workflows.actions.base import Context
from workflows.actions.ratings import RatingAction, begin_follow_up, checked, rules_of
from workflows.clock import passed
from workflows.errors import N_, WorkflowError
from workflows.models import Rating
from workflows.states import RatingState


class NotCorrected(WorkflowError):
    """It was corrected before, the time is over, or it was given on site."""

    sentence = N_("评价只能在期限内更正一次；现场评价不能更正。")


@dataclass(frozen=True)
class CorrectRating(RatingAction):
    level: int
    reasons: list[str] = field(default_factory=list)
    text: str = ""

    name = "correct_rating"

    def apply(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        over = rating.correct_until is None or passed(ctx.now, rating.correct_until)
        if over or rating.corrected_at is not None:
            raise NotCorrected
        before = rating.level
        said = checked(self.level, self.reasons, self.text, rules_of(rating))
        for name, value in said.items():
            setattr(rating, name, value)
        rating.corrected_at = ctx.now
        if rating.state is RatingState.GIVEN and rating.bad:
            rating.state = RatingState.OPEN
            rating.closed_at = None
            begin_follow_up(rating, ctx)
        return {"before": before, **said}
