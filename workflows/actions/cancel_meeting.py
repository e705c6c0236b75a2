"""Cancel a joint visit or meeting (取消联合踏勘、联合会审) that is not going to take place.

Whoever may call it may cancel it, with a reason that everybody invited is told; once a department
has concluded something, it has taken place and is concluded with its minutes instead.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.meetings import cancel, leads, meeting_of
from workflows.errors import N_, WorkflowError
from workflows.models import Case


class TookPlace(WorkflowError):
    """What has been found is not thrown away."""

    sentence = N_("已有部门写了结论，不能取消；请写总结。")


@dataclass(frozen=True)
class CancelMeeting(CaseAction):
    meeting: int
    reason: str

    name = "cancel_meeting"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        meeting = meeting_of(case, self.meeting, ctx)
        acting_for = leads(meeting.leader_code, ctx)
        reason = written(self.reason)
        if any(seat.conclusion for seat in meeting.attendances):
            raise TookPlace
        cancel(case, meeting, reason, ctx)
        return {
            "kind": meeting.kind.value,
            "number": meeting.number,
            "reason": reason,
            "acting_for": acting_for,
        }
