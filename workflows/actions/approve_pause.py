"""Approve or refuse a pause that was asked for (停表审核): by another person than who asked.

The clock stands still from the day of the approval, which is the day of the written notice with
the time needed (行政许可法 §45); that day is frozen, the day the work is resumed counts again.  It
is never dated back: the days that the request waited run against the department.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.people import must_be
from workflows.actions.requests import CHECKER, request_of, settle_request
from workflows.actions.special import freeze
from workflows.actions.tell import tell_post
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case, RequestKind

STOPPED = N_("%(what)s的停表申请已批准，从今天起停止计时，最长 %(days)s 个工作日。")
RUNS_ON = N_("%(what)s的停表申请未获批准：%(reason)s")


class OwnRequest(WorkflowError):
    """Two persons: one asks, another decides."""

    sentence = N_("这项申请由您提出，须由另一人批准。")


@dataclass(frozen=True)
class ApprovePause(CaseAction):
    request: int
    granted: bool
    reason: str = ""

    name = "approve_pause"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        row, item, asked = request_of(case, self.request, RequestKind.PAUSE, ctx)
        assert item is not None, "a pause is asked for an item"
        me = ctx.actor.person_id
        if me is not None and me == row.asked_by_id:
            raise OwnRequest
        who = must_be(me, asked, CHECKER, ctx.today, row.asked_by_id)
        said = self.reason.strip() if self.granted else written(self.reason)
        procedure = row.procedure or ""
        if self.granted:
            facts = freeze(case, item, procedure, row.days, row.reason, ctx, self.name)
        else:
            facts = {"item": item.code, "procedure": procedure, "reason": said}
        settle_request(row, self.granted, said, ctx)
        params = {"what": item.name, "days": row.days, "reason": said}
        sentence = STOPPED if self.granted else RUNS_ON
        light = Light.GREY if self.granted else Light.YELLOW
        tell_post(case, item, "handler", light, sentence, params, ctx)
        return {
            **facts,
            "granted": self.granted,
            "requested_by": row.asked_by,
            "acting_for": who.acting_for,
        }
