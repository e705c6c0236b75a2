"""Accept a task that a colleague hands on (接收转办): from now on it is one's own."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context
from workflows.actions.offers import answer, times_forwarded
from workflows.models import Case, OfferKind


@dataclass(frozen=True)
class AcceptForward(CaseAction):
    task: int

    name = "accept_forward"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        found, task, item = answer(case, self.task, OfferKind.FORWARD, True, "", ctx)
        task.assignee_id = found.to_id
        return {
            "item": item.code,
            "step": task.name,
            "from_person": found.giver.name,
            "forwarded": times_forwarded(task, ctx) + 1,
        }
