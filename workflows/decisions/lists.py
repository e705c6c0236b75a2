"""The functions of lists and contexts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from workflows.decisions.arithmetic import calculate
from workflows.decisions.running import Run, TooMuch
from workflows.decisions.values import (
    NUMBERS,
    Function,
    Months,
    NoValue,
    before,
    equal,
    members,
    want,
    whole,
)

#: How many members that are no plain values are told apart from one another.
MAX_APART = 300


def spread(*given: Any) -> list[Any]:
    """Values given one by one, or as one list."""
    return members(given[0]) if len(given) == 1 else list(given)


def _extreme(sign: int) -> Callable[..., Any]:
    def act(*given: Any) -> Any:
        found, *others = spread(*given) or [None]
        for one in others:
            earlier = before(one, found) if sign < 0 else before(found, one)
            if earlier is None:
                raise NoValue
            found = one if earlier else found
        return found if before(found, found, True) is not None else None

    return act


def total(*given: Any) -> Any:
    """Everything added up: numbers, or durations."""
    first, *others = spread(*given) or [None]
    if not isinstance(first, Decimal | timedelta | Months):
        raise NoValue
    for one in others:
        first = calculate("+", first, one)
    return first


def product(*given: Any) -> Decimal:
    """Everything multiplied."""
    numbers = _numbers(given)
    made = Decimal(1)
    for number in numbers:
        made = NUMBERS.multiply(made, number)
    return made


def mean(*given: Any) -> Any:
    """The average."""
    return calculate("/", total(*given), Decimal(len(spread(*given))))


def median(*given: Any) -> Decimal | None:
    """The one in the middle; between two, their average."""
    if not spread(*given):
        return None
    numbers = sorted(_numbers(given))
    half = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[half]
    return NUMBERS.divide(NUMBERS.add(numbers[half - 1], numbers[half]), Decimal(2))


def deviation(*given: Any) -> Decimal:
    """The standard deviation of a sample."""
    numbers = _numbers(given)
    if len(numbers) < 2:
        raise NoValue
    middle = mean(numbers)
    squares = [NUMBERS.power(NUMBERS.subtract(one, middle), Decimal(2)) for one in numbers]
    return NUMBERS.sqrt(NUMBERS.divide(total(squares), Decimal(len(numbers) - 1)))


def mode(*given: Any) -> list[Decimal]:
    """The numbers that come most often, the smallest first."""
    if given == ([],):
        return []
    counts: dict[Decimal, int] = {}
    for number in _numbers(given):
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values())
    return sorted(number for number, count in counts.items() if count == most)


def _numbers(given: tuple[Any, ...]) -> list[Decimal]:
    found = spread(*given)
    if not found or not all(isinstance(one, Decimal) for one in found):
        raise NoValue
    return found


def every(*given: Any) -> bool | None:
    """Whether all are true."""
    found = spread(*given)
    if any(one is False for one in found):
        return False
    return True if all(one is True for one in found) else None


def some(*given: Any) -> bool | None:
    """Whether one is true."""
    found = spread(*given)
    if any(one is True for one in found):
        return True
    return False if all(one is False for one in found) else None


def _index(of: list[Any], place: Any) -> int:
    """A place from 1, or from -1 backwards, as an index."""
    number = whole(place)
    if not 0 < abs(number) <= len(of):
        raise NoValue
    return number - 1 if number > 0 else len(of) + number


def sublist(of: Any, start: Any, length: Any = None) -> list[Any]:
    """Members from a place on."""
    found = members(of)
    first = _index(found, start)
    if length is None:
        return found[first:]
    count = whole(length)
    if count < 0 or first + count > len(found):
        raise NoValue
    return found[first : first + count]


def insert(of: Any, place: Any, item: Any) -> list[Any]:
    """A list with one more member before a place."""
    found = members(of)
    at = _index(found, place)
    return [*found[:at], item, *found[at:]]


def without(of: Any, place: Any) -> list[Any]:
    """A list without the member at a place."""
    found = members(of)
    at = _index(found, place)
    return [*found[:at], *found[at + 1 :]]


def replaced(run: Run, of: Any, where: Any, item: Any) -> list[Any]:
    """A list with another member at a place, or wherever a function says so."""
    found = members(of)
    if isinstance(where, Function):
        return [item if where(run, one, item) is True else one for one in found]
    at = _index(found, where)
    return [*found[:at], item, *found[at + 1 :]]


def distinct(*given: Any) -> list[Any]:
    """Members of lists, each only once."""
    kept: list[Any] = []
    plain: set[Any] = set()
    other: list[Any] = []
    for one in (one for of in given for one in members(of)):
        if isinstance(one, str | Decimal | bool):
            if (type(one), one) in plain:
                continue
            plain.add((type(one), one))
        elif any(equal(one, known) is True for known in other):
            continue
        else:
            other.append(one)
            if len(other) > MAX_APART:
                raise TooMuch
        kept.append(one)
    return kept


def flat(of: Any) -> list[Any]:
    """A list without lists in it."""
    return list(_leaves(members(of)))


def _leaves(of: list[Any]) -> Iterator[Any]:
    for one in of:
        if isinstance(one, list):
            yield from _leaves(one)
        else:
            yield one


def joined(*given: Any) -> list[Any]:
    """Lists one after another."""
    return [one for of in given for one in members(of)]


def indexes(of: Any, item: Any) -> list[Decimal]:
    """The places of a value in a list, from 1."""
    return [Decimal(at) for at, one in enumerate(members(of), 1) if equal(one, item) is True]


def contains(of: Any, item: Any) -> bool:
    """Whether a value is in a list."""
    return any(equal(one, item) is True for one in members(of))


def ordered(run: Run, of: Any, precedes: Any = None) -> list[Any]:
    """A list in order, by a function that says whether one comes before another."""
    found = members(of)
    if precedes is None:
        if any(before(one, found[0], True) is None for one in found):
            raise NoValue
        return sorted(found, key=cmp_to_key(lambda a, b: -1 if before(a, b) else 1))
    function = want(precedes, Function)
    run.spend(len(found))

    def compare(one: Any, other: Any) -> int:
        return -1 if function(run, one, other) is True else 1

    return sorted(found, key=cmp_to_key(compare))


TABLE: dict[str, tuple[str, Callable[..., Any]]] = {
    "list contains": ("list, element", contains),
    "count": ("list", lambda of: Decimal(len(members(of)))),
    "min": ("list*", _extreme(-1)),
    "max": ("list*", _extreme(1)),
    "sum": ("list*", total),
    "product": ("list*", product),
    "mean": ("list*", mean),
    "median": ("list*", median),
    "stddev": ("list*", deviation),
    "mode": ("list*", mode),
    "all": ("list*", every),
    "and": ("list*", every),
    "any": ("list*", some),
    "or": ("list*", some),
    "sublist": ("list, start position | list, start position, length", sublist),
    "append": ("list, item*", lambda of, *items: [*members(of), *items]),
    "concatenate": ("list*", joined),
    "insert before": ("list, position, newItem", insert),
    "remove": ("list, position", without),
    "reverse": ("list", lambda of: members(of)[::-1]),
    "index of": ("list, match", indexes),
    "union": ("list*", distinct),
    "distinct values": ("list", distinct),
    "flatten": ("list", flat),
}
#: Those that call functions.
RUNNING: dict[str, tuple[str, Callable[..., Any]]] = {
    "sort": ("list | list, precedes", ordered),
    "list replace": ("list, position, newItem | list, match, newItem", replaced),
}
