"""Ask for a longer limit (申请延期, 行政许可法 §42) before it is over, with the reason.

The head of the agency decides for an item, the head of the government for the joint limit; asked
for after the due day it is not an extension any more but an overdue case.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.extension import extendable
from workflows.actions.people import require
from workflows.actions.requests import CHIEF, make
from workflows.actions.tell import tell_post, tell_role
from workflows.actions.work import item_of
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, RequestKind
from workflows.permissions import Role

WANTED = N_("%(what)s申请延期 %(days)s 个工作日，请在到期前决定：%(reason)s")


class LeadOnly(WorkflowError):
    """The joint limit is nobody's own: the window lead asks for it."""

    sentence = N_("并联审批总时限的延期由窗口负责人申请；请写明事项，或请窗口负责人提出。")


@dataclass(frozen=True)
class RequestExtension(CaseAction):
    days: int
    reason: str
    item: str = ""

    name = "request_extension"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        item = item_of(case, self.item) if self.item else None
        acting_for = _asker(item, ctx)
        extendable(case, item, self.days, ctx)
        make(case, RequestKind.EXTENSION, item, CHIEF, self.days, reason, ctx)
        params = {"what": item.name if item else case.title, "days": self.days, "reason": reason}
        if item is not None:
            tell_post(case, item, CHIEF, Light.YELLOW, WANTED, params, ctx)
        else:
            tell_role(case, Role.GOVERNMENT, Light.YELLOW, WANTED, params, ctx)
        return {
            "item": self.item or None,
            "days": self.days,
            "reason": reason,
            "acting_for": acting_for,
        }


def _asker(item: CaseItem | None, ctx: Context) -> str | None:
    """For whom the actor asks: the one who handles the item, or the lead of the window."""
    if item is None:
        if Role.WINDOW_LEAD not in ctx.actor.roles:
            raise LeadOnly
        return None
    me = ctx.actor.person_id
    return require(ctx.session, item.department_code, "handler", me, ctx.today).acting_for
