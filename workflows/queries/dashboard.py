"""The pictures of the board: how old, how many a day, who has how much, what comes next.

Each is one statement or two over what is open, or over the days that are shown.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from workflows.calendar import WorkCalendar
from workflows.clock import office_day, office_moment
from workflows.models import Case, Deadline, Task
from workflows.models.deadline import Basis, Clock
from workflows.queries.board import OPEN
from workflows.queries.calendars import Calendars
from workflows.queries.statistics.days import DayOf

#: Working days since acceptance: from, to; the last has no end.
AGES: tuple[tuple[int, int | None], ...] = ((0, 2), (3, 5), (6, 10), (11, 20), (21, None))
#: So many days of coming and going are drawn; so many working days are looked ahead.
DRAWN, AHEAD = 30, 5
#: A case that is accepted and not decided.
UNDER_WAY = and_(Case.closed_at.is_(None), Case.decided_at.is_(None), Case.accepted_at.is_not(None))


def ages(session: Session, today: date, calendars: Calendars) -> list[int]:
    """How many cases under way are how old, in the order of AGES."""
    day = DayOf(Case.accepted_at).label("day")
    query = select(Case.region, day, func.count()).where(UNDER_WAY).group_by(Case.region, day)
    found = [0] * len(AGES)
    for region, accepted, n in session.execute(query):
        found[age(date.fromisoformat(accepted), today, calendars(region))] += n
    return found


def age(accepted: date, today: date, calendar: WorkCalendar) -> int:
    """The place among AGES of a case accepted that day."""
    days = max(0, calendar.workdays_between(accepted, today))
    return next(n for n, (_from, to) in enumerate(AGES) if to is None or days <= to)


@dataclass(frozen=True)
class Flow:
    """What came and what was finished on one day."""

    day: date
    received: int
    finished: int


def flow(session: Session, today: date) -> list[Flow]:
    """The cases of the last days, today included."""
    first = today - timedelta(DRAWN - 1)
    received, finished = (
        _per_day(session, moment, first) for moment in (Case.received_at, Case.decided_at)
    )
    days = [first + timedelta(n) for n in range(DRAWN)]
    return [Flow(day, received[str(day)], finished[str(day)]) for day in days]


def _per_day(session: Session, moment: Any, first: date) -> Counter[str]:
    day = DayOf(moment).label("day")
    query = select(day, func.count()).where(moment >= office_moment(first, time.min))
    return Counter({key: n for key, n in session.execute(query.group_by(day))})


@dataclass(frozen=True)
class Load:
    """The open tasks of a post: how many, how many of them late, and since when the oldest."""

    department: str
    duty: str
    tasks: int
    late: int
    oldest: datetime


def loads(session: Session, now: datetime, most: int) -> list[Load]:
    """The posts with the most to do."""
    overdue = func.count(case((Deadline.due_at < now, 1)))
    query = (
        select(Task.department_code, Task.duty, func.count(), overdue, func.min(Task.opened_at))
        .outerjoin(Deadline, and_(Deadline.item_id == Task.item_id, OPEN))
        .where(Task.closed_at.is_(None))
        .group_by(Task.department_code, Task.duty)
        .order_by(func.count().desc(), Task.department_code, Task.duty)
        .limit(most)
    )
    return [Load(*row) for row in session.execute(query)]


@dataclass(frozen=True)
class Coming:
    """The open items that turn yellow on a day, and those whose last day it is."""

    day: date
    until: date
    yellow: int
    red: int


def stretches(today: date, calendar: WorkCalendar) -> list[tuple[date, date]]:
    """Today and the next working days, each up to the next: no day between is lost."""
    days = [today, *(calendar.nth_workday_after(today, n) for n in range(1, AHEAD + 2))]
    return list(pairwise(days))


def coming(session: Session, now: datetime, calendar: WorkCalendar) -> list[Coming]:
    """What turns yellow or red in the next working days, if nothing is done."""
    found = stretches(office_day(now), calendar)
    yellow, red = (
        _turning(session, column, now, found) for column in (Deadline.yellow_at, Deadline.due_at)
    )
    return [Coming(*days, yellow[days], red[days]) for days in found]


def _turning(
    session: Session, column: Any, now: datetime, days: Iterable[tuple[date, date]]
) -> Counter[tuple[date, date]]:
    days = list(days)
    day = DayOf(column).label("day")
    last = office_moment(days[-1][1], time.min)
    query = select(day, func.count()).where(OPEN, column > now, column < last).group_by(day)
    found: Counter[tuple[date, date]] = Counter()
    for text, n in session.execute(query):
        found[next(one for one in days if date.fromisoformat(text) < one[1])] += n
    return found


def days_of(first: date, until: date, now: datetime) -> tuple[datetime, datetime]:
    """The instants of a stretch of days, after now."""
    begins = office_moment(first, time.min)
    return max(begins, now), office_moment(until, time.min)


def joint_late(now: datetime) -> Any:
    """The joint clock of a case under way is past what was promised."""
    return and_(
        Deadline.closed_at.is_(None), Deadline.clock == Clock.CASE,
        Deadline.basis == Basis.PROMISED, Deadline.due_at < now,
    )  # fmt: skip
