"""What an import of a calendar would come to: which open deadlines move, and by how much.

Only those due on or after the first day that changes can move.  Nothing is written; the same
arithmetic counts them again once the import is confirmed.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workflows.actions.clocks import when_due
from workflows.actions.ladder import judged
from workflows.calendar import WorkCalendar
from workflows.catalogue.published import published
from workflows.clock import office_day, office_moment, passed
from workflows.deadlines import Due
from workflows.ladders import Ladders
from workflows.ladders.table import no_ladders
from workflows.models import Case, CaseItem, Deadline, DeadlinePause, ProcessVersion

#: So many clocks are read at once, and so many of those that move are shown one by one.
BATCH, SHOWN = 2000, 200
COLUMNS = (
    Deadline.id, Deadline.case_id, Deadline.item_id, Deadline.clock, Deadline.basis,
    Deadline.limit, Deadline.started_at, Deadline.extension_days, Deadline.due_at,
    Deadline.provisional, Deadline.rung,
)  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """A deadline that moves."""

    number: str
    item: str | None
    item_name: str | None
    clock: str
    basis: str
    before: datetime
    after: datetime

    @property
    def days(self) -> int:
        """By how many days, earlier ones negative."""
        return (office_day(self.after) - office_day(self.before)).days


@dataclass
class Foretold:
    """How many deadlines were looked at and move, by department and by days; the first of them.

    ``confirmed`` stay, but are no longer provisional (or become so); ``late`` would be over at
    once.  The department None is the case as a whole.
    """

    looked: int = 0
    moved: int = 0
    confirmed: int = 0
    late: int = 0
    departments: Counter[str | None] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    first: list[Moved] = field(default_factory=list)


def foretell(
    session: Session, now: datetime, since: date, calendars: Mapping[str, WorkCalendar],
    ladders: Ladders = no_ladders,
) -> Foretold:  # fmt: skip
    """Count every open deadline of these regions by these calendars."""
    found = Foretold()
    known: dict[Any, Due] = {}
    versions: dict[int, ProcessVersion] = {}
    for rows in _open(session, max(since, office_day(now)), calendars):
        pauses = _pauses(session, {row.case_id for row in rows})
        for row in rows:
            if passed(now, row.due_at) or (row.rung and _judged(session, row, versions, ladders)):
                continue
            found.looked += 1
            _note(found, row, _ends(row, pauses, calendars[row.region], known), now)
    return found


def _open(session: Session, since: date, regions: Collection[str]) -> Iterator[Sequence[Row[Any]]]:
    """The open clocks due from this day on, a batch at a time in the order they were begun."""
    due = (
        select(Deadline.id)
        .join(Case, Case.id == Deadline.case_id)
        .where(Deadline.closed_at.is_(None), Case.region.in_(sorted(regions)))
        .where(Deadline.due_at >= office_moment(since, time.min))
    )
    rows = (
        select(*COLUMNS, Case.number, Case.region, Case.version_id)
        .add_columns(CaseItem.code, CaseItem.name, CaseItem.department_code)
        .join_from(Deadline, Case, Case.id == Deadline.case_id)
        .outerjoin(CaseItem, CaseItem.id == Deadline.item_id)
        .order_by(Deadline.id)
    )
    keys = sorted(session.scalars(due))
    for first in range(0, len(keys), BATCH):
        mine = Deadline.id.in_(keys[first : first + BATCH])
        yield session.execute(rows.where(mine)).all()


def _pauses(session: Session, cases: Collection[int]) -> dict[int, list[DeadlinePause]]:
    query = select(DeadlinePause).where(DeadlinePause.case_id.in_(sorted(cases)))
    found: dict[int, list[DeadlinePause]] = {}
    for pause in session.scalars(query.order_by(DeadlinePause.id)):
        found.setdefault(pause.case_id, []).append(pause)
    return found


def _judged(
    session: Session, row: Row[Any], known: dict[int, ProcessVersion], ladders: Ladders
) -> bool:
    if row.version_id not in known:
        known[row.version_id] = session.get_one(ProcessVersion, row.version_id)
    version = known[row.version_id]
    table = ladders(row.region, version.process, row.started_at)
    return judged(_clock(row), published(version).catalogue, table)


def _ends(
    row: Row[Any],
    pauses: Mapping[int, list[DeadlinePause]],
    calendar: WorkCalendar,
    known: dict[Any, Due],
) -> Due:
    """When a clock will be over; of many that began on one day, counted once."""
    mine = pauses.get(row.case_id, ())
    whole = row.limit.endswith(("wd", "d")) and "." not in row.limit
    if mine or not whole:
        return when_due(_clock(row), mine, calendar)
    day = office_day(row.started_at)
    key = (row.region, row.clock, day, row.limit, row.extension_days)
    if key not in known:
        known[key] = when_due(_clock(row), (), calendar)
    return known[key]


def _clock(row: Row[Any]) -> Deadline:
    """A clock with what is needed to count it, of no session."""
    return Deadline(**{column.key: row._mapping[column.key] for column in COLUMNS})


def _note(found: Foretold, row: Row[Any], ends: Due, now: datetime) -> None:
    """Write down what becomes of one clock."""
    if ends.at == row.due_at or ends.at is None:
        found.confirmed += ends.provisional != row.provisional
        return
    moved = Moved(row.number, row.code, row.name, row.clock, row.basis, row.due_at, ends.at)
    found.moved += 1
    found.late += passed(now, ends.at)
    found.departments[row.department_code] += 1
    found.days[moved.days] += 1
    if len(found.first) < SHOWN:
        found.first.append(moved)
