"""Count the open deadlines of a case again, by the calendar as it is now known.

What a provisional year could only assume is put right, in one row of history.  A deadline that is
closed, or that was judged already, stays what it was: nobody is late, or in time, afterwards.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from workflows.actions.base import CaseAction, Context, catalogue_of
from workflows.actions.clocks import reckon, running
from workflows.actions.ladder import judged
from workflows.clock import office_time, passed
from workflows.errors import N_, WorkflowError
from workflows.models import Calendar, Case, Deadline


class NothingMoves(WorkflowError):
    """By the calendar of today everything is due when it was: nothing is written."""

    sentence = N_("按现在的日历，本办件的时限没有变化。")


@dataclass(frozen=True)
class RecountDeadlines(CaseAction):
    #: The import because of which it is done, which keeps the number of cases that changed.
    calendar: int = 0
    revision: int = 0

    name = "recount_deadlines"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        changes = [(row, change) for row in running(case) if (change := _recount(case, row, ctx))]
        if not changes:
            raise NothingMoves
        codes = {item.id: item.code for item in case.items}
        for row, change in changes:
            change["item"] = codes.get(row.item_id) if row.item_id else None
        mine = (Calendar.id == self.calendar, Calendar.revision == self.revision)
        ctx.session.execute(
            update(Calendar).where(*mine).values(changed=Calendar.changed + 1),
            execution_options={"synchronize_session": False},
        )
        return {"recounted": [change for _row, change in changes]}


def _recount(case: Case, row: Deadline, ctx: Context) -> dict[str, Any] | None:
    """Count one clock again; what changed of it, if anything did."""
    if passed(ctx.now, row.due_at) or judged(
        row, catalogue_of(case), ctx.ladder(case, row.started_at)
    ):
        return None
    before = (row.due_at, row.yellow_at, row.provisional)
    reckon(case, row, ctx)
    if (row.due_at, row.yellow_at, row.provisional) == before:
        return None
    return {
        "clock": row.clock.value,
        "basis": row.basis.value,
        "from": _wall(before[0]),
        "to": _wall(row.due_at),
        "provisional": row.provisional,
    }


def _wall(moment: datetime | None) -> str | None:
    """An instant as the clock of the hall shows it."""
    return f"{office_time(moment):%Y-%m-%d %H:%M}" if moment else None
