"""Give back a task that one worked on for a colleague (交回委派), with what one thinks of it."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.offers import answer
from workflows.models import Case, OfferKind


@dataclass(frozen=True)
class ReturnDelegated(CaseAction):
    task: int
    opinion: str

    name = "return_delegated"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        opinion = written(self.opinion)
        found, task, item = answer(case, self.task, OfferKind.DELEGATE, True, opinion, ctx)
        facts = {"item": item.code, "step": task.name, "to_person": found.giver.name}
        return {**facts, "opinion": opinion}
