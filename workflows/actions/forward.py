"""Offer a task to a colleague for good (转办); whoever has it answers for it until it is accepted.

首问责任: the first contact does not get rid of a task by handing it on, only by its being taken.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.offers import offer
from workflows.actions.work import in_hand
from workflows.models import Case, OfferKind


@dataclass(frozen=True)
class Forward(CaseAction):
    task: int
    to: str
    reason: str

    name = "forward"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = in_hand(case, self.task, ctx)
        reason = written(self.reason)
        person = offer(work, OfferKind.FORWARD, self.to, reason, ctx)
        return work.facts(to_person=person.name, reason=reason)
