"""Accept the application (受理) and distribute it to every department at once (并联审批).

The clocks of all items that can be worked on in parallel start here.  After a supplement the
day of acceptance is the day on which everything was complete.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.actions.base import CaseAction, Context
from workflows.actions.deferral import promise
from workflows.actions.distribute import distribute
from workflows.actions.materials import missing
from workflows.actions.silence import silent
from workflows.errors import N_, WorkflowError
from workflows.models import Case


class MaterialsMissing(WorkflowError):
    """Something required is neither here, nor fetched, nor promised for later."""

    sentence = N_("还缺材料：%(missing)s。请收齐，或一次性告知申请人补正。")


class NotDeferrable(WorkflowError):
    """容缺 only for the secondary materials that the catalogue names."""

    sentence = N_("材料 %(code)s 不在容缺受理范围内。")


@dataclass(frozen=True)
class Accept(CaseAction):
    deferred: list[str] = field(default_factory=list)
    #: For which day each is promised; else the latest that the rule of the place allows.
    promised: dict[str, date] = field(default_factory=dict)

    name = "accept"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        absent = {row.code: row for row in missing(case)}
        later = []
        for code in self.deferred:
            row = absent.pop(code, None)
            if row is None or not row.deferrable:
                raise NotDeferrable(code=code)
            later.append(row)
        if absent:
            raise MaterialsMissing(missing="、".join(row.name for row in absent.values()))
        day = case.received_at if silent(case, ctx) else ctx.now
        facts = distribute(case, case.supplemented_at or day, ctx)
        return facts | {"deferred": self.deferred} | promise(case, later, self.promised, ctx)
