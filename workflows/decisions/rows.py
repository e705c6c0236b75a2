"""Reads a decision table: its columns, its rules, its hit policy."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from workflows.decisions.model import Decision, Input, Output, Rule
from workflows.decisions.reader import Names, Reader, child, children, text_of
from workflows.decisions.running import Evaluate, Run, Scope
from workflows.decisions.syntax import Fixed, Node
from workflows.decisions.tables import (
    AGGREGATIONS,
    COLLECT,
    OUTPUT_ORDER,
    POLICIES,
    PRIORITY,
    UNIQUE,
    Answer,
    Column,
    Row,
    Table,
)
from workflows.decisions.unary import VALUE, Anything, Matches, OneOf
from workflows.errors import N_

MAX_COLUMNS = 100

BAD_POLICY = N_("没有命中策略 %(policy)s。")
BAD_AGGREGATION = N_("没有汇总方式 %(aggregation)s。")
NO_OUTPUT = N_("规则表没有输出列。")
SAME_OUTPUT = N_("有几个输出列时，每列要有自己的名称。")
CELLS = N_("第 %(rule)s 条规则的格数与列数不符。")
TOO_WIDE = N_("规则表的列太多，最多 %(most)s 列。")
NOT_ALLOWED = N_("第 %(rule)s 条规则的“%(column)s”不在输出的允许值里。")
NO_ORDER = N_("命中策略 %(policy)s 要有一列写明输出的允许值，按优先顺序排列。")


@dataclass(frozen=True, slots=True)
class Read(Node):
    """A table that has been read: what it says, how it is evaluated, and the tests of its cells."""

    said: Decision
    table: Table
    cells: tuple[tuple[Node, ...], ...] = field(repr=False)
    allowed: tuple[Node | None, ...]
    line: int
    element: str

    def compile(self) -> Evaluate:
        return self.table


def read_table(reader: Reader, element: Any, names: Names) -> Read:
    """A decision table; what is wrong in it is noted."""
    asked, answered = children(element, "input"), children(element, "output")
    rules = children(element, "rule")
    policy, aggregation = _policy(reader, element)
    if max(len(asked), len(answered)) > MAX_COLUMNS:
        reader.faults.add(element, TOO_WIDE, most=MAX_COLUMNS)
    inputs = [_input(reader, one, names) for one in asked[:MAX_COLUMNS]]
    seen = names.more(reader.free)
    outputs = [_output(reader, one, seen, at) for at, one in enumerate(answered[:MAX_COLUMNS])]
    said = replace(
        reader.owner,
        inputs=tuple(one for one, _, _ in inputs),
        outputs=tuple(one for one, _ in outputs),
        hit_policy=policy,
        aggregation=aggregation,
    )
    _check(reader, element, said, [answer for _, answer in outputs])
    columns = tuple(column for _, column, _ in inputs)
    answers = tuple(answer for _, answer in outputs)
    rows = [_row(reader, one, seen, said, at) for at, one in enumerate(rules, 1)]
    for number, (one, (_, row, _)) in enumerate(zip(rules, rows, strict=True), 1):
        _check_results(reader, one, answers, row, number)
    compiled = tuple(row for _, row, _ in rows)
    return Read(
        said=replace(said, rules=tuple(rule for rule, _, _ in rows)),
        table=Table(reader.owner.id, columns, answers, compiled, policy, aggregation),
        cells=tuple(cells for _, _, cells in rows),
        allowed=tuple(allowed for _, _, allowed in inputs),
        line=element.sourceline or 1,
        element=element.get("id") or reader.owner.id,
    )


def _policy(reader: Reader, element: Any) -> tuple[str, str]:
    policy = element.get("hitPolicy", UNIQUE).replace("_", " ")
    aggregation = element.get("aggregation", "") if policy == COLLECT else ""
    if policy not in POLICIES:
        reader.faults.add(element, BAD_POLICY, policy=policy)
        policy = UNIQUE
    if aggregation and aggregation not in AGGREGATIONS:
        reader.faults.add(element, BAD_AGGREGATION, aggregation=aggregation)
        aggregation = ""
    return policy, aggregation


def _input(reader: Reader, element: Any, names: Names) -> tuple[Input, Column, Node | None]:
    asked = child(element, "inputExpression")
    asked = element if asked is None else asked
    kind = reader.kind(asked)
    node = reader.question(asked, names, kind)
    allowed = child(element, "inputValues")
    written = text_of(allowed)
    test = reader.cell(allowed, names) if written else None
    text = text_of(asked)
    label = element.get("label") or text
    said = Input(element.get("id", ""), label, text, asked.get("typeRef", ""), written)
    return said, Column(label, node.compile(), kind, test.compile() if test else None), test


def _output(reader: Reader, element: Any, names: Names, at: int) -> tuple[Output, Answer]:
    allowed, default = child(element, "outputValues"), child(element, "defaultOutputEntry")
    written, otherwise = text_of(allowed), text_of(default)
    reader.kind(element)
    tests = reader.cell(allowed, names) if written else Anything()
    name = element.get("name") or ""
    said = Output(
        element.get("id", ""), name or reader.owner.name, element.get("label") or name,
        element.get("typeRef", ""), written, otherwise,
    )  # fmt: skip
    answer = Answer(
        said.name,
        tests.compile() if written else None,
        tuple(one.compile() for one in _values(tests)),
        reader.expression(default, names).compile() if otherwise else None,
    )
    return said, answer


def _values(tests: Node) -> Iterator[Node]:
    """The values that are allowed, in their order."""
    for one in tests.tests if isinstance(tests, OneOf) else (tests,):
        if isinstance(one, Matches):
            yield one.of


def _check(reader: Reader, element: Any, said: Decision, answers: list[Answer]) -> None:
    if not said.outputs:
        reader.faults.add(element, NO_OUTPUT)
    names = {output.name for output in said.outputs}
    if len(names) < len(said.outputs):
        reader.faults.add(element, SAME_OUTPUT)
    if said.hit_policy in (PRIORITY, OUTPUT_ORDER) and not any(one.ranks for one in answers):
        reader.faults.add(element, NO_ORDER, policy=said.hit_policy)


def _check_results(
    reader: Reader, element: Any, answers: tuple[Answer, ...], row: Row, number: int
) -> None:
    """Note results that can be seen not to be among the allowed values."""
    for answer, result in zip(answers, row.results, strict=False):
        if answer.allowed is None or not isinstance(result, Fixed) or result.value is None:
            continue
        if answer.allowed(Scope({VALUE: result.value}, Run())) is not True:
            reader.faults.add(element, NOT_ALLOWED, rule=number, column=answer.name)


def _row(
    reader: Reader, element: Any, names: Names, said: Decision, number: int
) -> tuple[Rule, Row, tuple[Node, ...]]:
    tests, results = children(element, "inputEntry"), children(element, "outputEntry")
    if (len(tests), len(results)) != (len(said.inputs), len(said.outputs)):
        reader.faults.add(element, CELLS, rule=number)
    cells = tuple(
        reader.cell(one, names, rule=number, column=column.label)
        for one, column in zip(tests, said.inputs, strict=False)
    )
    values = tuple(
        reader.expression(one, names, rule=number, column=column.label or column.name).compile()
        for one, column in zip(results, said.outputs, strict=False)
    )
    asked = tuple(
        (at, cell.compile()) for at, cell in enumerate(cells) if not isinstance(cell, Anything)
    )
    notes = [text_of(one) for one in children(element, "annotationEntry")]
    note = text_of(child(element, "description")) or " ".join(filter(None, notes))
    rule = Rule(
        element.get("id", ""), tuple(map(text_of, tests)), tuple(map(text_of, results)), note
    )
    return rule, Row(asked, values), cells
