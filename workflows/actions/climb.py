"""Climbing a rung of a clock, once: re-checked under the lock of the case."""

from sqlalchemy import bindparam

from workflows.actions.base import Context, catalogue_of
from workflows.actions.ladder import Rung, next_rung
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Deadline, DeadlineRung
from workflows.models.calendar import COUNTING_AGAIN
from workflows.models.fetch import Fetch, Part
from workflows.models.rows import add_last, table_of

#: A clock of the case, with its item if it has one.
CLOCK = Fetch(Part(Deadline), Part(CaseItem))
CLOCK_OF_CASE = (
    CLOCK.select()
    .outerjoin_from(table_of(Deadline), CaseItem, CaseItem.id == Deadline.item_id)
    .where(Deadline.id == bindparam("deadline"), Deadline.case_id == bindparam("case"))
    .where(~COUNTING_AGAIN)
)


class NotDue(WorkflowError):
    """The clock was stopped, moved, or someone else was faster."""

    sentence = N_("这个时限现在没有到期的事项。")


def climb(case: Case, deadline_id: int, action: str, ctx: Context) -> Deadline:
    """Take the next rung of a clock, which must be due and must be this action's."""
    return climbed(case, deadline_id, action, ctx)[0]


def climbed(
    case: Case, deadline_id: int, action: str, ctx: Context
) -> tuple[Deadline, CaseItem | None, Rung]:
    """As `climb`, with the item of the clock and the rung that was taken."""
    found = CLOCK.one(ctx.session, CLOCK_OF_CASE, deadline=deadline_id, case=case.id)
    if found is None:
        raise NotDue
    row, item = found
    if row.closed_at is not None or row.next_at is None or row.next_at > ctx.now:
        raise NotDue
    catalogue, calendar = catalogue_of(case), ctx.calendars(case.region)
    table = ctx.ladder(case, row.started_at)
    rung = next_rung(row, catalogue, calendar, table)
    if rung is None or rung.action != action or rung.at > ctx.now:
        raise NotDue
    add_last(ctx.session, DeadlineRung(deadline_id=row.id, rung=row.rung, at=ctx.now))
    row.rung += 1
    higher = next_rung(row, catalogue, calendar, table)
    row.next_at = higher.at if higher else None
    return row, item, rung
