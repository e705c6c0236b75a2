"""Take back a question to another department (收回征求意见) that need not be answered any more.

Whoever has the task from which it was asked takes it back, with a reason; the department is told,
and its clock stops.  The question stays where it was asked.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.consultations import asked_as, names_of, take_back
from workflows.actions.work import must_have
from workflows.models import Case, CaseItem


@dataclass(frozen=True)
class WithdrawConsultation(CaseAction):
    consultation: int
    reason: str

    name = "withdraw_consultation"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        row = asked_as(case, self.consultation, ctx)
        who = must_have(case, row.task_id, ctx)
        reason = written(self.reason)
        item = ctx.session.get_one(CaseItem, row.item_id)
        take_back(case, row, item, ctx)
        return {
            "item": item.code,
            "department": names_of(ctx, {row.department_code})[row.department_code],
            "number": row.number,
            "reason": reason,
            "acting_for": who.acting_for,
        }
