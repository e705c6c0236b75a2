"""Ask for the clock of an item to be stopped (申请停表): only for a procedure of 行政许可法 §45.

Nothing stands still yet: the time needed has to be told to the applicant in writing (§45), which
happens when another person approves.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.people import require
from workflows.actions.requests import CHECKER, make
from workflows.actions.special import in_time, planned
from workflows.actions.tell import tell_post
from workflows.actions.work import item_of
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Case, RequestKind
from workflows.states import ITEMS, next_states

REQUESTED = N_("%(what)s申请停表（%(procedure)s，%(days)s 个工作日），请审核：%(reason)s")


@dataclass(frozen=True)
class RequestPause(CaseAction):
    item: str
    procedure: str
    planned_days: int
    reason: str

    name = "request_pause"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        item = item_of(case, self.item)
        who = require(ctx.session, item.department_code, "handler", ctx.actor.person_id, ctx.today)
        next_states(ITEMS, item.state, self.name)
        days = planned(case, item, self.procedure, self.planned_days)
        in_time(case, item, self.procedure, days, ctx)
        reason = written(self.reason)
        make(case, RequestKind.PAUSE, item, CHECKER, days, reason, ctx, self.procedure)
        params = {"what": item.name, "procedure": self.procedure, "days": days, "reason": reason}
        tell_post(case, item, CHECKER, Light.GREEN, REQUESTED, params, ctx)
        return {
            "item": item.code,
            "procedure": self.procedure,
            "planned_days": days,
            "reason": reason,
            "acting_for": who.acting_for,
        }
