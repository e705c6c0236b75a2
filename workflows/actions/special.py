"""Special procedures (特别程序, 行政许可法 §45): which stop a clock, and stopping it.

Only the kinds of the law, only those the catalogue names for the item, with the time needed told
to the applicant in writing, and never longer than its cap.
"""

from typing import Any

from workflows.actions.base import Context, catalogue_of, move
from workflows.actions.clocks import pause, refresh_joint_clock, running
from workflows.actions.numbers import document_number
from workflows.deadlines import Pause, add_pause
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem
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


def planned(case: Case, item: CaseItem, procedure: str, days: int) -> int:
    """The days to be told for a procedure that stops the clock of an item, or the refusal."""
    special = catalogue_of(case).item(item.code).special
    found = next((s for s in special if s.name == procedure and s.stops_clock), None)
    if found is None:
        raise NotSpecial(item=item.code, procedure=procedure)
    most = found.cap.days if found.cap else LONGEST
    if not 1 <= days <= most:
        raise PlannedTooLong(cap=most)
    return days


def in_time(case: Case, item: CaseItem, procedure: str, days: int, ctx: Context) -> None:
    """A pause that begins today is not too late, or PauseAfterDue."""
    calendar = ctx.calendars(case.region)
    intended = Pause(ctx.today, cap_days=days, kind=procedure)
    for deadline in running(case, Clock.ITEM, item):
        add_pause(deadline.ledger(case.pauses), intended, calendar)


def freeze(  # noqa: PLR0913
    case: Case, item: CaseItem, procedure: str, days: int, reason: str, ctx: Context, happening: str
) -> dict[str, Any]:
    """Stop the clocks of an item from today on, with a written notice; what history remembers."""
    cap = planned(case, item, procedure, days)
    in_time(case, item, procedure, cap, ctx)
    move(item, happening, ItemState.SUSPENDED)
    number = document_number(ctx, case, "TB")
    pause(case, item, procedure, reason, ctx, planned_days=days, cap_days=cap,
          notice_number=number)  # fmt: skip
    refresh_joint_clock(case, ctx)
    return {
        "item": item.code,
        "procedure": procedure,
        "planned_days": days,
        "cap_days": cap,
        "reason": reason,
        "number": number,
    }
