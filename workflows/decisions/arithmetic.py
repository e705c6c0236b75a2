"""Plus, minus, times, divided by, to the power of: for numbers, texts, dates and durations.

What makes no sense (a text and a number, a division by zero) is null.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from workflows.decisions.moments import MICROSECOND
from workflows.decisions.values import NUMBERS, Months, NoValue

Operation = Callable[[Any, Any], Any]


def calculate(sign: str, left: Any, right: Any) -> Any:
    """The result of one operation; null when there is none."""
    act = OPERATIONS.get((sign, type(left), type(right)))
    if act is None:
        return None
    try:
        return act(left, right)
    except (ArithmeticError, ValueError, TypeError, NoValue):
        return None


def negative(value: Any) -> Any:
    """The value below zero that a value is above it."""
    if isinstance(value, Decimal):
        return value.copy_negate() if value else value
    if isinstance(value, Months):
        return Months(-value.months)
    return -value if isinstance(value, timedelta) else None


def plus_months(day: Any, length: Months) -> Any:
    """A date some months on; the last day of a month that has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + length.months, 12)
    following = date(years + (month == 11), (month + 1) % 12 + 1, 1) if years < 9999 else None
    last = (following - timedelta(days=1)).day if following else 31
    return day.replace(year=years, month=month + 1, day=min(day.day, last))


def plus_days(day: date, length: timedelta) -> date:
    """A date some time on, counted from its midnight."""
    return (datetime.combine(day, time()) + length).date()


def plus_time(clock: time, length: timedelta) -> time:
    """A time of day some time on, round the clock."""
    return (datetime.combine(date(2000, 1, 1), clock) + length % timedelta(days=1)).timetz()


def between_times(end: time, start: time) -> timedelta:
    """How long it is from one time of a day to another."""
    day = date(2000, 1, 1)
    return datetime.combine(day, end) - datetime.combine(day, start)


def between_moments(end: date, start: date) -> timedelta:
    """How long it is from one instant to another; a date is its midnight."""
    first, last = _moment(start, end), _moment(end, start)
    return last - first


def _moment(day: date, other: date) -> datetime:
    if isinstance(day, datetime):
        return day
    aware = isinstance(other, datetime) and other.tzinfo is not None
    return datetime.combine(day, time(), tzinfo=UTC if aware else None)


def times(length: timedelta, number: Decimal) -> timedelta:
    """A duration so many times."""
    return timedelta(microseconds=int(NUMBERS.multiply(Decimal(length // MICROSECOND), number)))


def divided(length: timedelta, number: Decimal) -> timedelta:
    """One part of a duration."""
    return timedelta(microseconds=int(NUMBERS.divide(Decimal(length // MICROSECOND), number)))


def _ratio(left: timedelta, right: timedelta) -> Decimal:
    return NUMBERS.divide(Decimal(left // MICROSECOND), Decimal(right // MICROSECOND))


def _months(count: Decimal) -> Months:
    return Months(int(count))


#: What can be done with which kinds: (sign, left, right).
OPERATIONS: dict[tuple[str, type, type], Operation] = {
    ("+", Decimal, Decimal): NUMBERS.add,
    ("-", Decimal, Decimal): NUMBERS.subtract,
    ("*", Decimal, Decimal): NUMBERS.multiply,
    ("/", Decimal, Decimal): NUMBERS.divide,
    ("**", Decimal, Decimal): NUMBERS.power,
    ("+", str, str): lambda left, right: left + right,
    ("-", date, date): between_moments,
    ("-", datetime, datetime): between_moments,
    ("-", datetime, date): between_moments,
    ("-", date, datetime): between_moments,
    ("-", time, time): between_times,
    ("+", date, timedelta): plus_days,
    ("-", date, timedelta): lambda day, length: plus_days(day, -length),
    ("+", timedelta, date): lambda length, day: plus_days(day, length),
    ("+", datetime, timedelta): lambda moment, length: moment + length,
    ("-", datetime, timedelta): lambda moment, length: moment - length,
    ("+", timedelta, datetime): lambda length, moment: moment + length,
    ("+", time, timedelta): plus_time,
    ("-", time, timedelta): lambda clock, length: plus_time(clock, -length),
    ("+", timedelta, time): lambda length, clock: plus_time(clock, length),
    ("+", timedelta, timedelta): lambda left, right: left + right,
    ("-", timedelta, timedelta): lambda left, right: left - right,
    ("*", timedelta, Decimal): times,
    ("*", Decimal, timedelta): lambda number, length: times(length, number),
    ("/", timedelta, Decimal): divided,
    ("/", timedelta, timedelta): _ratio,
    ("+", Months, Months): lambda left, right: Months(left.months + right.months),
    ("-", Months, Months): lambda left, right: Months(left.months - right.months),
    ("*", Months, Decimal): lambda length, number: _months(length.months * number),
    ("*", Decimal, Months): lambda number, length: _months(length.months * number),
    ("/", Months, Decimal): lambda length, number: _months(length.months / number),
    ("/", Months, Months): lambda left, right: NUMBERS.divide(
        Decimal(left.months), Decimal(right.months)
    ),
    ("+", date, Months): plus_months,
    ("-", date, Months): lambda day, length: plus_months(day, Months(-length.months)),
    ("+", Months, date): lambda length, day: plus_months(day, length),
    ("+", datetime, Months): plus_months,
    ("-", datetime, Months): lambda day, length: plus_months(day, Months(-length.months)),
    ("+", Months, datetime): lambda length, day: plus_months(day, length),
}
