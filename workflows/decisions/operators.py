"""What binds how closely in FEEL: or, and, comparisons, sums, products, powers, minus, members.

And the tests of a cell, which may also stand after the word in.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from workflows.decisions.binding import Filter
from workflows.decisions.kinds import Kind, read_type
from workflows.decisions.lexing import FeelInvalid
from workflows.decisions.logic import COMPARISONS, Between, Both, Compare, Either
from workflows.decisions.syntax import (
    Call,
    Chain,
    Fixed,
    InstanceOf,
    Literal,
    Negative,
    Node,
    Path,
)
from workflows.decisions.unary import VALUE, Bound, In, Matches, OneOf
from workflows.decisions.values import Function
from workflows.decisions.words import Cursor, Words
from workflows.errors import N_

#: How many comparisons, members or calls may follow each other.
MAX_CHAIN = 40
#: Functions that make a value of a text; one that they cannot read is a slip of the pen.
CONVERSIONS = frozenset({"date", "time", "date and time", "duration", "number"})


class Operators(Cursor):
    """The operators of one text; what they join is read by `parsing`."""

    def __init__(self, text: str, known: Words, members: Words, kinds: Mapping[str, Kind]) -> None:
        super().__init__(text, known, members)
        self.kinds = kinds
        self.closing = False
        self.seen: set[str] = set()

    def expression(self) -> Node:
        """Anything that has a value."""
        raise NotImplementedError

    def primary(self) -> Node:
        """What operators join."""
        raise NotImplementedError

    def interval(self, low: Node, included: bool) -> Node:
        """The rest of an interval, from its upper end on."""
        raise NotImplementedError

    def either(self) -> Node:
        """Conditions joined by or, and all that binds closer."""
        parts = [self._both()]
        while self.take("or"):
            parts.append(self._both())
        return Either(tuple(parts)) if len(parts) > 1 else parts[0]

    def _both(self) -> Node:
        parts = [self._comparison()]
        while self.take("and"):
            parts.append(self._comparison())
        return Both(tuple(parts)) if len(parts) > 1 else parts[0]

    def _comparison(self) -> Node:
        node = self.sum()
        for _ in range(MAX_CHAIN):
            if self.now.kind == "sign" and (sign := self.now.text) in COMPARISONS:
                self.at += 1
                node = Compare(sign, node, self.sum())
            elif self.take("between"):
                low = self.sum()
                self.need("and")
                node = Between(node, low, self.sum())
            elif self.take("in"):
                node = In(node, self.among())
            elif self.take("instance", "of"):
                node = InstanceOf(node, read_type(self, self.kinds))
            else:
                return node
        raise FeelInvalid(N_("嵌套过深"))

    def sum(self) -> Node:
        """Pluses and minuses, and all that binds closer."""
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._chain(("*", "/"), self._power)

    def _power(self) -> Node:
        return self._chain(("**",), self._negative)

    def _chain(self, signs: tuple[str, ...], operand: Callable[[], Node]) -> Node:
        first, rest = operand(), []
        while self.now.kind == "sign" and (sign := self.now.text) in signs:
            self.at += 1
            rest.append((sign, operand()))
        return Chain(first, tuple(rest)) if rest else first

    def _negative(self) -> Node:
        minuses = 0
        while self.take("-"):
            minuses += 1
        node = self._postfix(self.primary())
        if not minuses:
            return node
        if isinstance(node, Literal) and isinstance(node.value, Decimal):
            return Literal(node.value.copy_negate()) if minuses % 2 else node
        return Negative(node) if minuses % 2 else Negative(Negative(node))

    def _postfix(self, node: Node) -> Node:
        for _ in range(MAX_CHAIN):
            if self.take("."):
                node = Path(node, self.member())
            elif self.sees("[") and not self.closing:
                node = self._filter(node)
            elif self.take("("):
                node = self._call(node)
            else:
                return node
        raise FeelInvalid(N_("嵌套过深"))

    def _filter(self, of: Node) -> Node:
        self.need("[")
        self.in_filter += 1
        self.bind(["item"])
        test = self.expression()
        self.inner.pop()
        self.in_filter -= 1
        self.need("]")
        return Filter(of, test)

    def _call(self, function: Node) -> Node:
        values: list[Node] = []
        names: list[str] = []
        while not self.take(")"):
            if values:
                self.need(",")
            if label := self.label(":"):
                names.append(label)
            values.append(self.expression())
        if names and len(set(names)) != len(values):
            raise FeelInvalid(N_("函数的参数要么都写名称，要么都不写"))
        call = Call(function, tuple(values), tuple(names))
        if isinstance(function, Literal):
            _check(function.value, call)
        return call

    def among(self) -> Node:
        """The tests after the word in: one, or several in parentheses."""
        self.bind([VALUE])
        node = self._several() if self.take("(") else self._test()
        self.inner.pop()
        return node

    def _several(self) -> Node:
        first = self._test()
        if isinstance(first, Matches) and self.take(".."):
            return Matches(self.interval(first.of, False))
        tests = [first]
        while self.take(","):
            tests.append(self._test())
        self.need(")")
        return OneOf(tuple(tests)) if len(tests) > 1 else first

    def tests(self) -> Node:
        """Tests of which one must hold."""
        tests = [self._test()]
        while self.take(","):
            tests.append(self._test())
        return OneOf(tuple(tests)) if len(tests) > 1 else tests[0]

    def _test(self) -> Node:
        if self.now.kind == "sign" and (sign := self.now.text) in COMPARISONS:
            self.at += 1
            return Bound(sign, self.sum())
        seen, self.seen = self.seen, set()
        node = self.expression()
        asked = VALUE in self.seen
        self.seen |= seen
        return Matches(node, asked)


def _check(function: object, call: Call) -> None:
    """Refuse a call that a built-in function cannot take, and a day that no calendar has."""
    if not isinstance(function, Function):
        raise FeelInvalid(N_("这里不是函数，不能加括号"))
    names, count = set(call.names), len(call.values)
    if names and function.signature(names) is None:
        raise FeelInvalid(N_("函数没有这些名称的参数"), function.name)
    if not names and not function.takes(count):
        raise FeelInvalid(N_("函数的参数个数不对"), function.name)
    if function.name in CONVERSIONS and all(isinstance(one, Literal) for one in call.values):
        made = call.compile()
        if isinstance(made, Fixed) and made.value is None:
            raise FeelInvalid(N_("不是日期、时间、时长或数字"), function.name)
