"""The functions of ranges: how two ranges, or a point and a range, lie to each other."""

from collections.abc import Callable
from typing import Any

from workflows.decisions.values import NoValue, Range, before, equal

Relation = Callable[[Range, Range], bool]


def _range(value: Any) -> Range:
    """A range, or a point as the range that holds nothing else."""
    found = value if isinstance(value, Range) else Range(value, value)
    if before(found.low, found.high, True) is None:
        raise NoValue
    return found


def _less(one: Any, other: Any) -> bool:
    found = before(one, other)
    if found is None:
        raise NoValue
    return found


def _ends_before(a: Range, b: Range) -> bool:
    if equal(a.high, b.low) is True:
        return not (a.high_included and b.low_included)
    return _less(a.high, b.low)


def _meets(a: Range, b: Range) -> bool:
    return a.high_included and b.low_included and equal(a.high, b.low) is True


def _starts_first(a: Range, b: Range) -> bool:
    """Whether a reaches at least as far down as b."""
    if equal(a.low, b.low) is True:
        return a.low_included or not b.low_included
    return _less(a.low, b.low)


def _ends_last(a: Range, b: Range) -> bool:
    """Whether a reaches at least as far up as b."""
    if equal(a.high, b.high) is True:
        return a.high_included or not b.high_included
    return _less(b.high, a.high)


def _includes(a: Range, b: Range) -> bool:
    return _starts_first(a, b) and _ends_last(a, b)


def _overlap(a: Range, b: Range) -> bool:
    return not _ends_before(a, b) and not _ends_before(b, a)


def _overlaps_before(a: Range, b: Range) -> bool:
    return _overlap(a, b) and not _starts_first(b, a) and not _beyond(a, b)


def _beyond(a: Range, b: Range) -> bool:
    return not _ends_last(b, a)


def _same_low(a: Range, b: Range) -> bool:
    return equal(a.low, b.low) is True and a.low_included == b.low_included


def _same_high(a: Range, b: Range) -> bool:
    return equal(a.high, b.high) is True and a.high_included == b.high_included


def _starts(a: Range, b: Range) -> bool:
    return _same_low(a, b) and _ends_last(b, a)


def _finishes(a: Range, b: Range) -> bool:
    return _same_high(a, b) and _starts_first(b, a)


def _coincides(a: Range, b: Range) -> bool:
    return _same_low(a, b) and _same_high(a, b)


def _between(relation: Relation) -> Callable[[Any, Any], bool]:
    return lambda one, other: relation(_range(one), _range(other))


def _turned(relation: Relation) -> Callable[[Any, Any], bool]:
    return lambda one, other: relation(_range(other), _range(one))


PAIRS: dict[str, Callable[[Any, Any], bool]] = {
    "before": _between(_ends_before),
    "after": _turned(_ends_before),
    "meets": _between(_meets),
    "met by": _turned(_meets),
    "overlaps": _between(_overlap),
    "overlaps before": _between(_overlaps_before),
    "overlaps after": _turned(_overlaps_before),
    "includes": _between(_includes),
    "during": _turned(_includes),
    "starts": _between(_starts),
    "started by": _turned(_starts),
    "finishes": _between(_finishes),
    "finished by": _turned(_finishes),
    "coincides": _between(_coincides),
}
TABLE: dict[str, tuple[str, Callable[..., Any]]] = {
    name: ("range1, range2 | point, range | range, point | point1, point2", act)
    for name, act in PAIRS.items()
}
