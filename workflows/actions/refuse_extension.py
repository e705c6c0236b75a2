"""Refuse a longer limit that was asked for (不予延期): the limit stays as it was."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.people import must_be
from workflows.actions.requests import CHIEF, request_of, settle_request
from workflows.actions.tell import tell_post, tell_role
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case, RequestKind
from workflows.permissions import Role

STAYS = N_("%(what)s的延期申请未获批准，时限不变：%(reason)s")


class GovernmentRefuses(WorkflowError):
    """Who may grant it may refuse it."""

    sentence = N_("并联审批总时限的延期申请由本级人民政府负责人决定。")


@dataclass(frozen=True)
class RefuseExtension(CaseAction):
    request: int
    reason: str

    name = "refuse_extension"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        row, item, asked = request_of(case, self.request, RequestKind.EXTENSION, ctx)
        reason = written(self.reason)
        acting_for = None
        params = {"what": item.name if item else case.title, "reason": reason}
        if item is None:
            if Role.GOVERNMENT not in ctx.actor.roles:
                raise GovernmentRefuses
            tell_role(case, Role.WINDOW_LEAD, Light.YELLOW, STAYS, params, ctx)
        else:
            acting_for = must_be(ctx.actor.person_id, asked, CHIEF, ctx.today).acting_for
            tell_post(case, item, "handler", Light.YELLOW, STAYS, params, ctx)
        settle_request(row, False, reason, ctx)
        return {
            "item": item.code if item else None,
            "days": row.days,
            "granted": False,
            "reason": reason,
            "requested_by": row.asked_by,
            "acting_for": acting_for,
        }
