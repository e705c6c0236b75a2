"""Receive what was missing (补正).  The case is complete when the last of it is in."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.actions.base import CaseAction, Context, catalogue_of
from workflows.actions.clocks import start_clock, stop_clocks
from workflows.actions.materials import Handed, NothingHandedIn, hand_in
from workflows.models import Case
from workflows.models.deadline import Basis, Clock
from workflows.states import CaseState


@dataclass(frozen=True)
class Supplement(CaseAction):
    materials: list[str] = field(default_factory=list)
    dates: dict[str, date] = field(default_factory=dict)
    reuse: dict[str, int] = field(default_factory=dict)

    name = "supplement"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        asked = {row.code: row for row in case.materials if row.fault}
        handed = Handed(self.materials, self.dates, self.reuse)
        if not handed.all:
            raise NothingHandedIn
        facts = hand_in(case, asked, handed, ctx)
        open_codes = [code for code, row in asked.items() if row.received_at is None]
        if not open_codes:
            case.state = CaseState.SUBMITTED
            case.supplemented_at = ctx.now
            stop_clocks(case, ctx, Clock.SUPPLEMENT)
            limit = catalogue_of(case).rules.notice
            start_clock(case, Clock.NOTICE, [(Basis.STATUTORY, limit)], ctx)
        return facts | {"still_missing": sorted(open_codes)}
