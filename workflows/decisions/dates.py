"""The functions of dates, times and durations.  What day it is now is an input, not a function."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from workflows.decisions import moments
from workflows.decisions.values import Months, NoValue, want, whole

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day(first: Any, month: Any = None, of_month: Any = None) -> date:
    """A date from text, from a date and time, or from its parts."""
    if month is not None or of_month is not None:
        return date(whole(first), whole(month), whole(of_month))
    if isinstance(first, datetime):
        return first.date()
    return first if isinstance(first, date) else moments.read_date(want(first, str))


def clock(first: Any, minute: Any = None, second: Any = None, offset: Any = None) -> time:
    """A time from text, from a date and time, or from its parts."""
    if minute is None and second is None:
        if isinstance(first, datetime):
            return first.timetz()
        if isinstance(first, date):
            return moments.read_time("00:00:00Z")
        return first if isinstance(first, time) else moments.read_time(want(first, str))
    exact = want(second, Decimal)
    micro = int(exact % 1 * 1_000_000)
    zone = None if offset is None else timezone(want(offset, timedelta))
    return time(whole(first), whole(minute), int(exact), micro, tzinfo=zone)


def moment(first: Any, at: Any = None) -> datetime:
    """A date and time from text, or from both."""
    if at is not None:
        if not isinstance(first, date) or not isinstance(at, time):
            raise NoValue
        return datetime.combine(day(first), at)
    if isinstance(first, datetime):
        return first
    if isinstance(first, date):
        return datetime.combine(first, time())
    return moments.read_moment(want(first, str))


def length(text: Any) -> timedelta | Months:
    """A duration from text."""
    if isinstance(text, timedelta | Months):
        return text
    return moments.read_duration(want(text, str))


def months_between(start: Any, end: Any) -> Months:
    """Whole years and months from one date to another."""
    if not isinstance(start, date) or not isinstance(end, date):
        raise NoValue
    if day(end) < day(start):
        return Months(-months_between(end, start).months)
    months = (end.year - start.year) * 12 + end.month - start.month
    return Months(months - (end.day < start.day))


def absolute(value: Any) -> Any:
    """A number or duration without its sign."""
    if isinstance(value, Months):
        return Months(abs(value.months))
    if isinstance(value, Decimal):
        return value.copy_abs()
    if isinstance(value, timedelta):
        return abs(value)
    raise NoValue


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same, even in how they are written."""
    return type(one) is type(other) and (one is other or one == other)


def _of_date(act: Callable[[date], Any]) -> Callable[[Any], Any]:
    def of_date(value: Any) -> Any:
        if not isinstance(value, date):
            raise NoValue
        return act(value)

    return of_date


TABLE: dict[str, tuple[str, Callable[..., Any]]] = {
    "date": ("from | year, month, day", day),
    "time": ("from | hour, minute, second | hour, minute, second, offset", clock),
    "date and time": ("from | date, time", moment),
    "duration": ("from", length),
    "years and months duration": ("from, to", months_between),
    "day of week": ("date", _of_date(lambda value: DAYS[value.weekday()])),
    "month of year": ("date", _of_date(lambda value: MONTHS[value.month - 1])),
    "day of year": ("date", _of_date(lambda value: Decimal(value.timetuple().tm_yday))),
    "week of year": ("date", _of_date(lambda value: Decimal(value.isocalendar().week))),
    "abs": ("n", absolute),
    "is": ("value1, value2", same),
}
