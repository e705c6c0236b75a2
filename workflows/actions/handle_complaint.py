"""Do something about a complaint (处理): put right, explain, advise, transfer, talk."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.complaints import (
    ComplaintAction,
    advance,
    must_handle,
    rules_for,
    start_limit,
    tell_watch,
)
from workflows.actions.follow_ups import stop_follow_ups
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Complaint, FollowUp

HANDLED = N_("投诉 %(complaint)s 已处理，请向投诉人反馈。")


class MeasureUnknown(WorkflowError):
    """A measure that is not on the list."""

    sentence = N_("请选择处理方式。")


@dataclass(frozen=True)
class HandleComplaint(ComplaintAction):
    measure: str
    note: str

    name = "handle_complaint"

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        acting_for = must_handle(complaint, ctx)
        if self.measure not in rules_for(complaint).measures:
            raise MeasureUnknown
        note = written(self.note)
        complaint.measure = self.measure
        stop_follow_ups(complaint.key, ctx, FollowUp.HANDLE)
        start_limit(complaint, FollowUp.REPLY, "reply", ctx)
        advance(complaint, {}, ctx)
        tell_watch(complaint, Light.YELLOW, HANDLED, {}, ctx)
        return {"measure": self.measure, "reason": note, "acting_for": acting_for}
