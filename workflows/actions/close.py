"""Close the case (办结): everything is handed over; only the check of a commitment may follow."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context
from workflows.models import Case


@dataclass(frozen=True)
class Close(CaseAction):
    name = "close"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        case.closed_at = ctx.now
        return {"items": {item.code: item.state.value for item in case.items}}
