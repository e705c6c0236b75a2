"""Values on their way in and out: JSON outside, FEEL inside."""

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from typing import Any

from workflows.decisions import moments
from workflows.decisions.kinds import Kind
from workflows.decisions.running import TooMuch
from workflows.decisions.texts import written
from workflows.decisions.values import NUMBERS, Months, NoValue, is_whole, weight

#: Numbers beyond this are no amounts, no days and no areas.
MAX_NUMBER = Decimal(10) ** 18
#: How a text is read where a date or the like is asked for.
READ = {
    "date": moments.read_date,
    "time": moments.read_time,
    "date and time": moments.read_moment,
    "days and time duration": moments.read_duration,
    "years and months duration": moments.read_duration,
    "duration": moments.read_duration,
}


def taken(value: Any, kind: Kind) -> Any:
    """A value from outside as a value of this kind; raises NoValue when it is none, TooMuch."""
    weight(value)
    inside = _inside(value, kind)
    if not kind.admits(inside):
        raise NoValue
    return inside


def _inside(value: Any, kind: Kind) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _read(value, kind)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, list | tuple):
        member = kind.member or (kind if kind.name != "list" else ANYTHING)
        return [_inside(one, member) for one in value]
    if isinstance(value, dict):
        parts = dict(kind.parts)
        return {str(name): _inside(one, parts.get(name, ANYTHING)) for name, one in value.items()}
    if isinstance(value, date | time | datetime | timedelta | Months):
        return value
    raise NoValue


ANYTHING = Kind("Any")


def _read(text: str, kind: Kind) -> Any:
    read = READ.get(kind.name)
    if read is None:
        return text
    try:
        return read(text)
    except (ValueError, OverflowError):
        raise NoValue from None


def _number(value: int | float | Decimal) -> Decimal:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NoValue
        value = Decimal(repr(value))
    try:
        return NUMBERS.create_decimal(value)
    except (DecimalException, ValueError):
        raise NoValue from None


def given(value: Any) -> Any:
    """A value as JSON has it; dates, durations, ranges and functions as text.  Raises TooMuch."""
    weight(value)
    return _outside(value)


def _plain(number: Decimal) -> int | float:
    if not -MAX_NUMBER < number < MAX_NUMBER:
        raise TooMuch
    return int(number) if is_whole(number) else float(number)


def _outside(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, list):
        return [_outside(one) for one in value]
    if isinstance(value, dict):
        return {name: _outside(one) for name, one in value.items()}
    return written(value)
