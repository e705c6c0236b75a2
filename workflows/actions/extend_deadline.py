"""Extend a limit (延期, 行政许可法 §42): once, in time, by the right superior, with a reason.

The head of the agency extends an item (ten working days unless another law says so); the head
of the government extends the joint limit (fifteen).  If it was asked for, this grants the request.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.clocks import reckon
from workflows.actions.extension import extendable
from workflows.actions.numbers import document_number
from workflows.actions.people import require
from workflows.actions.requests import CHIEF, settle_request, waiting
from workflows.actions.tell import tell_post
from workflows.actions.work import item_of
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, RequestKind
from workflows.permissions import Role

LONGER = N_("%(what)s的延期申请已批准，延长 %(days)s 个工作日。")


class GovernmentOnly(WorkflowError):
    """The joint limit is the government's to extend."""

    sentence = N_("并联审批的总时限由本级人民政府负责人批准延长。")


@dataclass(frozen=True)
class ExtendDeadline(CaseAction):
    days: int
    reason: str
    item: str = ""

    name = "extend_deadline"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        item = item_of(case, self.item) if self.item else None
        acting_for = _authority(item, ctx)
        rows = extendable(case, item, self.days, ctx)
        for row in rows:
            row.extension_days = self.days
            reckon(case, row, ctx)
        for request in waiting(case, RequestKind.EXTENSION, item, ctx):
            settle_request(request, True, reason, ctx)
            if item is not None:
                params = {"what": item.name, "days": self.days}
                tell_post(case, item, "handler", Light.GREEN, LONGER, params, ctx)
        return {
            "item": self.item or None,
            "days": self.days,
            "reason": reason,
            "number": document_number(ctx, case, "YQ"),
            "due": {row.basis.value: row.due_at.isoformat() for row in rows if row.due_at},
            "acting_for": acting_for,
        }


def _authority(item: CaseItem | None, ctx: Context) -> str | None:
    """For whom the actor acts: the head of the agency, or the head of the government."""
    if item is None:
        if Role.GOVERNMENT not in ctx.actor.roles:
            raise GovernmentOnly
        return None
    me = ctx.actor.person_id
    return require(ctx.session, item.department_code, CHIEF, me, ctx.today).acting_for
