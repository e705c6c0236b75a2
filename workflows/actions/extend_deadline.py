"""Extend a limit (延期, 行政许可法 §42): once, in time, by the right superior, with a reason.

The head of the agency extends an item (ten working days unless another law says so); the head
of the government extends the joint limit (fifteen).
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, catalogue_of, written
from workflows.actions.clocks import reckon, running
from workflows.actions.numbers import document_number
from workflows.actions.people import require
from workflows.actions.work import item_of
from workflows.clock import passed
from workflows.deadlines import Limit
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Deadline
from workflows.models.deadline import Clock
from workflows.permissions import Role


class NothingRuns(WorkflowError):
    """Only a limit that is being counted can be longer."""

    sentence = N_("这个时限没有在计算，不需要延期。")


class ExtensionTooLate(WorkflowError):
    """An extension asked for after the limit is an overdue case."""

    sentence = N_("期限已过，不能再延期：已按超期处理。")


class ExtendedAlready(WorkflowError):
    """Once only."""

    sentence = N_("已经延期过一次，不能再次延期。")


class ExtensionTooLong(WorkflowError):
    """More days than the law allows this superior."""

    sentence = N_("延期天数应为 1 到 %(most)s 个工作日。")


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
        acting_for, most, rows = self._authority(case, ctx)
        if not rows:
            raise NothingRuns
        if any(passed(ctx.now, row.due_at) for row in rows):
            raise ExtensionTooLate
        if any(row.extension_days for row in rows):
            raise ExtendedAlready
        if not 1 <= self.days <= most:
            raise ExtensionTooLong(most=most)
        for row in rows:
            row.extension_days = self.days
            reckon(case, row, ctx)
        return {
            "item": self.item or None,
            "days": self.days,
            "reason": reason,
            "number": document_number(ctx, case, "YQ"),
            "due": {row.basis.value: row.due_at.isoformat() for row in rows if row.due_at},
            "acting_for": acting_for,
        }

    def _authority(self, case: Case, ctx: Context) -> tuple[str | None, int, list[Deadline]]:
        """For whom the actor acts, how many days are allowed, and the clocks concerned."""
        catalogue = catalogue_of(case)
        if not self.item:
            if Role.GOVERNMENT not in ctx.actor.roles:
                raise GovernmentOnly
            return None, catalogue.theme.cap_extension.days, running(case, Clock.CASE)
        item = item_of(case, self.item)
        who = require(ctx.session, item.department_code, "chief", ctx.actor.person_id, ctx.today)
        limit: Limit | None = catalogue.item(self.item).extension
        most = (limit or catalogue.rules.extension).days
        return who.acting_for, most, running(case, Clock.ITEM, item)
