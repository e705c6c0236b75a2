"""The items of a case as one of its processes stands to them, read in one statement."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_, select

from workflows.actions.base import Context
from workflows.models import (
    Case,
    CaseItem,
    ClockRequest,
    Consultation,
    DeadlinePause,
    Meeting,
    ProcessInstance,
    Task,
)
from workflows.models.rows import connection_of, table_of
from workflows.states import ItemState

ITEM, TASK, PAUSE, MEETING = (table_of(kind).c for kind in (CaseItem, Task, DeadlinePause, Meeting))
#: Departments owe each other something in the case, or may still decide about a clock.
OWED = or_(
    *(exists().where(table_of(kind).c.case_id == bindparam("case"), still)
      for kind, still in (
          (Consultation, table_of(Consultation).c.answer.is_(None)),
          (ClockRequest, table_of(ClockRequest).c.decided_at.is_(None)),
          (Meeting, MEETING.concluded_at.is_(None)),
      ))
)  # fmt: skip
#: The items of a case, each with the numbers of its tasks that are open in one process, and
#: whether anything in the case ever stood still or is still owed.
ITEMS = (
    select(ITEM.id, ITEM.code, ITEM.state, ITEM.department_code, TASK.number,
           exists().where(PAUSE.case_id == bindparam("case")).label("paused"),
           OWED.label("owed"),
           select(func.max(TASK.number)).where(TASK.instance_id == bindparam("instance"))
           .scalar_subquery().label("latest"))
    .outerjoin(Task, and_(TASK.item_id == ITEM.id, TASK.instance_id == bindparam("instance"),
                          TASK.closed_at.is_(None)))
    .where(ITEM.case_id == bindparam("case"))
    .order_by(ITEM.id)
)  # fmt: skip


class Placed(NamedTuple):
    """A row of `ITEMS`."""

    id: int
    code: str
    state: ItemState
    department_code: str
    number: int | None
    paused: bool
    owed: bool
    latest: int | None


Items = Sequence[Placed]


def placed(case: Case, instance: ProcessInstance, ctx: Context) -> Items:
    """A row for each item of the case and each of its tasks that is open in the process."""
    asked = {"case": case.id, "instance": instance.id}
    return [Placed(*row) for row in connection_of(ctx.session).execute(ITEMS, asked).all()]
