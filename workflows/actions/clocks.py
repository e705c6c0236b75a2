"""The ledger of a case: clocks started, paused, resumed and stopped; what is due is derived.

Statutory and promised clocks run side by side (行政许可法 §42; the promise may only be shorter).
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Update, bindparam, select
from sqlalchemy.orm import object_session

from workflows.actions.base import Context, catalogue_of
from workflows.actions.ladder import next_rung, warning
from workflows.actions.timing import runs_out
from workflows.calendar import ONE_DAY, WorkCalendar
from workflows.clock import office_day
from workflows.deadlines import Due, Limit, due, yellow_at
from workflows.models import Case, CaseItem, Deadline, DeadlinePause
from workflows.models.deadline import ALL_BLOCKED, Basis, Clock
from workflows.models.rows import add, connection_of, forget, save, table_of
from workflows.states import CaseState, ItemState

#: More working days than any pause lasts: nobody can say when it will move again.
FOREVER = 10**6


def start_clock(
    case: Case,
    clock: Clock,
    limits: Iterable[tuple[Basis, Limit | None]],
    ctx: Context,
    item: CaseItem | None = None,
    started_at: datetime | None = None,
) -> None:
    """Begin to count a limit, on each basis that has one."""
    start_clocks(case, new_clocks(case, clock, limits, ctx, item, started_at), ctx)


def start_clocks(case: Case, clocks: list[Deadline], ctx: Context) -> None:
    """Begin to count limits that were made ready."""
    add(ctx.session, clocks)
    forget(case, "deadlines")


def new_clocks(
    case: Case, clock: Clock, limits: Iterable[tuple[Basis, Limit | None]], ctx: Context,
    item: CaseItem | None = None, started_at: datetime | None = None,
) -> list[Deadline]:  # fmt: skip
    """A limit made ready to count, on each basis that has one."""
    found = [
        Deadline(
            case_id=case.id,
            item_id=item.id if item else None,
            clock=clock,
            basis=basis,
            limit=str(limit),
            started_at=started_at or ctx.now,
            extension_days=0,
            rung=0,
        )
        for basis, limit in limits
        if limit is not None
    ]
    for deadline in found:
        reckon(case, deadline, ctx)
    return found


def running(case: Case, clock: Clock | None = None, item: CaseItem | None = None) -> list[Deadline]:
    """The clocks of a case (or of one of its items) that are not stopped."""
    session = object_session(case)
    assert session is not None, "asked while the case is at hand"
    asked = _asked(case, clock, item)
    found = session.scalars(_running(*asked), asked)
    return [deadline for deadline in found if deadline.closed_at is None]


def stop_clocks(
    case: Case, ctx: Context, clock: Clock | None = None, item: CaseItem | None = None
) -> None:
    """Stop clocks: what they measured is done; a pause still open ends with them.

    A question to another department is closed with words (`moot`), not with the clocks of an item.
    """
    loaded = [row for row in ctx.session if isinstance(row, Deadline)]
    if loaded:
        save(ctx.session)
    asked = _asked(case, clock, item)
    connection_of(ctx.session).execute(_stop(*asked), {"now": ctx.now, **asked})
    for row in loaded:
        ctx.session.expire(row)


def _asked(case: Case, clock: Clock | None, item: CaseItem | None) -> dict[str, object]:
    asked = {"its_case_id": case.id, "its_clock": clock, "its_item_id": item and item.id}
    return {name: value for name, value in asked.items() if value is not None}


@cache
def _running(*names: str) -> Select[Deadline]:
    return select(Deadline).where(*_open(names)).order_by(Deadline.id)


@cache
def _stop(*names: str) -> Update:
    values: dict[str, Any] = {"closed_at": bindparam("now"), "next_at": None}
    found = _open(names)
    if "its_clock" not in names:
        found.append(table_of(Deadline).c.clock != Clock.CONSULTATION)
    return table_of(Deadline).update().where(*found).values(values)


def _open(names: Iterable[str]) -> list[ColumnElement[bool]]:
    """Of the clocks with these columns, those that are not stopped."""
    columns = table_of(Deadline).c
    with_these = [columns[name.removeprefix("its_")] == bindparam(name) for name in names]
    return [columns.closed_at.is_(None), *with_these]


def reckon(case: Case, deadline: Deadline, ctx: Context) -> None:
    """Work out again when it is due, when to warn, and when to wake next."""
    if deadline.clock is Clock.STEP:
        reckon_timer(case, deadline, ctx)
        return
    calendar = ctx.calendars(case.region)
    catalogue = catalogue_of(case)
    ledger = deadline.ledger(case.pauses if deadline.stands_still else ())
    ends = due(ledger, calendar)
    table = ctx.ladder(case, deadline.started_at)
    warn = warning(deadline, catalogue, table)
    deadline.due_at = ends.at
    deadline.provisional = ends.provisional
    deadline.yellow_at = yellow_at(ledger, calendar, *warn)
    rung = next_rung(deadline, catalogue, calendar, table)
    waits = deadline.clock is Clock.DEFERRAL and case.state is CaseState.SUSPENDED
    deadline.next_at = rung.at if rung and deadline.closed_at is None and not waits else None


def reckon_timer(case: Case, deadline: Deadline, ctx: Context) -> None:
    """As `reckon`, for a timer that the diagram has drawn; it waits while the case is suspended."""
    calendar = ctx.calendars(case.region)
    ends = when_due(deadline, case.pauses, calendar)
    deadline.due_at = deadline.yellow_at = ends.at
    deadline.provisional = ends.provisional
    rung = next_rung(deadline, catalogue_of(case), calendar)
    waits = deadline.closed_at is not None or case.state is CaseState.SUSPENDED
    deadline.next_at = None if rung is None or waits else rung.at


def when_due(deadline: Deadline, pauses: Iterable[DeadlinePause], calendar: WorkCalendar) -> Due:
    """When the time of a clock is over, with these pauses of its case."""
    if deadline.clock is not Clock.STEP:
        return due(deadline.ledger(pauses), calendar)
    mine = tuple(row.as_pause() for row in pauses if row.item_id == deadline.item_id)
    return runs_out(deadline.limit, deadline.started_at, mine, calendar)


def reckon_what_waits(case: Case, ctx: Context) -> None:
    """The case was suspended, or resumed: nothing that would move it fires meanwhile."""
    for deadline in running(case):
        if deadline.clock in (Clock.STEP, Clock.DEFERRAL):
            reckon(case, deadline, ctx)


def pause(
    case: Case, item: CaseItem | None, kind: str, reason: str, ctx: Context, **facts: object
) -> DeadlinePause:
    """Freeze the clocks of an item (or of the case) from today on."""
    row = DeadlinePause(
        case_id=case.id,
        item_id=item.id if item else None,
        kind=kind,
        started_on=ctx.today,
        reason=reason,
        by=ctx.actor.name,
        **facts,
    )
    case.pauses.append(row)
    _reckon_paused(case, row, ctx)
    return row


def resume(case: Case, row: DeadlinePause, ctx: Context) -> None:
    """Let the clocks run again: today counts."""
    row.ended_on = ctx.today
    _reckon_paused(case, row, ctx)


def open_pause(case: Case, item: CaseItem | None, kind: str | None = None) -> DeadlinePause | None:
    """The pause that is open now, if any."""
    wanted = item.id if item else None
    for row in case.pauses:
        if row.item_id == wanted and row.ended_on is None and kind in (None, row.kind):
            return row
    return None


def _reckon_paused(case: Case, row: DeadlinePause, ctx: Context) -> None:
    for clock in (Clock.ITEM if row.item_id else Clock.CASE, Clock.STEP):
        for deadline in running(case, clock):
            if deadline.item_id == row.item_id:
                reckon(case, deadline, ctx)


def refresh_joint_clock(case: Case, ctx: Context) -> None:
    """Freeze the joint clock while nothing in the case can move, and let it run otherwise.

    A day of the case is frozen only when every unfinished item is frozen itself, handled outside
    the government's time, or waits for one that is.  It runs on by itself when the time that was
    told for the last of the special procedures is used up.
    """
    row = open_pause(case, None, ALL_BLOCKED)
    unfinished = [item for item in case.items if not item.decided]
    days = min((_held(case, item, ctx) for item in unfinished), default=0)
    if row is not None and (days == 0 or days != _rest(case, row, case.accepted_at, ctx)):
        resume(case, row, ctx)
        row = None
    if row is None and days:
        cap = None if days == FOREVER else days
        pause(case, None, ALL_BLOCKED, "全部未办结事项均已停表", ctx, cap_days=cap)


def _held(case: Case, item: CaseItem, ctx: Context) -> int:
    """For how many working days from today on an item cannot move; 0 when it can."""
    if catalogue_of(case).item(item.code).excluded_from_clock:
        return FOREVER
    row = open_pause(case, item)
    if item.state is ItemState.SUSPENDED and row is not None:
        return _rest(case, row, item.started_at, ctx)
    if item.state not in (ItemState.WAITING, ItemState.PRE_REVIEWED):
        return 0
    return max((_held(case, before, ctx) for before in undecided_gates(case, item)), default=0)


def _rest(case: Case, row: DeadlinePause, started_at: datetime | None, ctx: Context) -> int:
    """How many working days an open pause still freezes, in a clock that started then."""
    if row.cap_days is None or started_at is None:
        return FOREVER
    calendar = ctx.calendars(case.region)
    first = max(row.started_on, office_day(started_at) + ONE_DAY)
    used = calendar.ordinal(ctx.today) - calendar.ordinal(first)
    return max(0, row.cap_days - max(0, used))


def undecided_gates(case: Case, item: CaseItem, kind: str | None = None) -> list[CaseItem]:
    """The items of the case that this one waits for and that are not decided."""
    found = gates(case, item, kind)
    return [before for before in found if not before.decided]


def gates(case: Case, item: CaseItem, kind: str | None = None) -> list[CaseItem]:
    """The items of the case that must be decided before this one starts or is decided."""
    after = catalogue_of(case).item(item.code).after
    codes = [gate.item for gate in after if kind in (None, gate.gate)]
    if not codes:
        return []
    return [before for before in case.items if before.code in codes]
