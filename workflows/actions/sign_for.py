"""Sign for an item (签收): the department has what was distributed to it."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, move
from workflows.actions.clocks import stop_clocks
from workflows.actions.work import in_hand
from workflows.models import Case
from workflows.models.deadline import Clock
from workflows.states import ItemState


@dataclass(frozen=True)
class SignFor(CaseAction):
    task: int

    name = "sign_for"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = in_hand(case, self.task, ctx, "review", "decide")
        move(work.item, self.name, ItemState.REVIEWING)
        stop_clocks(case, ctx, Clock.SIGN_FOR, work.item)
        return work.facts()
