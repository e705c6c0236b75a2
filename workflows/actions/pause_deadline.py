"""Stop the clock of an item for a special procedure (特别程序, 行政许可法 §45).

Only the kinds of the law, only those the catalogue names for the item, with the time needed
told to the applicant in writing, and never longer than its cap.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, catalogue_of, move, written
from workflows.actions.clocks import pause, refresh_joint_clock, running
from workflows.actions.numbers import document_number
from workflows.actions.people import require
from workflows.actions.work import item_of
from workflows.deadlines import Pause, add_pause
from workflows.errors import N_, WorkflowError
from workflows.models import Case
from workflows.models.deadline import Clock
from workflows.states import ItemState

#: Working days; where the catalogue sets no cap, more than this is a slip of the pen.
LONGEST = 60


class NotSpecial(WorkflowError):
    """Only what the law and the catalogue name stops a clock."""

    sentence = N_("%(item)s 没有可以停表的特别程序“%(procedure)s”（行政许可法第四十五条）。")


class PlannedTooLong(WorkflowError):
    """The time needed must be told, and may not pass the cap."""

    sentence = N_("特别程序所需时间应为 1 到 %(cap)s 个工作日。")


@dataclass(frozen=True)
class PauseDeadline(CaseAction):
    item: str
    procedure: str
    planned_days: int
    reason: str

    name = "pause_deadline"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        item = item_of(case, self.item)
        who = require(ctx.session, item.department_code, "checker", ctx.actor.person_id, ctx.today)
        cap = self._cap(case)
        calendar = ctx.calendars(case.region)
        intended = Pause(ctx.today, cap_days=cap, kind=self.procedure)
        for deadline in running(case, Clock.ITEM, item):
            add_pause(deadline.ledger(case.pauses), intended, calendar)
        move(item, self.name, ItemState.SUSPENDED)
        number = document_number(ctx, case, "TB")
        reason = written(self.reason)
        pause(case, item, self.procedure, reason, ctx, planned_days=self.planned_days,
              cap_days=cap, notice_number=number)  # fmt: skip
        refresh_joint_clock(case, ctx)
        return {
            "item": item.code,
            "procedure": self.procedure,
            "planned_days": self.planned_days,
            "cap_days": cap,
            "reason": reason,
            "number": number,
            "acting_for": who.acting_for,
        }

    def _cap(self, case: Case) -> int:
        special = catalogue_of(case).item(self.item).special
        found = next((s for s in special if s.name == self.procedure and s.stops_clock), None)
        if found is None:
            raise NotSpecial(item=self.item, procedure=self.procedure)
        most = found.cap.days if found.cap else LONGEST
        if not 1 <= self.planned_days <= most:
            raise PlannedTooLong(cap=most)
        return self.planned_days
