"""Why a deadline is due when it is, day by day and in words of the law.

It counts by itself, one day after the other, and never asks how the arithmetic came to its answer:
that both agree is a law of the tests.  What follows from the same reason is one stretch.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from workflows.calendar import ONE_DAY, WorkCalendar
from workflows.clock import office_day, office_moment, office_time
from workflows.deadlines import Ledger, Pause, Unit

#: Who would read on?  A ledger without an end is told up to here.
LONGEST = timedelta(days=366 * 45)
NOTHING = timedelta()


class Why(StrEnum):
    """Why days count towards a limit, or do not."""

    START = "start"  # 民法典 §201: the day it begins is not counted
    COUNTED = "counted"
    WORKED = "worked"  # a weekend worked in exchange (调休)
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"  # 行政许可法 §45: a special procedure
    CAPPED = "capped"  # a pause that has lasted longer than it may
    CLOSED = "closed"  # 民法典 §203: it would end while the hall is closed, and moves on
    HOURS = "hours"


COUNTING = {Why.COUNTED, Why.WORKED, Why.CAPPED}


@dataclass(frozen=True)
class Stretch:
    """Days in a row with one reason; ``last`` is None where no end is known.

    ``number`` is how many days have been counted when it is over, ``hours`` what it adds to them;
    ``name`` is the festival or the special procedure; ``provisional`` days may be announced
    otherwise.
    """

    first: date
    last: date | None
    why: Why
    number: int = 0
    name: str = ""
    hours: timedelta = NOTHING
    provisional: bool = False

    @property
    def days(self) -> int:
        """The days in it."""
        return (self.last - self.first).days + 1 if self.last else 0


def explain(ledger: Ledger, calendar: WorkCalendar) -> tuple[Stretch, ...]:
    """Every day from the start to the end of a limit, and why it counts or not."""
    found: list[Stretch] = []
    for day in _Walk(ledger, calendar).days():
        if found and _goes_on(found[-1], day):
            found[-1] = replace(found[-1], last=day.last, number=day.number)
        else:
            found.append(day)
    return tuple(found)


def _goes_on(before: Stretch, day: Stretch) -> bool:
    same = (before.why, before.name, before.provisional) == (day.why, day.name, day.provisional)
    return same and before.last == day.first - ONE_DAY and Why.HOURS is not day.why


class _Walk:
    """One walk along the days of a ledger."""

    def __init__(self, ledger: Ledger, calendar: WorkCalendar) -> None:
        self.ledger = ledger
        self.calendar = calendar
        self.in_days = ledger.limit.unit is Unit.DAYS
        self.frozen = dict.fromkeys(range(len(ledger.pauses)), 0)
        self.number = 0
        self.hours = ledger.limit.rest(calendar)

    def days(self) -> Iterator[Stretch]:
        """Each day by itself, to the last, or to a pause that has no end."""
        start = day = office_day(self.ledger.started_at)
        if self.ledger.days or not self.hours:
            yield Stretch(start, start, Why.START)
        elif hours := self._worked(start):
            yield self._of(start, Why.HOURS, hours=hours)
        while self.number < self.ledger.days or self.hours:
            day += ONE_DAY
            if day - start > LONGEST:
                return
            one = self._day(day)
            yield one
            if one.last is None:
                return
        while not self.calendar.is_workday(day):
            day += ONE_DAY
            yield self._of(day, Why.CLOSED)

    def _day(self, day: date) -> Stretch:
        closed = None if self.in_days else self._closed(day)
        if closed:
            return closed
        if pause := self._paused(day):
            ends = day if pause.ended_on or pause.cap_days else None
            return self._of(day, Why.PAUSED, pause.kind, last=ends)
        if self.number == self.ledger.days:
            return self._of(day, Why.HOURS, hours=self._worked(day))
        self.number += 1
        if over := self._over_cap(day):
            return self._of(day, Why.CAPPED, over.kind)
        weekend = day.weekday() >= 5 and not self.in_days
        return self._of(day, Why.WORKED if weekend else Why.COUNTED)

    def _closed(self, day: date) -> Stretch | None:
        """A day on which nobody works."""
        if self.calendar.is_workday(day):
            return None
        name = self.calendar.year(day.year).holidays.get(day, "")
        return self._of(day, Why.HOLIDAY if name else Why.WEEKEND, name)

    def _paused(self, day: date) -> Pause | None:
        """The pause that takes this day out; each that does has used up a day of its cap."""
        found = None
        for n, pause in enumerate(self.ledger.pauses):
            if _within(pause, day) and (not pause.cap_days or self.frozen[n] < pause.cap_days):
                self.frozen[n] += 1
                found = found if found and not found.ended_on else pause
        return found

    def _over_cap(self, day: date) -> Pause | None:
        """A pause that would take this day out if it had not lasted too long."""
        return next((pause for pause in self.ledger.pauses if _within(pause, day)), None)

    def _worked(self, day: date) -> timedelta:
        """The hours of this day that count; they are taken off what is left."""
        since, left = office_time(self.ledger.started_at), self.hours
        for opens, closes in self.calendar.sessions if self.calendar.is_workday(day) else ():
            begins, ends = max(office_moment(day, opens), since), office_moment(day, closes)
            self.hours -= min(self.hours, max(NOTHING, ends - begins))
        return left - self.hours

    def _of(
        self, day: date, why: Why, name: str = "", hours: timedelta = NOTHING,
        last: date | None = date.max,
    ) -> Stretch:  # fmt: skip
        last = day if last == date.max else last
        provisional = self.calendar.is_provisional(day.year)
        return Stretch(day, last, why, self.number, name, hours, provisional)


def _within(pause: Pause, day: date) -> bool:
    return pause.started_on <= day and (pause.ended_on is None or day < pause.ended_on)
