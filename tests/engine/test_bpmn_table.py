"""The tables in `bpmn/README.md` tell the truth: what they call ✓ runs, all else is refused."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.table_elements import REFUSED, WORKS, Drawn
from tests.engine.table_events import CELLS, POSITIONS, TRIGGERS
from workflows.engine import Step, check, complete, deliver, fire, load, start

README = (Path(__file__).parents[2] / "bpmn/README.md").read_text("utf-8")
GIVEN = {"n": 1, "group": ["a", "b"]}
ROWS = {**WORKS, **REFUSED, **{f"{one} @ {other}": drawn for (one, other), drawn in CELLS.items()}}


def cells(heading: str) -> Iterator[list[str]]:
    """The rows of the table under a heading."""
    section = README.partition(f"\n{heading}\n")[2].partition("\n#")[0]
    for line in section.splitlines():
        if line.startswith("|") and "`" in line:
            yield [cell.strip() for cell in line.strip("|").split("|")]


def key(cell: str) -> str:
    """What a row or column is about: the words in its first quotes."""
    found = re.search("`([^`]+)`", cell)
    assert found, cell
    return found[1]


def promised() -> dict[str, str]:
    """✓, ✗ or — for every row of both tables."""
    found = {key(row[0]): row[1] for row in cells("### 元素 / Elements")}
    head, *rows = cells("### 事件 / Events")
    for row in rows:
        for position, mark in zip(head[1:], row[1:], strict=True):
            found[f"{key(row[0])} @ {key(position)}"] = mark
    return found


PROMISED = promised()


def test_the_tables_have_every_row_and_no_other() -> None:
    assert set(PROMISED) == set(ROWS)
    assert len(CELLS) == len(TRIGGERS) * len(POSITIONS)


@pytest.mark.parametrize("row", sorted(ROWS))
def test_what_is_marked_works_is_published_and_runs_to_its_end(row: str) -> None:
    faults = [str(fault) for fault in check({"p.bpmn": ROWS[row].source}, tables=ROWS[row].tables)]
    if PROMISED[row] == "✓":
        assert faults == []
        assert run(ROWS[row]) in ("good", "it")
    else:
        assert PROMISED[row] in ("✗", "—")
        assert any("[it]" in fault for fault in faults), faults


def run(drawn: Drawn) -> Any:
    """Drive a process to its end, everything that happens once; its outcome."""
    definition = load("p", (drawn.source,), tuple(drawn.tables.values()))
    step, done = start(definition, GIVEN), set[str]()
    for _ in range(20):
        if step.finished:
            return step.variables["outcome"]
        state, events = step.state, list(happenings(step, done))
        if events and (drawn.events_first or not step.open_tasks):
            element, number, message = events[0]
            done.add(element)
            step = (
                fire(definition, state, number)
                if message is None
                else deliver(definition, state, message)
            )
        else:
            step = complete(definition, state, step.open_tasks[0].number, {})
    raise AssertionError("it does not come to an end")


def happenings(step: Step, done: set[str]) -> Iterator[tuple[str, int, str | None]]:
    """What the process waits for besides people, and has not happened yet."""
    for timer in step.timers:
        if timer.element not in done:
            yield timer.element, timer.number, None
    for message in step.messages:
        if message.element not in done:
            yield message.element, message.number, message.message
