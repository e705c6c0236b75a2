"""Refuse a task that a colleague hands on (拒收转办); it stays where it was."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.offers import answer
from workflows.models import Case, OfferKind


@dataclass(frozen=True)
class RefuseForward(CaseAction):
    task: int
    reason: str

    name = "refuse_forward"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        found, task, item = answer(case, self.task, OfferKind.FORWARD, False, reason, ctx)
        facts = {"item": item.code, "step": task.name, "from_person": found.giver.name}
        return {**facts, "reason": reason}
