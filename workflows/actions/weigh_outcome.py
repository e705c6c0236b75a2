"""Weigh what is proposed (审核拟办意见): passed, or sent back to be investigated again."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.complaints import ComplaintAction, advance, start_limit, tell_handling
from workflows.actions.follow_ups import stop_follow_ups
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Complaint, FollowUp

AGAIN = N_("投诉 %(complaint)s 退回重新调查（第 %(round)s 轮）。")
PASSED = N_("投诉 %(complaint)s 的拟办意见已通过，请处理。")


@dataclass(frozen=True)
class WeighOutcome(ComplaintAction):
    passed: bool
    reason: str

    name = "weigh_outcome"

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        if not self.passed:  # a new round has a limit of its own
            complaint.round += 1
            stop_follow_ups(complaint.key, ctx, FollowUp.HANDLE)
            start_limit(complaint, FollowUp.HANDLE, "again", ctx)
        advance(complaint, {"passed": self.passed}, ctx)
        sentence = PASSED if self.passed else AGAIN
        tell_handling(complaint, Light.YELLOW, sentence, {"round": complaint.round}, ctx)
        return {"passed": self.passed, "reason": reason, "round": complaint.round}
