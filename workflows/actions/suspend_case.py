"""Suspend a case (中止办理): nobody acts on its tasks until it is resumed.

Only the procedures of 行政许可法 §45 stop the time of the law, for the working days that were
told in writing and no longer; suspended on any other ground, all limits run on.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.clocks import open_pause, pause, reckon_what_waits
from workflows.actions.numbers import document_number
from workflows.errors import N_, WorkflowError
from workflows.models import Case
from workflows.models.deadline import SUSPENDED_CASE
from workflows.states import CaseState

#: Working days; more than this is a slip of the pen.
LONGEST = 60


class SuspensionUnplanned(WorkflowError):
    """§45: the time needed is told to the applicant in writing."""

    sentence = N_("依法停止计时须告知所需时间：1 到 %(most)s 个工作日。")


class Ground(StrEnum):
    """What may stop the time: the procedures of §45, and nothing else."""

    NONE = "none"
    HEARING = "hearing"
    BIDDING = "bidding"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"


@dataclass(frozen=True)
class SuspendCase(CaseAction):
    reason: str
    ground: Ground = Ground.NONE
    planned_days: int = 0

    name = "suspend_case"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        stops = self.ground is not Ground.NONE
        if stops and not 1 <= self.planned_days <= LONGEST:
            raise SuspensionUnplanned(most=LONGEST)
        case.state = CaseState.SUSPENDED
        number = document_number(ctx, case, "ZT")
        frozen = self._freeze(case, reason, number, ctx) if stops else []
        reckon_what_waits(case, ctx)
        return {
            "reason": reason,
            "ground": self.ground.value if stops else None,
            "planned_days": self.planned_days if stops else None,
            "number": number,
            "limits": "stopped" if stops else "running",
            "frozen": frozen,
        }

    def _freeze(self, case: Case, reason: str, number: str, ctx: Context) -> list[str]:
        """Stop the joint clock and those of all items whose time runs; which items."""
        days = self.planned_days
        told = {"planned_days": days, "cap_days": days, "notice_number": number}
        pause(case, None, SUSPENDED_CASE, reason, ctx, **told)
        items = [
            item
            for item in case.items
            if item.started_at and not item.decided and open_pause(case, item) is None
        ]
        for item in items:
            pause(case, item, SUSPENDED_CASE, reason, ctx, **told)
        return [item.code for item in items]
