"""Let a colleague work on a task and give it back (委派); who has it concludes it.

Until it is back the task can be done by nobody else; it is handed to another, or given back to
the post, when the colleague is not to finish.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.offers import offer
from workflows.actions.work import in_hand
from workflows.models import Case, OfferKind


@dataclass(frozen=True)
class Delegate(CaseAction):
    task: int
    to: str
    reason: str

    name = "delegate"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = in_hand(case, self.task, ctx)
        reason = written(self.reason)
        person = offer(work, OfferKind.DELEGATE, self.to, reason, ctx)
        return work.facts(to_person=person.name, reason=reason)
