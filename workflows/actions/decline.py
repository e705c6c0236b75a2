"""Propose not to accept the application (不予受理); a superior has to confirm it (否定报批).

行政许可法 §32(1)(2): not a matter of licence, or not this authority's; §38: with reasons.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.silence import in_time
from workflows.models import Case


class DeclineGround(StrEnum):
    """Why an application is not accepted."""

    NOT_REQUIRED = "not_required"
    NOT_COMPETENT = "not_competent"
    INCOMPLETE = "incomplete"
    NOT_QUALIFIED = "not_qualified"


@dataclass(frozen=True)
class Decline(CaseAction):
    ground: DeclineGround
    reason: str
    where_to: str = ""

    name = "decline"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        in_time(case, ctx)
        case.decline = {
            "ground": self.ground.value,
            "reason": written(self.reason),
            "where_to": self.where_to.strip(),
            "by": ctx.actor.name,
            "by_id": ctx.actor.person_id,
        }
        return {key: value for key, value in case.decline.items() if key not in ("by", "by_id")}
