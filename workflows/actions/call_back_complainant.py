"""Call back who complained (投诉回访): who is not satisfied has it reviewed, once."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.complaints import ComplaintAction, advance, start_limit, tell_watch
from workflows.actions.follow_ups import stop_follow_ups
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Complaint, FollowUp

REVIEW = N_("投诉 %(complaint)s 的投诉人不满意，请复核。")


class Called(StrEnum):
    """What the call came to; who stays unknown cannot be called, and their process ends."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    NOT_REACHED = "not_reached"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class CallBackComplainant(ComplaintAction):
    result: Called
    note: str

    name = "call_back_complainant"

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        note = written(self.note)
        facts = {"result": self.result.value, "reason": note, "round": complaint.round}
        if self.result is Called.NOT_REACHED:
            return facts
        if self.result is not Called.ANONYMOUS:
            complaint.satisfied = self.result is Called.SATISFIED
        again = self.result is Called.NOT_SATISFIED and not complaint.reviewed
        if again:
            complaint.reviewed = True
            start_limit(complaint, FollowUp.HANDLE, "again", ctx)
            tell_watch(complaint, Light.YELLOW, REVIEW, {}, ctx)
        advance(complaint, {"review_again": again}, ctx)
        if complaint.closed_at:
            stop_follow_ups(complaint.key, ctx)
        return facts
