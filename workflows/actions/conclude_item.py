"""End an item without a decision (事项终止办理): withdrawn, or not needed after all.

The process of the item ends with that outcome and its branch goes on, so that nobody waits for
it; what could only follow from its grant is not needed either.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.concluding import conclude
from workflows.actions.moving import NOT_NEEDED, WITHDRAWN
from workflows.actions.work import item_of
from workflows.models import Case


class Outcome(StrEnum):
    """Why an item ends without a decision."""

    WITHDRAWN = WITHDRAWN
    NOT_NEEDED = NOT_NEEDED


@dataclass(frozen=True)
class ConcludeItem(CaseAction):
    item: str
    outcome: Outcome
    reason: str

    name = "conclude_item"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        item = item_of(case, self.item)
        reason = written(self.reason)
        return conclude(case, item, self.outcome.value, reason, ctx, self.name)
