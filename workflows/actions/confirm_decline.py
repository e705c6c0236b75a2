"""Confirm, or send back, the proposal not to accept an application (否定报批)."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.ending import end_case
from workflows.actions.numbers import document_number
from workflows.actions.silence import in_time
from workflows.errors import N_, WorkflowError
from workflows.models import Case
from workflows.states import CaseState


class OwnProposal(WorkflowError):
    """A refusal needs a second person."""

    sentence = N_("否定报批须由另一人审核，不能审核自己的提议。")


@dataclass(frozen=True)
class ConfirmDecline(CaseAction):
    confirmed: bool
    reason: str

    name = "confirm_decline"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        proposal = case.decline or {}
        if proposal.get("by_id") == ctx.actor.person_id:
            raise OwnProposal
        if not self.confirmed:
            case.state = CaseState.SUBMITTED
            case.decline = None
            return {"confirmed": False, "reason": reason}
        in_time(case, ctx)
        not_required = proposal.get("ground") == "not_required"
        case.state = CaseState.NOT_REQUIRED if not_required else CaseState.REFUSED
        number = document_number(ctx, case, "BS")
        case.decline = {**proposal, "number": number, "confirmed_by": ctx.actor.name}
        end_case(case, ctx, "不予受理")
        return {"confirmed": True, "reason": reason, "number": number}
