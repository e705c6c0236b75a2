"""The only place where the program reads the time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from workflows.errors import N_, WorkflowError

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


class MomentWithoutZone(WorkflowError):
    """A time of day that does not say where: it could be eight hours off."""

    sentence = N_("时刻%(moment)s没有写明时区。")


def office_day(moment: datetime) -> date:
    """The day it is at the counter; a deadline is counted in these days, not in UTC.

    Raises MomentWithoutZone for a moment without a time zone.
    """
    return office_time(moment).date()


def office_time(moment: datetime) -> datetime:
    """The same moment as the clock on the wall of the hall shows it.

    Raises MomentWithoutZone for a moment without a time zone.
    """
    if moment.utcoffset() is None:
        raise MomentWithoutZone(moment=moment.isoformat(" "))
    return moment.astimezone(OFFICE_ZONE)


def office_moment(day: date, at: time) -> datetime:
    """The moment at which the clock of the hall shows this time of this day."""
    return datetime.combine(day, at, OFFICE_ZONE)


def passed(now: datetime, at: datetime | None) -> bool:
    """Whether an instant is over; in whole seconds, so that 23:59:59 lasts until midnight.

    None is an instant that does not come. Raises MomentWithoutZone.
    """
    return at is not None and office_time(now).replace(microsecond=0) > at


class Clock(Protocol):
    """Whatever tells the time; read once per request or job, then handed down as a value."""

    def now(self) -> datetime: ...


class SystemClock:
    """The time of the machine, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that moves only when told to; for tests and demonstrations."""

    def __init__(self, now: datetime) -> None:
        self.set(now)

    def now(self) -> datetime:
        return self._now

    def advance(self, **delta: float) -> None:
        """Move on by so many days, hours, minutes: the keywords of a timedelta."""
        self._now += timedelta(**delta)

    def set(self, now: datetime) -> None:
        """Move to this moment, forwards or back. Raises MomentWithoutZone."""
        office_day(now)
        self._now = now
