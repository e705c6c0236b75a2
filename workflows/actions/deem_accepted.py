"""Deemed acceptance (视为受理): five working days of silence accept the application by law.

行政许可法 §32(4): without a notice in time it is accepted *from the day the materials were
received*, so the clocks start on that day and not today.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context
from workflows.actions.climb import climb
from workflows.actions.distribute import distribute
from workflows.actions.silence import DEEMED
from workflows.actions.tell import tell_role
from workflows.deadlines import Light
from workflows.models import Case
from workflows.permissions import Role


@dataclass(frozen=True)
class DeemAccepted(CaseAction):
    deadline: int

    name = "deem_accepted"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        climb(case, self.deadline, self.name, ctx)
        facts = distribute(case, case.supplemented_at or case.received_at, ctx)
        for role in (Role.SUPERVISOR, Role.WINDOW_LEAD):
            tell_role(case, role, Light.RED, DEEMED, {}, ctx)
        return facts
