"""Working days that were used for what is finished, and that the statute allows for it.

Rows that no pause touched are counted by the days they began and ended on, in one statement; the
few others are worked out one by one.  Days that a pause takes out are those of `deadlines`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflows.calendar import ONE_DAY, WorkCalendar
from workflows.clock import office_day
from workflows.deadlines import Limit, Unit
from workflows.models import Case, CaseItem, DeadlinePause
from workflows.queries.statistics.asked import Asked, Grain
from workflows.queries.statistics.sources import STATUTE, Event, Versions, key_of, named, rows

Calendars = Callable[[str], WorkCalendar]


@dataclass
class Worked:
    """Sums over what is finished: how many, their days; of those with a statute, both."""

    n: int = 0
    used: int = 0
    used_of_allowed: int = 0
    allowed: int = 0

    def add(self, days: int, statute: str | None, n: int = 1) -> None:
        """So many rows that took as many days each."""
        self.n += n
        self.used += n * days
        limit = Limit.parse(statute) if statute else None
        if limit and limit.unit is Unit.WORKING_DAYS:
            self.allowed += n * limit.days
            self.used_of_allowed += n * days

    @property
    def mean(self) -> float | None:
        return self.used / self.n if self.n else None

    @property
    def saved(self) -> float | None:
        """时限压缩率; None when the law sets no limit in working days."""
        return 1 - self.used_of_allowed / self.allowed if self.allowed else None


def paused(asked: Asked) -> Any:
    """Whether a pause touched a row: those are looked at one by one."""
    *_rest, mine = _parts(asked)
    return exists().where(mine)


def add_unpaused(
    to: Worked, region: str, days: tuple[str, str], statute: str | None, n: int,
    calendars: Calendars,
) -> None:  # fmt: skip
    """Take so many rows that began and ended on these days, with no pause between."""
    begun, ended = map(date.fromisoformat, days)
    to.add(calendars(region).workdays_between(begun, ended), statute, n)


def paused_days(
    session: Session, asked: Asked, known: Versions, calendars: Calendars
) -> Iterator[tuple[str, int, str | None]]:
    """The key, the days and the statute of each finished row that a pause touched."""
    taken = _pauses(session, asked, known)
    for key, region, row_id, start, end, statute in session.execute(_paused(asked, known)):
        days = used(office_day(start), office_day(end), taken[row_id], calendars(region))
        yield named(asked, key, known), days, statute


def used(start: date, end: date, pauses: list[DeadlinePause], calendar: WorkCalendar) -> int:
    """Working days after the first day, to the last, without those that pauses took out."""
    first, after = start + ONE_DAY, calendar.ordinal(end + ONE_DAY)
    frozen: set[int] = set()
    for row in pauses:
        freezes = calendar.ordinal(max(row.started_on, first))
        thaws = calendar.ordinal(max(row.ended_on, first)) if row.ended_on else after
        if row.cap_days is not None:
            thaws = min(thaws, freezes + row.cap_days)
        frozen.update(range(freezes, min(thaws, after)))
    return after - calendar.ordinal(first) - len(frozen)


def _parts(asked: Asked) -> tuple[Any, Any, Any, Any]:
    """The key of a row, when it began and ended, and which pauses are its."""
    if asked.grain is Grain.ITEMS:
        mine = DeadlinePause.item_id == CaseItem.id
        return CaseItem.id, CaseItem.started_at, CaseItem.decided_at, mine
    whole = (DeadlinePause.case_id == Case.id) & DeadlinePause.item_id.is_(None)
    return Case.id, Case.accepted_at, Case.decided_at, whole


def _paused(asked: Asked, known: Versions) -> Any:
    row, start, end, mine = _parts(asked)
    key = key_of(asked, Event.FINISHED)
    query = rows(asked, Event.FINISHED, known, key, Case.region, row, start, end, STATUTE.limit)
    return query.where(exists().where(mine))


def _pauses(session: Session, asked: Asked, known: Versions) -> Mapping[int, list[DeadlinePause]]:
    row, *_, mine = _parts(asked)
    paused = rows(asked, Event.FINISHED, known, row).where(exists().where(mine))
    column = DeadlinePause.item_id if asked.grain is Grain.ITEMS else DeadlinePause.case_id
    query = select(DeadlinePause).where(column.in_(paused))
    if asked.grain is Grain.CASES:
        query = query.where(DeadlinePause.item_id.is_(None))
    found: dict[int, list[DeadlinePause]] = defaultdict(list)
    for pause in session.scalars(query):
        found[(pause.item_id if asked.grain is Grain.ITEMS else pause.case_id) or 0].append(pause)
    return found
