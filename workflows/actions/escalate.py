"""Escalate what is overdue (超期上报): up the chain of posts, and to the supervisors."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.alarm import sound
from workflows.actions.base import CaseAction, Context
from workflows.errors import N_
from workflows.models import Case

OVERDUE = N_("%(what)s已超期（应于%(due)s前办结），请督促办理。")


@dataclass(frozen=True)
class Escalate(CaseAction):
    deadline: int

    name = "escalate"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        return sound(case, self.deadline, self.name, OVERDUE, ctx)
