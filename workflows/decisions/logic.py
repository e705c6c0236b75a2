"""Parts of an expression that are true, false or unknown, and the choice that hangs on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workflows.decisions.running import Evaluate, Scope
from workflows.decisions.syntax import Node
from workflows.decisions.values import before, both, equal, weight


@dataclass(frozen=True, slots=True)
class Both(Node):
    """Conditions that all must hold; null counts as unknown."""

    parts: tuple[Node, ...]

    def compile(self) -> Evaluate:
        parts = [part.compile() for part in self.parts]

        def conjunction(scope: Scope) -> bool | None:
            found: bool | None = True
            for part in parts:
                found = both(found, part(scope))
                if found is False:
                    return False
            return found

        return conjunction


@dataclass(frozen=True, slots=True)
class Either(Node):
    """Conditions of which one must hold; null counts as unknown."""

    parts: tuple[Node, ...]

    def compile(self) -> Evaluate:
        parts = [part.compile() for part in self.parts]

        def disjunction(scope: Scope) -> bool | None:
            found: bool | None = False
            for part in parts:
                value = part(scope)
                if value is True:
                    return True
                if value is not False:
                    found = None
            return found

        return disjunction


def _unequal(left: Any, right: Any) -> bool | None:
    found = equal(left, right)
    return None if found is None else not found


COMPARISONS: dict[str, Callable[[Any, Any], bool | None]] = {
    "=": equal,
    "!=": _unequal,
    "<": before,
    "<=": lambda left, right: before(left, right, True),
    ">": lambda left, right: before(right, left),
    ">=": lambda left, right: before(right, left, True),
}


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """Two values held against each other."""

    sign: str
    left: Node
    right: Node

    def compile(self) -> Evaluate:
        act, left, right = COMPARISONS[self.sign], self.left.compile(), self.right.compile()

        def compare(scope: Scope) -> bool | None:
            one, other = left(scope), right(scope)
            if isinstance(one, list | dict):
                scope.run.spend(weight(one))
            return act(one, other)

        return compare


@dataclass(frozen=True, slots=True)
class Between(Node):
    """A value between two others, which count as inside."""

    value: Node
    low: Node
    high: Node

    def compile(self) -> Evaluate:
        value, low, high = self.value.compile(), self.low.compile(), self.high.compile()

        def between(scope: Scope) -> bool | None:
            one = value(scope)
            return both(before(low(scope), one, True), before(one, high(scope), True))

        return between


@dataclass(frozen=True, slots=True)
class If(Node):
    """One of two; what is not true, is not."""

    condition: Node
    then: Node
    otherwise: Node

    def compile(self) -> Evaluate:
        condition, then = self.condition.compile(), self.then.compile()
        otherwise = self.otherwise.compile()
        return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)
