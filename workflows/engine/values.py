"""What expressions compute with: numbers, texts and lists, all of a bounded size."""

import operator
from ast import Add, Div, Eq, Gt, GtE, In, Lt, LtE, Mult, NotEq, NotIn, Sub, cmpop
from ast import operator as operation
from collections.abc import Callable
from typing import Any

MAX_NUMBER = 10**15
#: The most a script may put into one variable: list members and characters, lists in lists.
MAX_SIZE = 20_000
MAX_NESTED = 20

COMPARE: dict[type[cmpop], Callable[[Any, Any], Any]] = {
    Eq: operator.eq,
    NotEq: operator.ne,
    Lt: operator.lt,
    LtE: operator.le,
    Gt: operator.gt,
    GtE: operator.ge,
    In: lambda item, group: item in group,
    NotIn: lambda item, group: item not in group,
}
ARITHMETIC: dict[type[operation], Callable[[Any, Any], Any]] = {
    Add: operator.add,
    Sub: operator.sub,
    Mult: operator.mul,
    Div: operator.truediv,
}


def number(value: Any) -> int | float:
    """A number of a size that stays cheap to compute with; not infinite, not undefined."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not -MAX_NUMBER <= value <= MAX_NUMBER:
        raise OverflowError
    return value


def _members(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _length(value: Any) -> int:
    return len(value if isinstance(value, str) else _members(value))


def fits(value: Any) -> bool:
    """Whether a value is small enough to be kept: a list in itself counts as often as it stands."""
    left, level = MAX_SIZE, [value]
    for _ in range(MAX_NESTED):
        inside: list[Any] = []
        for one in level:
            parts = one.values() if isinstance(one, dict) else one
            left -= 1 + (len(one) if isinstance(one, str | list | dict) else 0)
            if left < 0:
                return False
            if isinstance(one, list | dict):
                inside.extend(parts)
        if not (level := inside):
            return True
    return False


#: Each function: how many arguments it takes, and what it does.
FUNCTIONS: dict[str, tuple[int, Callable[..., Any]]] = {
    "len": (1, _length),
    "count": (2, lambda group, item: _members(group).count(item)),
    "sum": (1, lambda group: number(sum(map(number, _members(group))))),
    "min": (1, lambda group: min(map(number, _members(group)))),
    "max": (1, lambda group: max(map(number, _members(group)))),
    "any": (1, lambda group: any(_members(group))),
    "all": (1, lambda group: all(_members(group))),
}
