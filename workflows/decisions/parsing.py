"""Reads FEEL: a text and the names known to it become a tree of `syntax` parts."""

from collections.abc import Mapping
from decimal import DecimalException

from workflows.decisions import moments
from workflows.decisions.binding import ContextOf, For, FunctionOf, Over, Quantified
from workflows.decisions.functions import BUILT_IN
from workflows.decisions.kinds import Kind, read_type
from workflows.decisions.lexing import FeelInvalid, Token
from workflows.decisions.logic import COMPARISONS, If
from workflows.decisions.operators import Operators
from workflows.decisions.syntax import Interval, ListOf, Literal, Name, Node
from workflows.decisions.unary import VALUE, Anything, NoneOf, OpenRange
from workflows.decisions.values import NUMBERS, NoValue
from workflows.decisions.words import Words
from workflows.errors import N_

MAX_DEPTH = 40
CONSTANTS = {"true": True, "false": False, "null": None}
#: Words that end or join expressions and are never the name of anything.
JOINTS = frozenset("and or in between instance then else return satisfies of".split())
FUNCTION_WORDS = Words(BUILT_IN)
PARTIAL = "partial"
Loops = tuple[tuple[str, Node], ...]


class Parser(Operators):
    """One text being read."""

    def __init__(self, text: str, known: Words, members: Words, kinds: Mapping[str, Kind]) -> None:
        super().__init__(text, known, members, kinds)
        self.depth = 0
        self.free = False

    def whole(self) -> Node:
        """The text as one expression."""
        node = self.expression()
        self._end()
        return node

    def question(self) -> Node:
        """The text as what an input column asks; names that are not known are variables, too."""
        words = self.tokens[:-1]
        if not words:
            raise FeelInvalid(N_("这一列还没有写表达式"))
        if len(words) > 1 and not self.name() and all(map(_is_plain, words)):
            self.known = Words([self.text])
        self.free = True
        return self.whole()

    def cell(self) -> Node:
        """The text as the tests of one cell."""
        if self.now.kind == "end" or (self.sees("-") and self.tokens[1].kind == "end"):
            return Anything()
        if self.take("not", "("):
            node: Node = NoneOf(self.tests())
            self.need(")")
            if self.now.kind == "end":
                return node
            self.at = 0  # not(…) was only the beginning of a condition
        node = self.tests()
        self._end()
        return node

    def _end(self) -> None:
        if self.now.kind != "end":
            raise self.unexpected()

    def expression(self) -> Node:
        """Anything that has a value."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FeelInvalid(N_("嵌套过深"))
        closing, self.closing = self.closing, False
        node = self._form() or self.either()
        self.closing = closing
        self.depth -= 1
        return node

    def _form(self) -> Node | None:
        if self.now.kind != "word" or self.name():
            return None
        if self.take("for"):
            return self._for()
        if self.take("if"):
            return self._if()
        if self.take("some"):
            return self._quantified(every=False)
        return self._quantified(every=True) if self.take("every") else None

    def _if(self) -> Node:
        condition = self.expression()
        self.need("then")
        then = self.expression()
        self.need("else")
        return If(condition, then, self.expression())

    def _for(self) -> Node:
        bound = len(self.inner)
        loops = self._loops("return")
        seen, self.seen = self.seen, set()
        self.bind([PARTIAL])
        result = self.expression()
        partial = PARTIAL in self.seen
        self.seen |= seen
        del self.inner[bound:]
        return For(loops, result, partial)

    def _quantified(self, *, every: bool) -> Node:
        bound = len(self.inner)
        loops = self._loops("satisfies")
        condition = self.expression()
        del self.inner[bound:]
        return Quantified(every, loops, condition)

    def _loops(self, end: str) -> Loops:
        """``x in list, y in 1..3``, up to the word that ends them; each sees those before."""
        loops: list[tuple[str, Node]] = []
        while True:
            name = self.label("in")
            if not name:
                raise self.unexpected()
            low = self.expression()
            high = self.sum() if self.take("..") else None
            loops.append((name, Over(low, high)))
            self.bind([name])
            if self.take(end):
                return tuple(loops)
            self.need(",")

    def primary(self) -> Node:
        """What operators join: a value, a name, something in brackets."""
        token = self.now
        if token.kind == "word":
            return self._word()
        if token.kind == "number":
            self.at += 1
            return _number(token.text)
        if token.kind == "text":
            self.at += 1
            return Literal(token.text)
        return self._sign()

    def _sign(self) -> Node:
        if self.take("("):
            return self._parenthesis()
        if self.take("["):
            return self._bracket()
        if self.take("{"):
            return self._context()
        if self.take("]"):
            return self.interval(self._low(), False)
        if self.sees("@") and self.tokens[self.at + 1].kind == "text":
            self.at += 2
            return _moment(self.tokens[self.at - 1].text)
        raise self.unexpected()

    def _word(self) -> Node:
        if found := self.name():
            return self._variable(*found)
        if self.take("function", "("):
            return self._function()
        if called := self._built_in():
            return called
        text = self.now.text
        if text in JOINTS:
            raise self.unexpected()
        if text in CONSTANTS:
            self.at += 1
            return Literal(CONSTANTS[text])
        return self._unknown(text)

    def _built_in(self) -> Node | None:
        """A function that is built in, where it is called."""
        found = FUNCTION_WORDS.longest(self.tokens, self.at)
        if not found or self.tokens[self.at + found[1]].text != "(":
            return None
        self.at += found[1]
        return Literal(BUILT_IN[found[0]])

    def _unknown(self, text: str) -> Node:
        """A name nobody declared: a member of what is filtered, or a variable of the process."""
        if self.in_filter:
            return Name(self.member())
        if self.free:
            return self._variable(text, 1, True)
        if text in ("now", "today"):
            raise FeelInvalid(N_("不能读当前时间，请把日期作为输入"), text)
        raise FeelInvalid(N_("不认识的名称"), text)

    def _variable(self, name: str, length: int, ours: bool) -> Node:
        self.at += length
        self.seen.add(name)
        if ours:
            self.reads.add(name)
        return Name(name)

    def _function(self) -> Node:
        names: list[str] = []
        while not self.take(")"):
            if names:
                self.need(",")
            name = self.label(":")
            if name:
                read_type(self, self.kinds)
            elif self.now.kind == "word":
                name = self.member()
            else:
                raise self.unexpected()
            names.append(name)
        if self.sees("external"):
            raise FeelInvalid(N_("不支持外部函数"))
        self.bind(names)
        body = self.expression()
        self.inner.pop()
        return FunctionOf(tuple(names), body)

    def _context(self) -> Node:
        entries: list[tuple[str, Node]] = []
        self.bind([])
        while not self.take("}"):
            if entries:
                self.need(",")
            name = self.label(":")
            if not name:
                raise self.unexpected()
            entries.append((name, self.expression()))
            self.inner[-1].add(name)
            self.members.add(name)
        self.inner.pop()
        if len({name for name, _ in entries}) < len(entries):
            raise FeelInvalid(N_("同一名称写了两次"))
        return ContextOf(tuple(entries))

    def _bracket(self) -> Node:
        if self.take("]"):
            return ListOf(())
        first = self.expression()
        if self.take(".."):
            return self.interval(first, True)
        members = [first]
        while self.take(","):
            members.append(self.expression())
        self.need("]")
        return ListOf(tuple(members))

    def _parenthesis(self) -> Node:
        if self.now.kind == "sign" and (sign := self.now.text) in COMPARISONS:
            self.at += 1
            node: Node = OpenRange(sign, self.sum())
        else:
            node = self.expression()
            if self.take(".."):
                return self.interval(node, False)
        self.need(")")
        return node

    def _low(self) -> Node:
        low = self.expression()
        self.need("..")
        return low

    def interval(self, low: Node, included: bool) -> Node:
        """The rest of an interval, from its upper end on."""
        closing, self.closing = self.closing, True
        high = self.sum()
        self.closing = closing
        if self.take("]"):
            return Interval(low, high, included, True)
        if not self.take(")"):
            self.need("[")
        return Interval(low, high, included, False)


def _is_plain(token: Token) -> bool:
    """Whether a token can only be a word of a name."""
    return token.kind == "word" and token.text not in {*JOINTS, *CONSTANTS, VALUE}


def _number(text: str) -> Node:
    try:
        return Literal(NUMBERS.create_decimal(text))
    except DecimalException:
        raise FeelInvalid(N_("数字过大"), text[:20]) from None


def _moment(text: str) -> Node:
    try:
        return Literal(moments.read_any(text))
    except NoValue:
        raise FeelInvalid(N_("不是日期、时间或时长"), text[:40]) from None
