"""Call back who gave a bad rating (回访), by somebody other than who put it right.

Who is not satisfied has it put right once more, with a new limit; then it ends either way, and
the figures say how.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.follow_ups import stop_follow_ups
from workflows.actions.ratings import RatingAction, begin_round, tell_answering
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Rating
from workflows.states import RatingState

#: It is put right at most so often.
ROUNDS = 2
NOT_SATISFIED = N_("%(what)s的评价人回访仍不满意，请重新整改。")


class CalledBack(StrEnum):
    """What the call came to."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    NOT_REACHED = "not_reached"


class OwnRectification(WorkflowError):
    """Nobody asks whether their own work was good."""

    sentence = N_("回访须由整改人以外的人进行。")


@dataclass(frozen=True)
class CallBackRater(RatingAction):
    result: CalledBack
    note: str

    name = "call_back_rater"

    def apply(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        if ctx.actor.person_id == rating.rectified_by_id:
            raise OwnRectification
        note = written(self.note)
        if self.result is not CalledBack.NOT_REACHED:
            rating.called_back_at = ctx.now
            rating.satisfied = self.result is CalledBack.SATISFIED
            _go_on(rating, ctx)
        return {"result": self.result.value, "reason": note, "round": rating.round}


def _go_on(rating: Rating, ctx: Context) -> None:
    if rating.satisfied or rating.round >= ROUNDS:
        rating.state = RatingState.ANSWERED
        rating.closed_at = ctx.now
        stop_follow_ups(rating.key, ctx)
        return
    rating.state = RatingState.CONTACTED
    begin_round(rating, ctx)
    tell_answering(rating, Light.YELLOW, NOT_SATISFIED, {}, ctx)
