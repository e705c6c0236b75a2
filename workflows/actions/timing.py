"""When a timer that the diagram has drawn runs out: a limit, an ISO 8601 duration, or an instant.

Limits and whole days are counted as every limit is (民法典 §201, §203): the day of the start does
not count, and the last day lasts until midnight.  Hours and minutes of ISO 8601 pass by day and
night; a day that a pause takes out is a whole day.  An instant is an instant: nothing moves it.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from workflows.calendar import WorkCalendar
from workflows.clock import OFFICE_ZONE, office_day, office_moment, office_time
from workflows.deadlines import Due, Ledger, Limit, LimitMalformed, Pause, Unit, due
from workflows.engine.limits import DURATION, is_limit

ONE_DAY = timedelta(days=1)


def runs_out(
    text: str, started_at: datetime, pauses: tuple[Pause, ...], calendar: WorkCalendar
) -> Due:
    """When a timer armed with this text then is over.  Raises LimitMalformed."""
    if not is_limit(text):
        raise LimitMalformed(text=text)
    if text[4:5] == "-":
        return Due(_instant(text), False, 0)
    duration = DURATION.fullmatch(text)
    if duration is None:
        return due(Ledger(started_at, Limit.parse(text), pauses), calendar)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in duration.groups())
    passing = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    days += 7 * weeks
    if not passing:
        limit = Limit(Decimal(days), Unit.DAYS)
        return due(Ledger(started_at, limit, pauses), calendar)
    return _passes(started_at, passing + days * ONE_DAY, pauses)


def _instant(text: str) -> datetime:
    """An instant that is written down; without a zone it is the time of the hall."""
    if "T" not in text:
        return office_moment(date.fromisoformat(text), time.min)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_ZONE)


def _passes(started_at: datetime, passing: timedelta, pauses: tuple[Pause, ...]) -> Due:
    """When so much time has gone by, the days of pauses apart."""
    left, day, frozen = passing, office_day(started_at), 0
    begins = office_time(started_at)
    last = max((p.ended_on or p.started_on for p in pauses), default=day)
    while True:
        if any(p.ended_on is None and p.cap_days is None and p.started_on <= day for p in pauses):
            return Due(None, False, frozen)
        ends = office_moment(day + ONE_DAY, time.min)
        if any(_stands(p, day) for p in pauses):
            frozen += 1
        elif left <= ends - begins:
            return Due(begins + left, False, frozen)
        else:
            left -= ends - begins
        if day > last and not any(p.ended_on is None for p in pauses):
            return Due(ends + left, False, frozen)
        day, begins = day + ONE_DAY, ends


def _stands(pause: Pause, day: date) -> bool:
    """Whether a pause takes out this day: from its first, up to but not the day it ended."""
    if day < pause.started_on or (pause.ended_on is not None and day >= pause.ended_on):
        return False
    return pause.cap_days is None or (day - pause.started_on).days < pause.cap_days
