"""试算: a decision tried on a page: the fields it needs, lines of cases, what came of each.

Nothing is saved; the same evaluation as in a running case.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from server.difference_words import value_word
from server.labels import refusal_sentence
from server.table_sheets import rule_words
from workflows.decisions import Decision, DecisionFailed, Decisions, Evaluated, Input
from workflows.decisions.deciding import TOO_MUCH

#: The kinds of fields, by the type of a column.
KINDS = {
    "number": "number", "integer": "number", "long": "number", "double": "number",
    "boolean": "boolean", "date": "date", "string": "text",
}  # fmt: skip
TEXTS = re.compile(r'\s*"[^"\\]*"\s*(?:,\s*"[^"\\]*"\s*)*')
#: Of cases that are pasted, in lines and in characters.
MOST, LENGTH = 200, 100_000


@dataclass(frozen=True)
class Field:
    """A variable that a decision reads: how it is asked, and what was written."""

    name: str
    label: str
    kind: str
    options: tuple[str, ...]
    written: str

    def value(self, text: str) -> Any:
        """What was written, as a variable; ValueError when it is nothing of this kind."""
        text = text.strip()
        if not text:
            return None
        if self.kind == "number":
            number = float(text)
            return int(number) if number.is_integer() else number
        if self.kind == "boolean":
            return {"true": True, "false": False, "是": True, "否": False}[text]
        return text if self.kind in ("text", "date") else _guessed(text)


def _guessed(text: str) -> Any:
    """A value of a kind that the table does not tell: a number, a list, or words."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


@dataclass(frozen=True)
class Step:
    """A decision that was taken on the way."""

    decision: str
    name: str
    rules: tuple[tuple[int, str], ...]
    value: str
    #: Whether it has rules at all; an expression has none.
    is_table: bool


@dataclass(frozen=True)
class Tried:
    """What a decision came to with some values, or why it came to nothing."""

    value: str = ""
    steps: tuple[Step, ...] = ()
    fault: str = ""
    cells: tuple[str, ...] = ()
    #: It took all the steps that one evaluation may take: no other is tried.
    too_much: bool = False

    @property
    def own(self) -> Step | None:
        """The decision that was asked, after all that it asked itself."""
        return self.steps[-1] if self.steps else None


def fields_of(found: Decisions, key: str, form: Mapping[str, str]) -> list[Field]:
    """A field for every variable that a decision reads, by itself or through others."""
    columns = {column.expression.strip(): column for column in _columns(found, key, set())}
    needed = found.needs(key)
    names = [name for name in columns if name in needed]
    return [
        _field(name, columns.get(name), form.get(f"value.{name}", ""))
        for name in [*names, *sorted(needed - set(names))]
    ]


def _columns(found: Decisions, key: str, seen: set[str]) -> Iterator[Input]:
    if key in seen or key not in found.by_id:
        return
    seen.add(key)
    one = found.by_id[key]
    yield from one.inputs
    for other in one.requires:
        yield from _columns(found, other, seen)


def _field(name: str, column: Input | None, written: str) -> Field:
    if column is None:
        return Field(name, name, "any", (), written)
    allowed = column.allowed if TEXTS.fullmatch(column.allowed) else ""
    options = tuple(re.findall(r'"([^"]*)"', allowed))
    return Field(name, column.label or name, KINDS.get(column.kind, "any"), options, written)


def tried(found: Decisions, key: str, fields: list[Field], texts: list[str]) -> Tried:
    """A decision taken with what was written in its fields."""
    cells = tuple(texts)
    values: dict[str, Any] = {}
    for field, text in zip(fields, texts, strict=True):
        try:
            values[field.name] = field.value(text)
        except (ValueError, KeyError, OverflowError):
            fault = _("“%(label)s”填的“%(text)s”类型不对。", label=field.label, text=text[:40])
            return Tried(fault=fault, cells=cells)
    try:
        outcome = found.evaluate(key, values)
    except DecisionFailed as refusal:
        too_much = refusal.sentence == TOO_MUCH
        return Tried(fault=refusal_sentence(refusal), cells=cells, too_much=too_much)
    steps = tuple(_step(found, one) for one in outcome.steps)
    return Tried(value_word("", outcome.value), steps, cells=cells)


def _step(found: Decisions, one: Evaluated) -> Step:
    decision: Decision | None = found.by_id.get(one.decision)
    rules = tuple(
        (number, rule_words(decision, number) if decision else "") for number in one.rules
    )
    name = decision.name if decision else one.decision
    is_table = decision is not None and decision.literal is None
    return Step(one.decision, name, rules, value_word("", one.value), is_table)


def tried_lines(found: Decisions, key: str, fields: list[Field], text: str) -> list[Tried]:
    """Each line a case: cells in the order of the fields, with tabs or commas between."""
    text = text[:LENGTH]
    lines = csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ",")
    rows = [line for line in lines if any(cell.strip() for cell in line)][:MOST]
    width = len(fields)
    done: list[Tried] = []
    for row in rows:
        done.append(tried(found, key, fields, [*row, *[""] * width][:width]))
        if done[-1].too_much:
            break
    return done
