"""Give the handling of a complaint more time (投诉延期): once, before the time is over."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.complaints import ComplaintAction, rules_for, tell_handling
from workflows.actions.follow_ups import open_follow_ups, reckon_follow_up
from workflows.clock import office_time, passed
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Complaint, FollowUp

LONGER = N_("投诉 %(complaint)s 已批准延期，应于%(due)s前办结。")


class ExtensionTooLate(WorkflowError):
    """It was extended before, or the time is over: that cures nothing."""

    sentence = N_("投诉只能在期限届满前延期一次。")


@dataclass(frozen=True)
class ExtendComplaint(ComplaintAction):
    reason: str

    name = "extend_complaint"

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        clock = next(open_follow_ups(complaint.key, ctx, FollowUp.HANDLE), None)
        if clock is None or complaint.extended or passed(ctx.now, clock.due_at):
            raise ExtensionTooLate
        complaint.extended = True
        clock.extension_days = rules_for(complaint).limits["extension"].limit.days
        reckon_follow_up(clock, ctx)
        due = f"{office_time(clock.due_at):%Y-%m-%d %H:%M}"
        tell_handling(complaint, Light.YELLOW, LONGER, {"due": due}, ctx)
        return {"reason": reason, "days": clock.extension_days, "due": due}
