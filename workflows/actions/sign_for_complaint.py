"""Sign for a complaint that was handed on (投诉签收), or give it back once, with the reason."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.complaints import ComplaintAction, advance, must_handle, tell_watch
from workflows.actions.follow_ups import stop_follow_ups
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Complaint, FollowUp

GIVEN_BACK = N_("投诉 %(complaint)s 被退回，请重新分流。")


class GivenBackAlready(WorkflowError):
    """It goes to and fro once; then it is handled."""

    sentence = N_("这件投诉已经退回过一次，不能再退回。")


@dataclass(frozen=True)
class SignForComplaint(ComplaintAction):
    signed: bool
    reason: str = ""

    name = "sign_for_complaint"

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        acting_for = must_handle(complaint, ctx)
        if not self.signed and complaint.given_back:
            raise GivenBackAlready
        reason = "" if self.signed else written(self.reason)
        stop_follow_ups(complaint.key, ctx, FollowUp.SIGN)
        if self.signed:
            complaint.round += 1
        else:
            complaint.given_back += 1
            tell_watch(complaint, Light.YELLOW, GIVEN_BACK, {}, ctx)
        advance(complaint, {"signed": self.signed}, ctx)
        return {"signed": self.signed, "reason": reason, "acting_for": acting_for}
