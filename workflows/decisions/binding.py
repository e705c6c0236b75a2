"""Parts of an expression that give names to values: contexts, loops, filters, functions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from workflows.decisions.running import Evaluate, Run, Scope, TooMuch
from workflows.decisions.syntax import Node
from workflows.decisions.values import Function, Range, both, is_whole, weight

#: How deep functions may call functions.
MAX_CALLS = 40


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """Named values, each of which sees those before it: ``{a: 1, b: a + 1}``.

    In a boxed context an entry without a name is the result.
    """

    entries: tuple[tuple[str, Node], ...]

    def compile(self) -> Evaluate:
        entries = [(name, node.compile()) for name, node in self.entries]

        def context(scope: Scope) -> Any:
            inside = scope.inner({})
            made: dict[str, Any] = {}
            for name, evaluate in entries:
                value = evaluate(inside)
                if not name:
                    return value
                made[name] = inside.names[name] = value
            scope.run.spend(1 + weight(made))
            return made

        return context


@dataclass(frozen=True, slots=True)
class Over(Node):
    """What a loop runs over: the members of a list, or the numbers or days from one to another."""

    low: Node
    high: Node | None = None

    def compile(self) -> Evaluate:
        low, high = self.low.compile(), self.high.compile() if self.high else None

        def over(scope: Scope) -> Any:
            first = low(scope)
            if high is None:
                return _members(first)
            return _between(first, high(scope))

        return over


def _members(value: Any) -> Any:
    if isinstance(value, Range):
        if not (value.low_included and value.high_included):
            return None
        return _between(value.low, value.high)
    if value is None or isinstance(value, list):
        return value
    return [value]


def _between(low: Any, high: Any) -> Iterator[Any] | None:
    """From one whole number or day to another, upwards or downwards; null for anything else."""
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        if not (is_whole(low) and is_whole(high)):
            return None
        step: Any = Decimal(1) if low <= high else Decimal(-1)
    elif type(low) is date and type(high) is date:
        step = timedelta(days=1 if low <= high else -1)
    else:
        return None
    return _steps(low, high, step)


def _steps(one: Any, last: Any, step: Any) -> Iterator[Any]:
    while one != last:
        yield one
        one += step
    yield last


@dataclass(frozen=True, slots=True)
class For(Node):
    """A list made member by member: ``for x in 1..3, y in list return x * y``.

    With ``partial`` each turn sees what was made before it, by that name.
    """

    loops: tuple[tuple[str, Node], ...]
    result: Node
    partial: bool = False

    def compile(self) -> Evaluate:
        loops = [(name, over.compile()) for name, over in self.loops]
        result, partial = self.result.compile(), self.partial

        def each(scope: Scope) -> list[Any] | None:
            made: list[Any] = []
            for inside in _scopes(loops, scope):
                if inside is None:
                    return None
                if partial:
                    scope.run.spend(len(made))
                    inside.names["partial"] = made.copy()
                made.append(result(inside))
            weight(made)
            return made

        return each


def _scopes(loops: list[tuple[str, Evaluate]], scope: Scope) -> Iterator[Scope | None]:
    """The scope of every turn, the last loop turning fastest; None when one has no members."""
    (name, over), rest = loops[0], loops[1:]
    members = over(scope)
    if members is None:
        yield None
        return
    for member in members:
        inside = scope.inner({name: member})
        if rest:
            yield from _scopes(rest, inside)
        else:
            yield inside


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """Whether a condition holds for some, or for every, member."""

    every: bool
    loops: tuple[tuple[str, Node], ...]
    condition: Node

    def compile(self) -> Evaluate:
        loops = [(name, over.compile()) for name, over in self.loops]
        condition, every = self.condition.compile(), self.every

        def quantified(scope: Scope) -> bool | None:
            found: bool | None = True
            for inside in _scopes(loops, scope):
                if inside is None:
                    return None
                value = condition(inside)
                holds = value if isinstance(value, bool) else None
                found = both(found, holds if every else _not(holds))
                if found is False:
                    break
            return found if every else _not(found)

        return quantified


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """Members that satisfy a condition, or the one at a place: ``list[item > 3]``, ``list[-1]``.

    The members of a context are seen by their names.
    """

    of: Node
    test: Node

    def compile(self) -> Evaluate:
        of, test = self.of.compile(), self.test.compile()

        def chosen(scope: Scope) -> Any:
            value = of(scope)
            members = value if isinstance(value, list) else [] if value is None else [value]
            kept: list[Any] = []
            for member in members:
                found = test(scope.inner(_seen(member)))
                if isinstance(found, Decimal):
                    return _at(members, found)
                if found is True:
                    kept.append(member)
            if not members and isinstance(test(scope.inner({"item": None})), Decimal):
                return None
            return kept

        return chosen


def _seen(member: Any) -> dict[str, Any]:
    return {"item": member, **member} if isinstance(member, dict) else {"item": member}


def _at(members: list[Any], place: Decimal) -> Any:
    if not is_whole(place) or not -len(members) <= place <= len(members) or not place:
        return None
    return members[int(place) - 1 if place > 0 else int(place)]


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """A function that is written down: ``function(a, b) a + b``."""

    parameters: tuple[str, ...]
    body: Node
    name: str = ""

    def compile(self) -> Evaluate:
        parameters, body, name = self.parameters, self.body.compile(), self.name

        def define(scope: Scope) -> Function:
            names = scope.names

            def act(run: Run, *given: Any) -> Any:
                values = dict(zip(parameters, given, strict=True))
                return called(run, lambda: body(Scope({**names, **values}, run)))

            return Function(name, (parameters,), act)

        return define


def called(run: Run, act: Callable[[], Any]) -> Any:
    """Call a function one level deeper."""
    run.depth += 1
    if run.depth > MAX_CALLS:
        raise TooMuch
    try:
        return act()
    finally:
        run.depth -= 1
