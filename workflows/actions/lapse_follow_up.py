"""The time of a follow-up is over: said once, to who answers for it and to the supervisors."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context
from workflows.actions.climb import NotDue
from workflows.actions.follow_ups import INSTANT, open_follow_ups, reckon_follow_up
from workflows.actions.ratings import RatingAction, tell_answering, tell_supervisors
from workflows.clock import office_time
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import FollowUp, Rating

LATE = {
    FollowUp.CONTACT: (Light.YELLOW, N_("%(what)s的差评逾期没有联系评价人（应于%(due)s前）。")),
    FollowUp.RECTIFY: (Light.RED, N_("%(what)s的差评逾期没有整改（应于%(due)s前）。")),
}


@dataclass(frozen=True)
class LapseFollowUp(RatingAction):
    clock: int

    name = "lapse_follow_up"

    def apply(self, rating: Rating, ctx: Context) -> dict[str, Any]:
        row = next((one for one in open_follow_ups(rating.key, ctx) if one.id == self.clock), None)
        if row is None or row.next_at is None:
            raise NotDue
        reckon_follow_up(row, ctx)  # a newer calendar may have put it off
        if row.due_at + INSTANT > ctx.now:
            raise NotDue
        row.next_at = None
        light, sentence = LATE[row.clock]
        due = f"{office_time(row.due_at):%Y-%m-%d %H:%M}"
        tell_answering(rating, light, sentence, {"due": due}, ctx)
        tell_supervisors(rating, light, sentence, {"due": due}, ctx)
        return {"clock": row.clock.value, "due": due, "light": light.value, "round": rating.round}
