"""The applicant's time to supplement is over (逾期未补正); what follows is the region's rule."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, catalogue_of
from workflows.actions.climb import climb
from workflows.actions.ending import end_case
from workflows.models import Case
from workflows.states import CaseState


@dataclass(frozen=True)
class ExpireSupplement(CaseAction):
    deadline: int

    name = "expire_supplement"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        row = climb(case, self.deadline, self.name, ctx)
        case.state = CaseState(catalogue_of(case).rules.on_supplement_expiry)
        end_case(case, ctx, "逾期未补正")
        return {"due_at": row.due_at.isoformat() if row.due_at else None}
