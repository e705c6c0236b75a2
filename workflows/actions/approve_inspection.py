"""Approve an inspection that was filed, or refuse it with a reason (行政检查审批)."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.inspections import APPROVES, FILES, InspectionAction, must_be, tell
from workflows.errors import N_, WorkflowError
from workflows.models import Inspection
from workflows.states import InspectionState

APPROVED = N_("%(enterprise)s的检查（%(number)s）已批准。")
REFUSED = N_("%(enterprise)s的检查（%(number)s）没有批准：%(reason)s")


class FiledByYourself(WorkflowError):
    """Whoever filed it does not approve it."""

    sentence = N_("备案和审批应当是两个人。")


class InspectionOver(WorkflowError):
    """Its last day has passed."""

    sentence = N_("检查的最后一天（%(day)s）已过，不能再批准。")


@dataclass(frozen=True)
class ApproveInspection(InspectionAction):
    approved: bool
    reason: str = ""

    name = "approve_inspection"

    def apply(self, inspection: Inspection, ctx: Context) -> dict[str, Any]:
        who = must_be(inspection, APPROVES, ctx)
        if inspection.filed_by_id == ctx.actor.person_id:
            raise FiledByYourself
        if self.approved and ctx.today > inspection.to_on:
            raise InspectionOver(day=inspection.to_on)
        inspection.reason = self.reason.strip() if self.approved else written(self.reason)
        inspection.state = InspectionState.APPROVED if self.approved else InspectionState.REFUSED
        inspection.approved_by, inspection.approved_at = ctx.actor.name, ctx.now
        if not self.approved:
            inspection.closed_at = ctx.now
        sentence = APPROVED if self.approved else REFUSED
        tell(inspection, FILES, sentence, ctx, reason=inspection.reason)
        said = {"approved": self.approved, "reason": inspection.reason}
        return {**said, "acting_for": who.acting_for}
