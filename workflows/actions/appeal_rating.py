"""Appeal against a mistaken or malicious rating (差评申诉): its clocks run on meanwhile."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.ratings import RatingAction, must_answer, tell_supervisors, until
from workflows.clock import passed
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Rating

APPEALED = N_("%(what)s的差评有申诉，请核实后决定是否计入。")


class AppealClosed(WorkflowError):
    """It was appealed before, or the time for it is over."""

    sentence = N_("每条差评只能在期限内申诉一次。")


@dataclass(frozen=True)
class AppealRating(RatingAction):
    reason: str

    name = "appeal_rating"

    def apply(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        acting_for = must_answer(rating, ctx)
        if rating.appealed_at is not None or passed(ctx.now, until(rating, "appeal", ctx)):
            raise AppealClosed
        rating.appeal = written(self.reason)
        rating.appealed_at = ctx.now
        tell_supervisors(rating, Light.YELLOW, APPEALED, {}, ctx)
        return {"reason": rating.appeal, "acting_for": acting_for}
