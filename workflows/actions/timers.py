"""The timers that a diagram has drawn, kept as clocks of the case (定时).

The engine says which are armed; here each is a deadline that the clockwork finds.  A timer that
is armed again, after a return, goes on with the limit it was first armed with, counted from
then; one that had run out before begins anew.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select

from workflows import engine
from workflows.actions.base import Context
from workflows.actions.clocks import reckon_timer
from workflows.models import Case, Deadline, ProcessInstance
from workflows.models.deadline import Basis, Clock
from workflows.models.rows import add, table_of

DEADLINE = table_of(Deadline).c
MINE = (
    DEADLINE.case_id == bindparam("its_case"),
    DEADLINE.instance_id == bindparam("instance"),
)
ARMED = select(DEADLINE.timer_number).where(*MINE, DEADLINE.closed_at.is_(None))


def sync_timers(
    case: Case, instance: ProcessInstance, step: engine.Step, items: Iterable[Any], ctx: Context
) -> None:
    """Close the clocks of timers that are not armed any more, start those of the new ones."""
    if not step.timers and not instance.armed:
        return
    instance.armed = bool(step.timers)
    asked = {"its_case": case.id, "instance": instance.id}
    known = set(ctx.session.connection().scalars(ARMED, asked))
    armed = {timer.number: timer for timer in step.timers}
    if gone := known - armed.keys():
        disarm = table_of(Deadline).update().where(*MINE, DEADLINE.timer_number.in_(gone))
        values = {"closed_at": ctx.now, "next_at": None}
        closing = disarm.where(DEADLINE.closed_at.is_(None)).values(values)
        ctx.session.connection().execute(closing, asked)
    new = [timer for number, timer in armed.items() if number not in known]
    if new:
        _start(case, instance, new, {row.code: row.id for row in items}, ctx)
    if gone or new:
        ctx.session.expire(case, ["deadlines"])


def _start(
    case: Case, instance: ProcessInstance, timers: list[engine.Timer], items: dict[str, int],
    ctx: Context,
) -> None:  # fmt: skip
    numbers = [timer.number for timer in timers]
    query = select(Deadline).where(
        Deadline.case_id == case.id,
        Deadline.instance_id == instance.id,
        Deadline.timer_number.in_(numbers),
    )
    before = {row.timer_number: row for row in ctx.session.scalars(query.order_by(Deadline.id))}
    fresh = []
    for timer in timers:
        row = before.get(timer.number)
        if row is None or row.rung:
            item_id = items.get(timer.item or "", instance.item_id)
            row = _clock(case, instance, timer, item_id, ctx)
            fresh.append(row)
        else:
            row.closed_at = None
        reckon_timer(case, row, ctx)
    add(ctx.session, fresh)


def _clock(
    case: Case, instance: ProcessInstance, timer: engine.Timer, item_id: int | None, ctx: Context
) -> Deadline:
    return Deadline(
        case_id=case.id,
        item_id=item_id,
        instance_id=instance.id,
        timer_number=timer.number,
        clock=Clock.STEP,
        basis=Basis.PROMISED,
        limit=timer.limit,
        started_at=ctx.now,
        extension_days=0,
        rung=0,
    )
