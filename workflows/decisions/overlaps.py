"""What a designer should look at again: rules that overlap, and cases that no rule answers.

Only what can be decided is said: a cell with more than plain values is taken to hold nowhere when
rules are held against each other, and everywhere when cases are sought that no rule answers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from workflows.decisions.cases import Case, Undecidable, cases, holds, named, told
from workflows.decisions.rows import Read
from workflows.decisions.syntax import Node
from workflows.decisions.tables import ANY, FIRST, PRIORITY, UNIQUE
from workflows.decisions.unary import Anything
from workflows.errors import N_
from workflows.xml import Fault

#: More cells than these are not looked at; nobody would read all that could be said of them.
MAX_CELLS = 2_400
#: Of each kind, for one table.
MAX_WARNINGS = 10
#: Cases looked at while gaps are sought.
MAX_STEPS = 200_000

OVERLAP = N_("第 %(other)s 条和第 %(rule)s 条规则会同时命中（例如 %(case)s），而命中策略是“唯一”。")
DIFFER = N_(
    "第 %(other)s 条和第 %(rule)s 条规则会同时命中（例如 %(case)s），结果却不同，"
    "而命中策略是“任一”。"
)
COVERED = N_("第 %(rule)s 条规则用不到：它的情形第 %(other)s 条规则都包括了。")
NEVER = N_("第 %(rule)s 条规则永远不会命中：没有值能通过“%(column)s”。")
GAP = N_("这种情形没有规则，也没有默认值：%(case)s。")


@dataclass(frozen=True)
class Column:
    """The cases of a column; for each rule those it surely holds for, and those it may hold for."""

    label: str
    among: list[Case]
    surely: list[int]
    perhaps: list[int]

    @cached_property
    def all(self) -> int:
        """Every case."""
        return (1 << len(self.among)) - 1

    @cached_property
    def by_case(self) -> list[int]:
        """For each case the rules that may hold, one bit each."""
        return [
            sum(1 << rule for rule, bits in enumerate(self.perhaps) if bits >> at & 1)
            for at in range(len(self.among))
        ]


def warnings(file: str, tables: Iterable[Read]) -> Iterator[Fault]:
    """Everything worth a second look, table by table, until there were many cells."""
    left = MAX_CELLS
    for table in tables:
        left -= len(table.cells) * len(table.said.inputs)
        if left >= 0 and table.cells and table.said.inputs:
            yield from _warnings(file, table)


def _warnings(file: str, table: Read) -> Iterator[Fault]:
    columns = [_column(table, at) for at in range(len(table.said.inputs))]
    for sentence, params in _found(table, columns):
        yield Fault(file, table.line, table.element, sentence, params)


Found = Iterator[tuple[str, dict[str, object]]]


def _found(table: Read, columns: list[Column]) -> Found:
    policy = table.said.hit_policy
    for number in range(len(table.cells)):
        for column in columns:
            if not column.perhaps[number]:
                yield NEVER, {"rule": number + 1, "column": column.label}
    if policy in (UNIQUE, ANY):
        yield from _first(_overlaps(table, columns))
    if policy == FIRST:
        yield from _first(_covered(columns, len(table.cells)))
    defaults = any(output.default for output in table.said.outputs)
    if policy in (UNIQUE, ANY, FIRST, PRIORITY) and not defaults:
        yield from _first(_gaps(columns, len(table.cells)))


def _first(found: Found) -> Found:
    for _, one in zip(range(MAX_WARNINGS), found, strict=False):
        yield one


def _column(table: Read, at: int) -> Column:
    """The cases of a column, as far as its cells name plain values."""
    cells = [row[at] for row in table.cells]
    known: list[bool] = []
    values: list[object] = []
    for cell in cells:
        try:
            found = list(named(cell))
        except Undecidable:
            known.append(False)
            continue
        known.append(True)
        values += found
    among = _cases(table, at, values)
    every = (1 << len(among)) - 1
    told_apart = among[0].value is not None
    sure = [
        isinstance(cell, Anything) or (told_apart and names)
        for cell, names in zip(cells, known, strict=True)
    ]
    surely = [_held(cell, among) if one else 0 for cell, one in zip(cells, sure, strict=True)]
    perhaps = [held if one else every for held, one in zip(surely, sure, strict=True)]
    return Column(table.said.inputs[at].label, among, surely, perhaps)


def _cases(table: Read, at: int, values: list[object]) -> list[Case]:
    """The cases of a column that its allowed values leave; one case when they cannot be told."""
    allowed = table.allowed[at]
    try:
        if allowed is None:
            return cases(values)
        among = cases([*values, *named(allowed)])
        left = holds(allowed.compile(), among)
        return [case for at, case in enumerate(among) if left >> at & 1] or [Case(None, False)]
    except Undecidable:
        return [Case(None, False)]


def _held(cell: Node, among: list[Case]) -> int:
    if isinstance(cell, Anything):
        return (1 << len(among)) - 1
    return holds(cell.compile(), among)


def _overlaps(table: Read, columns: list[Column]) -> Found:
    """Pairs of rules that match at once."""
    policy = table.said.hit_policy
    for one, other in combinations(range(len(table.cells)), 2):
        shared = [column.surely[one] & column.surely[other] for column in columns]
        if not all(shared):
            continue
        same = table.said.rules[one].results == table.said.rules[other].results
        if policy == UNIQUE or not same:
            case = _told(columns, shared)
            sentence = OVERLAP if policy == UNIQUE else DIFFER
            yield sentence, {"other": one + 1, "rule": other + 1, "case": case}


def _covered(columns: list[Column], rules: int) -> Found:
    """Rules that stand behind one that matches whenever they do."""
    for other in range(1, rules):
        for one in range(other):
            if all(not column.perhaps[other] & ~column.surely[one] for column in columns):
                yield COVERED, {"rule": other + 1, "other": one + 1}
                break


def _gaps(columns: list[Column], rules: int) -> Found:
    """Cases that no rule answers, whatever the columns behind them hold."""
    full: set[tuple[int, int]] = set()
    left = MAX_STEPS

    def explore(at: int, alive: int, chosen: list[int]) -> Iterator[list[int]]:
        nonlocal left
        if not alive:
            yield chosen
        if not alive or at == len(columns) or (at, alive) in full or left < 0:
            return
        left -= len(columns[at].among)
        found = False
        for rest, bits in _parted(columns[at], alive).items():
            for gap in explore(at + 1, rest, [*chosen, bits]):
                found = True
                yield gap
        if not found and left >= 0:
            full.add((at, alive))

    for gap in explore(0, (1 << rules) - 1, []):
        yield GAP, {"case": _told(columns, gap)}


def _parted(column: Column, alive: int) -> dict[int, int]:
    """The cases of a column by the rules, of those still alive, that may hold for them."""
    found: dict[int, int] = {}
    for at, rules in enumerate(column.by_case):
        found[alive & rules] = found.get(alive & rules, 0) | 1 << at
    return found


def _told(columns: list[Column], bits: list[int]) -> str:
    """A case in words: what each column holds, but for those that may hold anything."""
    parts = [
        told(column.label, column.among, part)
        for column, part in zip(columns, bits, strict=False)
        if part != column.all
    ]
    return "，".join(parts) or "-"
