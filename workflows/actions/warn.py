"""Turn a light yellow (预警) and remind those who work on it."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.alarm import sound
from workflows.actions.base import CaseAction, Context
from workflows.errors import N_
from workflows.models import Case

SOON = N_("%(what)s将于%(due)s到期，请抓紧办理。")


@dataclass(frozen=True)
class Warn(CaseAction):
    deadline: int

    name = "warn"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        return sound(case, self.deadline, self.name, SOON, ctx)
