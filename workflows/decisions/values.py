"""The values of FEEL: numbers are decimals, a list is a list, a context a dict, null is None.

Two values are compared only when they are of one kind; otherwise the answer is null.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Any, TypeVar

from workflows.decisions.running import Run, TooMuch

T = TypeVar("T")

#: Decimals of 34 digits, as IEEE 754 decimal128 has them.
NUMBERS = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)  # fmt: skip
#: The most a value may hold: members of lists and contexts, and texts by 16 characters.
MAX_SIZE = 20_000
MAX_NESTED = 40
MAX_COUNT = 10**9


class NoValue(Exception):
    """What cannot be computed: null, to FEEL."""


@dataclass(frozen=True, slots=True)
class Months:
    """A duration of years and months."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; an end of None is open to that side (``< 5``)."""

    low: Any
    high: Any
    low_included: bool = True
    high_included: bool = True

    def holds(self, value: Any) -> bool | None:
        """Whether a value lies in it."""
        above: bool | None = True
        if self.low is not None:
            above = before(self.low, value, self.low_included)
        below: bool | None = True
        if self.high is not None:
            below = before(value, self.high, self.high_included)
        return both(above, below)


@dataclass(frozen=True, slots=True)
class Function:
    """Something that can be called: built in, or written in a decision file.

    ``signatures`` are the lists of parameters it may be called with; with ``endless`` the last
    parameter may be given any number of times.
    """

    name: str
    signatures: tuple[tuple[str, ...], ...]
    act: Callable[..., Any]
    endless: bool = False

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        counts = [len(signature) for signature in self.signatures]
        return count in counts or (self.endless and count >= min(counts))

    def signature(self, names: set[str]) -> tuple[str, ...] | None:
        """The parameters, when these are the names of all of one list of them."""
        return next((one for one in self.signatures if set(one) == names), None)

    def __call__(self, run: Run, *given: Any) -> Any:
        run.spend(1 + sum(map(weight, given)))
        try:
            made = self.act(run, *given)
        except (NoValue, ArithmeticError, ValueError, TypeError):
            return None
        weight(made)
        return made


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    Months: "years and months duration",
    Range: "range",
    Function: "function",
}
ORDERED = frozenset({Decimal, str, date, time, datetime, timedelta})


def weight(value: Any) -> int:
    """How much a value holds, with all that is in it; raises TooMuch."""
    if not isinstance(value, str | list | dict):
        return 0
    if isinstance(value, str):
        total, level = len(value) // 16, []
    else:
        total, level = 0, [value]
    for _ in range(MAX_NESTED):
        if total > MAX_SIZE:
            break
        if not level:
            return total
        inside: list[Any] = []
        for one in level:
            parts = one.values() if isinstance(one, dict) else one
            total += len(one) + sum(len(part) // 16 for part in parts if isinstance(part, str))
            inside.extend(part for part in parts if isinstance(part, list | dict))
            if total > MAX_SIZE:
                break
        level = inside
    raise TooMuch


def both(left: Any, right: Any) -> bool | None:
    """Logical and of true, false and null (whatever is neither true nor false)."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def equal(left: Any, right: Any) -> bool | None:
    """Whether two values are the same; null when they are of different kinds."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return None
    if isinstance(left, list | dict):
        return _equal_inside(left, right)
    return left is right if isinstance(left, Function) else bool(left == right)


def _equal_inside(left: Any, right: Any) -> bool | None:
    if len(left) != len(right):
        return False
    if isinstance(left, list):
        return _all_equal(zip(left, right, strict=True))
    if left.keys() != right.keys():
        return False
    return _all_equal((value, right[key]) for key, value in left.items())


def _all_equal(pairs: Any) -> bool | None:
    found: bool | None = True
    for left, right in pairs:
        found = both(found, equal(left, right))
        if found is False:
            return False
    return found


def before(left: Any, right: Any, or_equal: bool = False) -> bool | None:
    """Whether a value comes before another one; null when they cannot be put in order."""
    if type(left) is not type(right):
        return None
    if type(left) not in ORDERED:
        if not isinstance(left, Months):
            return None
        left, right = left.months, right.months
    try:
        return bool(left <= right if or_equal else left < right)
    except TypeError:  # a time of one place, and one of no place
        return None


def want(value: Any, kind: type[T]) -> T:
    """A value that must be of one kind, perhaps alone in a list; raises NoValue."""
    if type(value) is not kind:
        value = single(value)
    if type(value) is not kind:
        raise NoValue
    return value


def members(value: Any) -> list[Any]:
    """The members of a list; a value that is none stands for a list of itself."""
    if value is None:
        raise NoValue
    return value if isinstance(value, list) else [value]


def is_whole(number: Decimal) -> bool:
    """Whether a number has nothing behind the point."""
    return number == number.to_integral_value()


def whole(value: Any) -> int:
    """A whole number of a size that can be counted to; raises NoValue."""
    number = want(value, Decimal)
    if not -MAX_COUNT <= number <= MAX_COUNT or not is_whole(number):
        raise NoValue
    return int(number)


def single(value: Any) -> Any:
    """A value, taken out of a list that holds nothing else."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value
