"""Resume a suspended case (恢复办理): the clocks that stood still run again, today counts."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.clocks import (
    reckon_what_waits,
    refresh_joint_clock,
    resume,
    running,
)
from workflows.actions.numbers import document_number
from workflows.models import Case
from workflows.models.deadline import SUSPENDED_CASE, Clock
from workflows.states import CaseState


@dataclass(frozen=True)
class ResumeCase(CaseAction):
    reason: str

    name = "resume_case"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        case.state = CaseState.IN_REVIEW
        stopped = [row for row in case.pauses if row.kind == SUSPENDED_CASE and not row.ended_on]
        for row in stopped:
            resume(case, row, ctx)
        reckon_what_waits(case, ctx)
        refresh_joint_clock(case, ctx)
        codes = {item.id: item.code for item in case.items}
        return {
            "reason": reason,
            "number": document_number(ctx, case, "HF"),
            "frozen": [codes[row.item_id] for row in stopped if row.item_id],
            "due": {
                row.basis.value: row.due_at.isoformat()
                for row in running(case, Clock.CASE)
                if row.due_at
            },
        }
