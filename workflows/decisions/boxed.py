"""Reads boxed expressions: a table, a literal expression, a context, a call, a list, a choice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workflows.decisions.binding import ContextOf, Filter, For, FunctionOf, Over, Quantified
from workflows.decisions.logic import If
from workflows.decisions.reader import NOTHING, Names, Reader, child, children
from workflows.decisions.rows import read_table
from workflows.decisions.syntax import Call, ListOf, Node
from workflows.decisions.words import plain
from workflows.errors import N_
from workflows.xml import local

MAX_DEPTH = 20
MAX_MEMBERS = 2_000

NO_EXPRESSION = N_("这里没有内容：请画规则表或写表达式。")
TOO_DEEP = N_("表达式嵌套过深。")
UNNAMED = N_("缺少名称（name）。")
NOT_FEEL = N_("函数要用 FEEL 写，不能用 %(kind)s。")
TOO_MANY = N_("内容太多，最多 %(most)s 项。")
WIDTH = N_("这一行的格数与列数不符。")


@dataclass(frozen=True, slots=True)
class Forms:
    """Reads what one decision or business knowledge model is made of."""

    reader: Reader
    depth: int = 0

    def inside(self, element: Any, names: Names) -> Node:
        """The expression that stands in an element; a fault when there is none."""
        found = [one for one in element if local(one) in FORMS]
        if len(found) != 1:
            self.reader.faults.add(element, NO_EXPRESSION)
            return NOTHING
        if self.depth > MAX_DEPTH:
            self.reader.faults.add(element, TOO_DEEP)
            return NOTHING
        if len(found[0]) > MAX_MEMBERS and local(found[0]) != "decisionTable":
            self.reader.faults.add(element, TOO_MANY, most=MAX_MEMBERS)
            return NOTHING
        return FORMS[local(found[0])](Forms(self.reader, self.depth + 1), found[0], names)

    def part(self, element: Any, name: str, names: Names) -> Node:
        """The expression in a child of this name; a fault when there is none."""
        found = child(element, name)
        if found is None:
            self.reader.faults.add(element, NO_EXPRESSION)
            return NOTHING
        return self.inside(found, names)

    def name(self, element: Any, key: str = "name") -> str:
        """The name an element gives; a fault when it gives none."""
        name = plain((None if element is None else element.get(key)) or "")
        if not name:
            self.reader.faults.add(element, UNNAMED)
        return name

    def table(self, element: Any, names: Names) -> Node:
        table = read_table(self.reader, element, names)
        self.reader.tables.append(table)
        return table

    def literal(self, element: Any, names: Names) -> Node:
        return self.reader.expression(element, names)

    def context(self, element: Any, names: Names) -> Node:
        entries: list[tuple[str, Node]] = []
        for one in children(element, "contextEntry"):
            variable = child(one, "variable")
            node = self.inside(one, names)
            name = "" if variable is None else self.name(variable)
            entries.append((name, node))
            if name:
                self.reader.members.add(name)
                names = names.more((name,))
        return ContextOf(tuple(entries))

    def invocation(self, element: Any, names: Names) -> Node:
        function = self.inside(element, names)
        values: dict[str, Node] = {}
        for one in children(element, "binding"):
            parameter = child(one, "parameter")
            name = self.name(one if parameter is None else parameter)
            found = any(local(part) in FORMS for part in one)
            values[name] = self.inside(one, names) if found else NOTHING
        return Call(function, tuple(values.values()), tuple(values))

    def function(self, element: Any, names: Names) -> Node:
        if element.get("kind", "FEEL") != "FEEL":
            self.reader.faults.add(element, NOT_FEEL, kind=element.get("kind"))
            return NOTHING
        parameters = tuple(self.name(one) for one in children(element, "formalParameter"))
        for one in children(element, "formalParameter"):
            self.reader.kind(one)
        body = self.inside(element, names.more(parameters))
        return FunctionOf(parameters, body, self.reader.owner.name)

    def listed(self, element: Any, names: Names) -> Node:
        forms = [one for one in element if local(one) in FORMS]
        inner = Forms(self.reader, self.depth + 1)
        return ListOf(tuple(FORMS[local(one)](inner, one, names) for one in forms))

    def relation(self, element: Any, names: Names) -> Node:
        columns = [self.name(one) for one in children(element, "column")]
        for name in columns:
            self.reader.members.add(name)
        rows: list[Node] = []
        for one in children(element, "row"):
            row = self.listed(one, names)
            if not isinstance(row, ListOf) or len(row.members) != len(columns):
                self.reader.faults.add(one, WIDTH)
                continue
            rows.append(ContextOf(tuple(zip(columns, row.members, strict=True))))
        return ListOf(tuple(rows))

    def choice(self, element: Any, names: Names) -> Node:
        condition, then, otherwise = (
            self.part(element, part, names) for part in ("if", "then", "else")
        )
        return If(condition, then, otherwise)

    def filter(self, element: Any, names: Names) -> Node:
        of = self.part(element, "in", names)
        return Filter(of, self.part(element, "match", names.more(("item",))))

    def loop(self, element: Any, names: Names) -> Node:
        name = self.name(element, "iteratorVariable")
        over = ((name, Over(self.part(element, "in", names))),)
        inside = names.more((name, "partial"))
        if local(element) == "for":
            return For(over, self.part(element, "return", inside), partial=True)
        condition = self.part(element, "satisfies", inside)
        return Quantified(local(element) == "every", over, condition)


FORMS: dict[str, Callable[[Forms, Any, Names], Node]] = {
    "decisionTable": Forms.table,
    "literalExpression": Forms.literal,
    "context": Forms.context,
    "invocation": Forms.invocation,
    "functionDefinition": Forms.function,
    "list": Forms.listed,
    "relation": Forms.relation,
    "conditional": Forms.choice,
    "filter": Forms.filter,
    "for": Forms.loop,
    "some": Forms.loop,
    "every": Forms.loop,
}
