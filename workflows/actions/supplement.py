"""Receive what was missing (补正).  The case is complete when the last of it is in."""

from dataclasses import dataclass, field
from typing import Any

from workflows.actions.base import CaseAction, Context, catalogue_of
from workflows.actions.clocks import start_clock, stop_clocks
from workflows.actions.materials import MaterialUnknown
from workflows.errors import N_, WorkflowError
from workflows.models import Case
from workflows.models.deadline import Basis, Clock
from workflows.states import CaseState


class NothingHandedIn(WorkflowError):
    """Nothing was ticked."""

    sentence = N_("请勾选本次补交的材料。")


@dataclass(frozen=True)
class Supplement(CaseAction):
    materials: list[str] = field(default_factory=list)

    name = "supplement"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        asked = {row.code: row for row in case.materials if row.fault}
        if not self.materials:
            raise NothingHandedIn
        for code in self.materials:
            if code not in asked:
                raise MaterialUnknown(code=code)
            asked[code].received_at = asked[code].received_at or ctx.now
        open_codes = [code for code, row in asked.items() if row.received_at is None]
        if not open_codes:
            case.state = CaseState.SUBMITTED
            case.supplemented_at = ctx.now
            stop_clocks(case, ctx, Clock.SUPPLEMENT)
            limit = catalogue_of(case).rules.notice
            start_clock(case, Clock.NOTICE, [(Basis.STATUTORY, limit)], ctx)
        return {"materials": sorted(self.materials), "still_missing": sorted(open_codes)}
