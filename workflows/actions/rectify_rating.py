"""Say what was put right after a bad rating (差评整改)."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.follow_ups import stop_follow_ups
from workflows.actions.ratings import RatingAction, must_answer
from workflows.models import FollowUp, Rating


@dataclass(frozen=True)
class RectifyRating(RatingAction):
    done: str

    name = "rectify_rating"

    def apply(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        acting_for = must_answer(rating, ctx)
        done = written(self.done)
        rating.rectified_at = ctx.now
        rating.rectified_by_id = ctx.actor.person_id
        stop_follow_ups(rating.key, ctx, FollowUp.RECTIFY)
        return {"reason": done, "round": rating.round, "acting_for": acting_for}
