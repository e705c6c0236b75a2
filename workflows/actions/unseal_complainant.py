"""Read who complains (身份解封): each reading is an act with its reason, kept in the history."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.complaints import ComplaintAction
from workflows.errors import N_, WorkflowError
from workflows.models import Complainant, Complaint


class NobodySealed(WorkflowError):
    """Who complains has not said who they are."""

    sentence = N_("这件投诉是匿名的，没有封存的身份。")


@dataclass(frozen=True)
class UnsealComplainant(ComplaintAction):
    """What is read goes to whoever performed it, and into no history."""

    reason: str

    name = "unseal_complainant"

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        if ctx.session.get(Complainant, complaint.id) is None:
            raise NobodySealed
        return {"reason": reason}
