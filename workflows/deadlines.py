"""Deadline arithmetic. Pure: a ledger and a calendar in, instants out.

A deadline is never a date that someone overwrites. It is a ledger of what happened, and all else
is worked out from that. A limit of N working days ends with the N-th working day after the day it
started (行政许可法 §82, 民法典 §201); the time of a special procedure is not counted (§45), and
an extension is a longer limit (§42).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import count
from math import ceil

from workflows.calendar import ONE_DAY, WorkCalendar
from workflows.clock import office_day, office_moment, office_time, passed
from workflows.errors import N_, WorkflowError

MOST = 9999  # of any unit: a limit of forty years is a slip of the pen
RATIO_FROM_DAYS = 10  # a share of a shorter limit says less than its last day does
END_OF_DAY = time(23, 59, 59)
NEVER = 10**9  # the place of a day that does not come
Instant = datetime | None  # None: it does not come


class LimitMalformed(WorkflowError):
    sentence = N_("时限“%(text)s”无法识别：应写作10wd、0.5wd、3.5h或60d。")


class PauseEndsBeforeStart(WorkflowError):
    sentence = N_("特别程序的结束日期%(ended_on)s早于开始日期%(started_on)s。")


class PauseAfterDue(WorkflowError):
    """A pause that would begin when the time is over: it cures nothing."""

    sentence = N_("期限已于%(due_on)s届满，不能从%(started_on)s起中止计时。")


class DaysOutOfRange(WorkflowError):
    """An extension, or the cap of a pause, of no days at all, fewer, or beyond all measure."""

    sentence = N_("天数应在1到9999之间，不能是%(days)s。")


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAYS = "wd"
    HOURS = "h"
    DAYS = "d"


@dataclass(frozen=True)
class Limit:
    """How long something may take (时限). Half a working day is half the hours of the hall, and
    ends at an instant; whole days end with the day. 0wd is "at once" (即办): by the end of the day.
    Calendar days are whole. Raises LimitMalformed."""

    amount: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        at_once = self.amount == 0 and self.unit is Unit.WORKING_DAYS
        broken = self.unit is Unit.DAYS and self.amount % 1 != 0
        if broken or not (at_once or 0 < self.amount <= MOST):
            raise LimitMalformed(text=str(self))

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """Read "10wd", "0.5wd", "3.5h" or "60d"."""
        match = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,2})?)(wd|h|d)", text.strip())
        if match is None:
            raise LimitMalformed(text=text)
        return cls(Decimal(match[1]), Unit(match[2]))

    def __str__(self) -> str:
        return f"{self.amount.normalize():f}{self.unit}"

    @property
    def days(self) -> int:
        """The whole days in it; none in a limit of hours."""
        return 0 if self.unit is Unit.HOURS else int(self.amount)

    def rest(self, calendar: WorkCalendar) -> timedelta:
        """The working hours beyond the whole days."""
        if not (rest := self.amount - self.days):
            return timedelta()
        in_one = calendar.standard_hours if self.unit is Unit.WORKING_DAYS else 1
        return timedelta(seconds=round(Fraction(rest) * in_one * 3600))


@dataclass(frozen=True)
class Pause:
    """A special procedure, whose time does not count (行政许可法 §45): a hearing, a test.

    The day it starts is frozen, the day the work is resumed (``ended_on``) counts again. With a
    cap only its first ``cap_days`` frozen days are excluded; the rest runs against the department.
    Raises PauseEndsBeforeStart and DaysOutOfRange.
    """

    started_on: date
    ended_on: date | None = None
    cap_days: int | None = None
    kind: str = ""

    def __post_init__(self) -> None:
        if self.ended_on is not None and self.ended_on < self.started_on:
            raise PauseEndsBeforeStart(started_on=self.started_on, ended_on=self.ended_on)
        if self.cap_days is not None and not 1 <= self.cap_days <= MOST:
            raise DaysOutOfRange(days=self.cap_days)


@dataclass(frozen=True)
class Ledger:
    """Everything a deadline is worked out from. Raises MomentWithoutZone and DaysOutOfRange."""

    started_at: datetime
    limit: Limit
    pauses: tuple[Pause, ...] = ()
    extension_days: int = 0

    def __post_init__(self) -> None:
        office_day(self.started_at)
        if not 0 <= self.extension_days <= MOST:
            raise DaysOutOfRange(days=self.extension_days)

    @property
    def days(self) -> int:
        """The whole days allowed, extension included."""
        return self.limit.days + self.extension_days


@dataclass(frozen=True)
class Due:
    """The answer, which an open pause may put off for ever; ``provisional`` if it rests on a year
    that has not been announced; ``frozen_days`` are those that pauses took out."""

    at: Instant
    provisional: bool
    frozen_days: int

    @property
    def on(self) -> date | None:
        """The office day of ``at``."""
        return None if self.at is None else office_day(self.at)


class Light(StrEnum):
    """How an item stands with its time, in the colours of electronic supervision (电子监察)."""

    GREEN = "green"
    YELLOW = "yellow"  # soon due
    RED = "red"  # past the promised time
    PURPLE = "purple"  # past the statutory time
    GREY = "grey"  # paused
    BLUE = "blue"  # waiting for the applicant


def due(ledger: Ledger, calendar: WorkCalendar) -> Due:
    """When the time is over: 23:59:59 at the office of the last day, or an instant for hours.
    A last day on which the hall is closed moves to the next working day (民法典 §203)."""
    if rest := ledger.limit.rest(calendar):
        at, frozen = _after_hours(ledger, rest, calendar)
    else:
        day, frozen = _counted_day(ledger, ledger.days, calendar)
        day = day and calendar.workday_at(calendar.ordinal(day))
        at = office_moment(day, END_OF_DAY) if day else None
    started_at = office_time(ledger.started_at)
    years = range(started_at.year, (at or started_at).year + 1)
    return Due(at, any(map(calendar.is_provisional, years)), frozen)


def yellow_at(
    ledger: Ledger,
    calendar: WorkCalendar,
    before_days: int = 1,
    ratio: Fraction = Fraction(9, 10),
    before_hours: int = 1,
) -> Instant:
    """From when to warn, between the start and the due instant; None while nothing is due.

    At 00:00 of the first day with at most ``before_days`` working days left or, for ten days and
    more, with ``ratio`` of the limit used up by its end; for hours, so many working hours before.
    """
    ends = due(ledger, calendar)
    if ends.at is None:
        return None
    if rest := ledger.limit.rest(calendar):
        spared = max(timedelta(), rest - timedelta(hours=before_hours))
        warned, _ = _after_hours(ledger, spared, calendar)
    else:
        day = calendar.workday_at(max(0, calendar.ordinal(ends.at.date()) - before_days))
        if ledger.days >= RATIO_FROM_DAYS:
            by_ratio, _ = _counted_day(ledger, ceil(ratio * ledger.days), calendar)
            day = min(day, by_ratio or day)
        warned = office_moment(day, time.min)
    return min(ends.at, max(warned or ends.at, office_time(ledger.started_at)))


def days_left(now: datetime, ends: Due, calendar: WorkCalendar) -> int | None:
    """Working days after today up to and including the due day: 0 on the due day itself.
    Overdue is negative: the working days it is late, and at least one from the first moment."""
    if ends.on is None:
        return None
    left = calendar.workdays_between(office_day(now), ends.on)
    return min(left, -1) if passed(now, ends.at) else left


def light(
    now: datetime, promised: Instant, statutory: Instant, yellow: Instant, held: Light | None = None
) -> Light:
    """The light of an item from the instants its ledgers gave, and what holds it up, if anything:
    GREY for a pause, BLUE for the applicant. Neither cures what is overdue already."""
    if passed(now, statutory):
        return Light.PURPLE
    if passed(now, promised):
        return Light.RED
    if held or promised is None:
        return held or Light.GREY
    return Light.YELLOW if yellow is not None and now >= yellow else Light.GREEN


def is_paused(now: datetime, ledger: Ledger, calendar: WorkCalendar) -> bool:
    """Whether a pause keeps the time from running today; not once its cap is used up."""
    today = office_day(now)
    place = _place(max(today, office_day(ledger.started_at) + ONE_DAY), ledger, calendar)
    begun = (pause for pause in ledger.pauses if pause.started_on <= today)
    return any(place < _frozen(pause, ledger, calendar)[1] for pause in begun)


def add_pause(ledger: Ledger, pause: Pause, calendar: WorkCalendar) -> Ledger:
    """The ledger with one more pause. Raises PauseAfterDue."""
    due_on = due(ledger, calendar).on
    if due_on is not None and pause.started_on > due_on:
        raise PauseAfterDue(due_on=due_on, started_on=pause.started_on)
    return replace(ledger, pauses=(*ledger.pauses, pause))


def extend(ledger: Ledger, days: int) -> Ledger:
    """The ledger with a limit so many days longer (行政许可法 §42). Raises DaysOutOfRange."""
    if days < 1:
        raise DaysOutOfRange(days=days)
    return replace(ledger, extension_days=ledger.extension_days + days)


def _counted_day(ledger: Ledger, n: int, calendar: WorkCalendar) -> tuple[date | None, int]:
    """The n-th day that counts, and how many frozen days lie before it; None if none ever comes.

    Day 0 is the day of the start. Days are handled by their place in the row of days, so that a
    pause is a stretch of places, and no day is looked at singly.
    """
    start = office_day(ledger.started_at)
    if n == 0:
        return start, 0
    place = _place(start + ONE_DAY, ledger, calendar) + n - 1
    frozen = thawed = 0
    for freezes, thaws in sorted(_frozen(pause, ledger, calendar) for pause in ledger.pauses):
        if freezes > place:
            break
        if thaws == NEVER:
            return None, frozen
        more = max(0, thaws - max(freezes, thawed))
        frozen, place, thawed = frozen + more, place + more, max(thaws, thawed)
    in_days = ledger.limit.unit is Unit.DAYS
    return date.fromordinal(place) if in_days else calendar.workday_at(place), frozen


def _frozen(pause: Pause, ledger: Ledger, calendar: WorkCalendar) -> tuple[int, int]:
    """The stretch of places that a pause takes out: from the first, up to but not the second."""
    first = office_day(ledger.started_at) + ONE_DAY  # the day of the start is not counted anyway
    freezes, thaws = _place(max(pause.started_on, first), ledger, calendar), NEVER
    if pause.ended_on is not None:
        thaws = _place(max(pause.ended_on, first), ledger, calendar)
    return freezes, thaws if pause.cap_days is None else min(thaws, freezes + pause.cap_days)


def _place(day: date, ledger: Ledger, calendar: WorkCalendar) -> int:
    """The place of a day in the row of days that the limit is counted in."""
    return day.toordinal() if ledger.limit.unit is Unit.DAYS else calendar.ordinal(day)


def _after_hours(ledger: Ledger, hours: timedelta, calendar: WorkCalendar) -> tuple[Instant, int]:
    """When so many working hours have run beyond the whole days, and the frozen days before it.
    Hours alone run from the start; after whole days, from the next opening."""
    started_at = office_time(ledger.started_at)
    for n in count(ledger.days and ledger.days + 1):
        day, frozen = _counted_day(ledger, n, calendar)
        if day is None:
            return None, frozen
        for opens, closes in calendar.sessions if calendar.is_workday(day) else ():
            begins, ends = max(office_moment(day, opens), started_at), office_moment(day, closes)
            if begins < ends:
                if hours <= ends - begins:
                    return begins + hours, frozen
                hours -= ends - begins
    raise AssertionError("unreachable: days never end")
