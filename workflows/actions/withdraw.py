"""Withdraw the application (撤回): the applicant's right until it is decided."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.ending import end_case
from workflows.models import Case


@dataclass(frozen=True)
class Withdraw(CaseAction):
    reason: str

    name = "withdraw"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        return {"reason": reason, **end_case(case, ctx, "申请人撤回")}
