"""Examine a complaint (投诉审核): take it up, say who handles it, or decline it with reasons."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.complaints import (
    ComplaintAction,
    advance,
    start_limit,
    tell_handling,
)
from workflows.actions.follow_ups import open_follow_ups, stop_follow_ups
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Complaint, Department, FollowUp, Way

HANDED = N_("投诉 %(complaint)s 已交由本部门办理，请签收。")


class DepartmentWanted(WorkflowError):
    """What is handed on (交办、转办) is handed to somebody."""

    sentence = N_("交办、转办须选择承办部门。")


@dataclass(frozen=True)
class ExamineComplaint(ComplaintAction):
    accepted: bool
    reason: str
    way: Way = Way.OWN
    department: str = ""
    complex: bool = False

    name = "examine_complaint"

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        stop_follow_ups(complaint.key, ctx, FollowUp.ACCEPT)
        if not self.accepted:
            complaint.answer = reason
            advance(complaint, {"accepted": False}, ctx)
            stop_follow_ups(complaint.key, ctx)
            return {"accepted": False, "reason": reason}
        complaint.way = self.way
        complaint.department_code = self._department(ctx)
        advance(complaint, {"accepted": True, "way": self.way.value}, ctx)
        if not any(open_follow_ups(complaint.key, ctx, FollowUp.HANDLE)):
            limit = "handle_complex" if self.complex else "handle"
            start_limit(complaint, FollowUp.HANDLE, limit, ctx)
        if self.way is Way.OWN:
            complaint.round += 1
        else:
            start_limit(complaint, FollowUp.SIGN, "sign", ctx)
            tell_handling(complaint, Light.YELLOW, HANDED, {}, ctx)
        return {
            "accepted": True, "way": self.way.value, "department": complaint.department_code,
            "complex": self.complex, "reason": reason,
        }  # fmt: skip

    def _department(self, ctx: Context) -> str | None:
        if self.way is Way.OWN:
            return None
        if ctx.session.get(Department, self.department) is None:
            raise DepartmentWanted
        return self.department
