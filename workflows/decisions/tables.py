"""Decision tables: which rules match, and what comes of it under each hit policy."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workflows.decisions.arithmetic import calculate
from workflows.decisions.exchange import taken
from workflows.decisions.kinds import Kind
from workflows.decisions.model import Evaluated
from workflows.decisions.running import Evaluate, Scope
from workflows.decisions.unary import VALUE
from workflows.decisions.values import NoValue, before, equal
from workflows.errors import N_

UNIQUE, FIRST, ANY, PRIORITY = "UNIQUE", "FIRST", "ANY", "PRIORITY"
COLLECT, RULE_ORDER, OUTPUT_ORDER = "COLLECT", "RULE ORDER", "OUTPUT ORDER"
POLICIES = (UNIQUE, FIRST, ANY, PRIORITY, COLLECT, RULE_ORDER, OUTPUT_ORDER)
AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")


class NotDecided(Exception):
    """A table that gives no answer: a sentence, and the numbers of the rules concerned."""

    def __init__(self, sentence: str, rules: tuple[int, ...] = (), **params: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.rules = rules
        self.params = params


REFUSED = N_("决策“%(decision)s”：“%(column)s”的值不在允许的范围内。")
WRONG_KIND = N_("决策“%(decision)s”：“%(column)s”的值不是类型 %(kind)s 的。")
SEVERAL = N_("决策“%(decision)s”同时符合第 %(rules)s 条规则，而命中策略是“唯一”。")
DIFFERENT = N_("决策“%(decision)s”符合的第 %(rules)s 条规则结果不同，而命中策略是“任一”。")
BAD_RESULT = N_("决策“%(decision)s”第 %(rules)s 条规则的“%(column)s”不在允许的范围内。")


@dataclass(frozen=True, slots=True)
class Column:
    """An input: what is asked, of which kind it must be, and the test of what is allowed."""

    label: str
    ask: Evaluate
    kind: Kind
    allowed: Evaluate | None

    def value(self, scope: Scope) -> Any:
        """What comes out of it; raises NotDecided when it may not."""
        value = self.ask(scope)
        if value is None:
            return None
        if isinstance(value, str) or not self.kind.admits(value):
            try:
                value = taken(value, self.kind)
            except NoValue:
                raise NotDecided(WRONG_KIND, column=self.label, kind=self.kind.name) from None
        if self.allowed and self.allowed(scope.inner({VALUE: value})) is not True:
            raise NotDecided(REFUSED, column=self.label)
        return value


@dataclass(frozen=True, slots=True)
class Answer:
    """An output: its name, the values it may have in the order they count, and the default."""

    name: str
    allowed: Evaluate | None
    ranks: tuple[Evaluate, ...]
    default: Evaluate | None


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: the columns it tests, each with its test, and its results."""

    tests: tuple[tuple[int, Evaluate], ...]
    results: tuple[Evaluate, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched: its number from 1, and what each output says."""

    number: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A compiled decision table; call it with a scope to get its value."""

    owner: str
    columns: tuple[Column, ...]
    answers: tuple[Answer, ...]
    rows: tuple[Row, ...]
    policy: str
    aggregation: str

    def __call__(self, scope: Scope) -> Any:
        asked = [column.value(scope) for column in self.columns]
        hits = self._hits(scope, asked)
        counted, value = self._decide(scope, hits)
        inputs: dict[str, Any] = {}
        for column, one in zip(self.columns, asked, strict=True):
            repeated = column.label in inputs
            inputs[f"{column.label} {len(inputs) + 1}" if repeated else column.label] = one
        numbers = tuple(hit.number for hit in counted)
        scope.run.steps.append(Evaluated(self.owner, inputs, numbers, value))
        return value

    def _hits(self, scope: Scope, asked: list[Any]) -> list[Hit]:
        """The rules that match; under FIRST only the first of them."""
        scopes = [scope.inner({VALUE: value}) for value in asked]
        hits: list[Hit] = []
        for number, row in enumerate(self.rows, 1):
            for at, test in row.tests:
                if test(scopes[at]) is not True:
                    break
            else:
                hits.append(Hit(number, tuple(result(scope) for result in row.results)))
                if self.policy == FIRST:
                    break
        scope.run.spend(len(self.rows))
        return hits

    def _decide(self, scope: Scope, hits: list[Hit]) -> tuple[list[Hit], Any]:
        """The hits that count, and what comes of them."""
        if not hits:
            return [], self._default(scope)
        if self.policy == UNIQUE and len(hits) > 1:
            raise NotDecided(SEVERAL, _numbers(hits))
        self._check(scope, hits)
        if self.policy in (PRIORITY, OUTPUT_ORDER):
            hits = self._ranked(scope, hits)
        values = [self._value(hit) for hit in hits]
        if self.policy == ANY and any(equal(values[0], one) is not True for one in values):
            raise NotDecided(DIFFERENT, _numbers(hits))
        if self.policy == COLLECT:
            return hits, self._collected(hits, values)
        if self.policy in (RULE_ORDER, OUTPUT_ORDER):
            return hits, values
        return hits if self.policy == ANY else hits[:1], values[0]

    def _value(self, hit: Hit) -> Any:
        """What a rule says: one value, or a context of all outputs."""
        if len(self.answers) == 1:
            return hit.values[0]
        return {one.name: value for one, value in zip(self.answers, hit.values, strict=True)}

    def _default(self, scope: Scope) -> Any:
        """What is said when no rule matches: the defaults; else no rule's word: null, 0 or []."""
        if not any(one.default for one in self.answers):
            if self.aggregation:
                return Decimal(0) if self.aggregation == "COUNT" else None
            return [] if self.policy in (COLLECT, RULE_ORDER, OUTPUT_ORDER) else None
        values = tuple(one.default(scope) if one.default else None for one in self.answers)
        return self._value(Hit(0, values))

    def _check(self, scope: Scope, hits: list[Hit]) -> None:
        for hit in hits:
            for answer, value in zip(self.answers, hit.values, strict=True):
                if answer.allowed is None or value is None:
                    continue
                if answer.allowed(scope.inner({VALUE: value})) is not True:
                    raise NotDecided(BAD_RESULT, (hit.number,), column=answer.name)

    def _ranked(self, scope: Scope, hits: list[Hit]) -> list[Hit]:
        """Hits by the order of the output values, the first output counting most."""
        orders = [[rank(scope) for rank in answer.ranks] for answer in self.answers]

        def rank(hit: Hit) -> tuple[int, ...]:
            return tuple(
                next((at for at, one in enumerate(order) if equal(one, value) is True), len(order))
                for order, value in zip(orders, hit.values, strict=True)
            )

        return sorted(hits, key=rank)

    def _collected(self, hits: list[Hit], values: list[Any]) -> Any:
        if not self.aggregation:
            return values
        aggregate = AGGREGATE[self.aggregation]
        if len(self.answers) == 1:
            return aggregate(values)
        return {
            answer.name: aggregate([hit.values[at] for hit in hits])
            for at, answer in enumerate(self.answers)
        }


def _numbers(hits: list[Hit]) -> tuple[int, ...]:
    return tuple(hit.number for hit in hits)


def _sum(values: list[Any]) -> Any:
    total, *others = values
    for one in others:
        total = calculate("+", total, one)
    return total


def _extreme(least: bool) -> Callable[[list[Any]], Any]:
    def extreme(values: list[Any]) -> Any:
        found, *others = values
        for one in others:
            earlier = before(one, found) if least else before(found, one)
            if earlier is None:
                return None
            found = one if earlier else found
        return found

    return extreme


AGGREGATE: dict[str, Callable[[list[Any]], Any]] = {
    "SUM": _sum,
    "MIN": _extreme(True),
    "MAX": _extreme(False),
    "COUNT": lambda values: Decimal(len(values)),
}
