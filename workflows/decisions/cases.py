"""The cases a column of a table tells apart, so that rules can be compared without any values.

A column whose cells hold plain values falls into few cases: every value that is named, and what
lies between two of them.  A cell holds for some of these and is kept as a set of bits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from workflows.decisions.logic import Both, Compare, Either
from workflows.decisions.running import Evaluate, Run, Scope
from workflows.decisions.syntax import Fixed, Interval, ListOf, Name, Node
from workflows.decisions.texts import written
from workflows.decisions.unary import VALUE, Anything, Bound, In, Matches, NoneOf, OneOf

MAX_CASES = 200
BETWEEN = (Decimal, date, datetime, timedelta)
PLAIN = (*BETWEEN, str, bool)


class Undecidable(Exception):
    """A cell that asks for more than plain values."""


@dataclass(frozen=True, slots=True)
class Case:
    """One value that stands for all that a column does not tell apart from it.

    With ``named`` it stands for itself alone; else for what lies between its neighbours.
    """

    value: Any
    named: bool


def named(node: Node) -> Iterator[Any]:
    """The values a test names; raises Undecidable."""
    match node:
        case Anything():
            return
        case OneOf(tests) | Both(tests) | Either(tests):
            for one in tests:
                yield from named(one)
        case NoneOf(inner) | In(Name("?"), inner) | Matches(inner, True):
            yield from named(inner)
        case Bound(_, bound) | Compare(_, Name("?"), bound) | Compare(_, bound, Name("?")):
            yield constant(bound)
        case Matches(inner, False):
            yield from map(constant, _met(inner))
        case _:
            raise Undecidable


def _met(node: Node) -> tuple[Node, ...]:
    """The parts of a value, a list or an interval that is to be met."""
    match node:
        case Interval(low, high):
            return (low, high)
        case ListOf(members):
            return members
    return (node,)


def constant(node: Node) -> Any:
    """The value of a part that needs no variables; raises Undecidable."""
    made = node.compile()
    if not isinstance(made, Fixed) or not isinstance(made.value, PLAIN):
        raise Undecidable
    return made.value


def cases(values: list[Any]) -> list[Case]:
    """The cases of a column in whose cells these values are named, in order."""
    kinds = {type(value) for value in values}
    if len(kinds) > 1 or len(set(values)) > MAX_CASES:
        raise Undecidable
    if not values:
        return [Case(None, False)]
    if kinds == {bool}:
        return [Case(False, True), Case(True, True)]
    found = sorted(set(values))
    if kinds == {str}:
        return [Case(value, True) for value in found]
    return list(_with_between(found))


def _with_between(found: list[Any]) -> Iterator[Case]:
    """Every value, and one before, one after, and one between each two."""
    step: Any = Decimal(1) if isinstance(found[0], Decimal) else timedelta(days=1)
    if isinstance(found[0], date) and found[0] > type(found[0]).min + step:
        yield Case(found[0] - step, False)
    elif not isinstance(found[0], date):
        yield Case(found[0] - step, False)
    for value, following in zip(found, [*found[1:], None], strict=True):
        yield Case(value, True)
        if following is None:
            yield Case(value + step, False)
        elif (middle := value + (following - value) / 2) not in (value, following):
            yield Case(middle, False)


def holds(test: Evaluate, among: list[Case]) -> int:
    """For which cases a test holds, one bit each."""
    found, scope = 0, Scope({}, Run())
    for at, case in enumerate(among):
        scope.names[VALUE] = case.value
        if test(scope) is True:
            found |= 1 << at
    return found


def told(label: str, among: list[Case], bits: int) -> str:
    """The first cases of these that lie together, as a test of a cell."""
    first = (bits & -bits).bit_length() - 1
    last = first
    while bits >> (last + 1) & 1 and not isinstance(among[first].value, str | bool):
        last += 1
    low, high = among[first], among[last]
    if low.value is None:
        return label
    if first == last and low.named:
        return f"{label} {_cell(low.value)}"
    if first == 0 and not low.named:
        sign = "<=" if high.named else "<"
        bound = high if high.named else among[min(last + 1, len(among) - 1)]
        return f"{label} {sign} {_cell(bound.value)}" if last < len(among) - 1 else f"{label} -"
    if last == len(among) - 1 and not high.named:
        bound = low if low.named else among[first - 1]
        return f"{label} {'>=' if low.named else '>'} {_cell(bound.value)}"
    below = low if low.named else among[first - 1]
    above = high if high.named else among[last + 1]
    opening, closing = "[" if low.named else "(", "]" if high.named else ")"
    return f"{label} {opening}{_cell(below.value)}..{_cell(above.value)}{closing}"


def _cell(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else written(value) or ""
