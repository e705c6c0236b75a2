"""Stop the clock of an item at once, where the catalogue asks for no second person.

With ``pause_approval: true``, as by default, one person requests a pause and another approves it.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, catalogue_of, written
from workflows.actions.people import require
from workflows.actions.special import freeze
from workflows.actions.work import item_of
from workflows.errors import N_, WorkflowError
from workflows.models import Case


class ApprovalNeeded(WorkflowError):
    """The catalogue wants two persons: one asks, another approves."""

    sentence = N_("停表须由承办人申请、审核人批准，不能直接停表。")


@dataclass(frozen=True)
class PauseDeadline(CaseAction):
    item: str
    procedure: str
    planned_days: int
    reason: str

    name = "pause_deadline"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        item = item_of(case, self.item)
        who = require(ctx.session, item.department_code, "checker", ctx.actor.person_id, ctx.today)
        if catalogue_of(case).rules.pause_approval:
            raise ApprovalNeeded
        facts = freeze(case, item, self.procedure, self.planned_days, written(self.reason), ctx,
                       self.name)  # fmt: skip
        return {**facts, "acting_for": who.acting_for}
