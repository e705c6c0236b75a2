"""Contact who gave a bad rating (差评联系核实): reached, the clock stops; an attempt is kept."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.follow_ups import stop_follow_ups
from workflows.actions.ratings import RatingAction, must_answer
from workflows.models import FollowUp, Rating
from workflows.states import RatingState


@dataclass(frozen=True)
class ContactRater(RatingAction):
    reached: bool
    note: str

    name = "contact_rater"

    def apply(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        acting_for = must_answer(rating, ctx)
        note = written(self.note)
        if self.reached:
            rating.state = RatingState.CONTACTED
            rating.contacted_at = ctx.now
            stop_follow_ups(rating.key, ctx, FollowUp.CONTACT)
        return {"reached": self.reached, "reason": note, "acting_for": acting_for}
