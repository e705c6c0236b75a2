"""Tests of a cell, what a value must be like for a rule to match: ``>= 18``, ``"甲", "乙"``, ``-``.

The value that is tested goes by the name ``?``.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workflows.decisions.logic import COMPARISONS
from workflows.decisions.running import Evaluate, Scope
from workflows.decisions.syntax import Fixed, Literal, Node
from workflows.decisions.values import Range, equal, weight

VALUE = "?"


@dataclass(frozen=True, slots=True)
class Anything(Node):
    """The test that everything passes: ``-``."""

    def compile(self) -> Evaluate:
        return lambda scope: True


@dataclass(frozen=True, slots=True)
class Bound(Node):
    """A comparison with one side: ``< 5``."""

    sign: str
    bound: Node

    def compile(self) -> Evaluate:
        act, bound = COMPARISONS[self.sign], self.bound.compile()
        if isinstance(bound, Fixed):
            value = bound.value
            return lambda scope: act(scope.names[VALUE], value)
        return lambda scope: act(scope.names[VALUE], bound(scope))


@dataclass(frozen=True, slots=True)
class OpenRange(Node):
    """A range that is open to one side, as a value: ``(< 5)``."""

    sign: str
    bound: Node

    def compile(self) -> Evaluate:
        sign, bound = self.sign, self.bound.compile()

        def open_range(scope: Scope) -> Range | None:
            value = bound(scope)
            if value is None:
                return None
            if sign == "=":
                return Range(value, value)
            included = sign.endswith("=")
            if sign.startswith("<"):
                return Range(None, value, False, included)
            return Range(value, None, included, False)

        return open_range


@dataclass(frozen=True, slots=True)
class Matches(Node):
    """A value, list or range to be met, or, when ``asked``, a condition about ``?`` itself."""

    of: Node
    asked: bool = False

    def compile(self) -> Evaluate:
        of, asked = self.of.compile(), self.asked
        literal = isinstance(self.of, Literal)
        if isinstance(of, Fixed) and isinstance(of.value, Range):
            return lambda scope: of.value.holds(scope.names[VALUE])
        if isinstance(of, Fixed) and isinstance(of.value, str | Decimal):
            return lambda scope: equal(scope.names[VALUE], of.value)

        def matches(scope: Scope) -> bool | None:
            wanted = of(scope)
            if asked:
                return wanted if isinstance(wanted, bool) else None
            value = scope.names[VALUE]
            if isinstance(wanted, bool) and not literal and not isinstance(value, bool):
                return wanted
            return meets(value, wanted, scope)

        return matches


def meets(value: Any, wanted: Any, scope: Scope) -> bool | None:
    """Whether a value is the one that is wanted, or one of them, or lies in the range."""
    if isinstance(wanted, Range):
        return wanted.holds(value)
    if not isinstance(wanted, list):
        return equal(value, wanted)
    scope.run.spend(1 + weight(wanted))
    if isinstance(value, list) and equal(value, wanted):
        return True
    inside = (one.holds(value) if isinstance(one, Range) else equal(value, one) for one in wanted)
    return any(found is True for found in inside)


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    """Tests of which one must hold: ``"甲", "乙"``."""

    tests: tuple[Node, ...]

    def compile(self) -> Evaluate:
        tests = [test.compile() for test in self.tests]

        def one_of(scope: Scope) -> bool | None:
            found: bool | None = False
            for test in tests:
                holds = test(scope)
                if holds is True:
                    return True
                found = found if holds is False else None
            return found

        return one_of


@dataclass(frozen=True, slots=True)
class NoneOf(Node):
    """Tests of which none may hold: ``not("甲", "乙")``."""

    tests: Node

    def compile(self) -> Evaluate:
        tests = self.tests.compile()

        def none_of(scope: Scope) -> bool | None:
            found = tests(scope)
            return None if found is None else not found

        return none_of


@dataclass(frozen=True, slots=True)
class In(Node):
    """A value held against tests: ``a in [1..5]``, ``a in (< 5, 7)``."""

    value: Node
    tests: Node

    def compile(self) -> Evaluate:
        value, tests = self.value.compile(), self.tests.compile()
        return lambda scope: tests(scope.inner({VALUE: value(scope)}))
