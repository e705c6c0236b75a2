"""What a parsed expression is made of; each part knows how to turn itself into a closure.

A closure takes a `Scope` and gives a value.  What cannot be computed is null.
"""

from dataclasses import dataclass
from typing import Any

from workflows.decisions import moments
from workflows.decisions.arithmetic import calculate, negative
from workflows.decisions.kinds import Kind
from workflows.decisions.running import Evaluate, Run, Scope, TooMuch
from workflows.decisions.values import (
    MAX_SIZE,
    Function,
    Range,
    before,
    single,
    weight,
)


class Node:
    """A part of an expression."""

    def compile(self) -> Evaluate:
        """The closure that evaluates it."""
        raise NotImplementedError


class Fixed:
    """A closure whose value is known before anything is evaluated."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self, scope: Scope) -> Any:
        return self.value


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value that is written down, or a function that is built in."""

    value: Any

    def compile(self) -> Evaluate:
        return Fixed(self.value)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable."""

    name: str

    def compile(self) -> Evaluate:
        name = self.name
        return lambda scope: scope.names.get(name)


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A member of a context, of every context of a list, or a part of a date: ``人.年龄``."""

    of: Node
    member: str

    def compile(self) -> Evaluate:
        of, member = self.of.compile(), self.member
        return lambda scope: member_of(of(scope), member, scope)


def member_of(value: Any, name: str, scope: Scope) -> Any:
    """A member by its name; null when there is none."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        scope.run.spend(len(value))
        return [member_of(one, name, scope) for one in value]
    if isinstance(value, Range):
        return getattr(value, RANGE_PARTS.get(name, ""), None)
    if value is None or isinstance(value, str | bool | Function):
        return None
    return moments.part(value, name)


RANGE_PARTS = {
    "start": "low",
    "end": "high",
    "start included": "low_included",
    "end included": "high_included",
}


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operations of one rank, from left to right: ``a + b - c``."""

    first: Node
    rest: tuple[tuple[str, Node], ...]

    def compile(self) -> Evaluate:
        first = self.first.compile()
        rest = [(sign, operand.compile()) for sign, operand in self.rest]

        def chain(scope: Scope) -> Any:
            value = first(scope)
            for sign, operand in rest:
                value = calculate(sign, value, operand(scope))
                if isinstance(value, str):
                    scope.run.spend(1 + weight(value))
            return value

        return chain


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """Below zero: ``-a``."""

    of: Node

    def compile(self) -> Evaluate:
        of = self.of.compile()
        return lambda scope: negative(of(scope))


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """Members in order: ``[1, 2, 3]``."""

    members: tuple[Node, ...]

    def compile(self) -> Evaluate:
        members = [member.compile() for member in self.members]
        if len(members) > MAX_SIZE:
            raise TooMuch

        def listed(scope: Scope) -> list[Any]:
            made = [member(scope) for member in members]
            scope.run.spend(1 + weight(made))
            return made

        return listed


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """From one value to another: ``[1..5]``, ``(1..5]``; an end that is not given is open."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool

    def compile(self) -> Evaluate:
        low, high = self.low.compile(), self.high.compile()
        sides = (self.low_included, self.high_included)
        if isinstance(low, Fixed) and isinstance(high, Fixed):
            return Fixed(bounded(low.value, high.value, *sides))

        def interval(scope: Scope) -> Range | None:
            return bounded(low(scope), high(scope), *sides)

        return interval


def bounded(low: Any, high: Any, low_included: bool, high_included: bool) -> Range | None:
    """A range between two values of one kind that has an order; null otherwise."""
    if low is None or high is None or before(low, high, True) is None:
        return None
    return Range(low, high, low_included, high_included)


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """Whether a value is of a kind: ``a instance of number``."""

    of: Node
    kind: Kind

    def compile(self) -> Evaluate:
        of, kind = self.of.compile(), self.kind

        def instance(scope: Scope) -> bool:
            value = of(scope)
            scope.run.spend(weight(value))
            return value is not None and kind.admits(value)

        return instance


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function called with values by their place, or by their names."""

    function: Node
    values: tuple[Node, ...]
    names: tuple[str, ...] = ()

    def compile(self) -> Evaluate:
        function, names = self.function.compile(), self.names
        values = [value.compile() for value in self.values]

        def call(scope: Scope) -> Any:
            called = single(function(scope))
            if not isinstance(called, Function):
                return None
            given = [value(scope) for value in values]
            if names:
                order = called.signature(set(names))
                if order is None:
                    return None
                named = dict(zip(names, given, strict=True))
                given = [named[name] for name in order]
            return called(scope.run, *given) if called.takes(len(given)) else None

        if all(isinstance(one, Fixed) for one in (function, *values)):
            return Fixed(call(Scope({}, Run())))
        return call
