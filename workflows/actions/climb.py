"""Climbing a rung of a clock, once: re-checked under the lock of the case."""

from sqlalchemy import bindparam, select

from workflows.actions.base import Context, catalogue_of
from workflows.actions.clocks import reckon
from workflows.actions.ladder import Rung, next_rung
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Deadline, DeadlineRung
from workflows.models.rows import add

#: A clock of the case, with its item if it has one.
CLOCK = (
    select(Deadline, CaseItem)
    .outerjoin(CaseItem, CaseItem.id == Deadline.item_id)
    .where(Deadline.id == bindparam("deadline"), Deadline.case_id == bindparam("case"))
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
    found = ctx.session.execute(CLOCK, {"deadline": deadline_id, "case": case.id}).one_or_none()
    if found is None:
        raise NotDue
    row, item = found
    if row.closed_at is not None or row.next_at is None or row.next_at > ctx.now:
        raise NotDue
    rung = next_rung(row, catalogue_of(case), ctx.calendars(case.region))
    if rung is None or rung.action != action or rung.at > ctx.now:
        raise NotDue
    add(ctx.session, [DeadlineRung(deadline_id=row.id, rung=row.rung, at=ctx.now)])
    row.rung += 1
    reckon(case, row, ctx)
    return row, item, rung
