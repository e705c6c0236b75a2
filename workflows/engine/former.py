"""States written by earlier releases, put into the form of today.

Version 1 (release 0.1.0) kept SpiffWorkflow's predicted tasks and its inner start and end; a
token that waited at a join for others was a cancelled task without the mark of being consumed.
"""

from typing import Any

from workflows.engine.definition import Definition
from workflows.engine.elements import Element
from workflows.engine.scope import GIVEN
from workflows.engine.tree import CANCELLED, COMPLETED, READY, STARTED, WAITING

_REAL = READY | WAITING | STARTED | COMPLETED | CANCELLED


def from_version_1(body: list[Any], definition: Definition) -> list[Any]:
    """The body of a version 1 state as one of version 2."""
    _, last, top, called = body
    names: dict[str, int] = {}
    processes = [_process(0, definition.spec, top, names)]
    processes += [_process(at, definition.called[name], one, names) for at, name, one in called]
    return [2, last, list(names), processes]


def _process(caller: int, spec: Any, stored: list[Any], names: dict[str, int]) -> list[Any]:
    variables, completed, _, tasks = stored
    kept = {
        row[0] for row in tasks if row[2] & _REAL and isinstance(spec.task_specs[row[3]], Element)
    }
    fired = {row[3]: row[0] for row in tasks if row[2] == COMPLETED}
    rows = []
    for number, parent, state, element, consumed in tasks:
        if number not in kept:
            continue
        facts = {}
        if spec.task_specs[element].joins and state == CANCELLED:
            state = COMPLETED if consumed else WAITING
            if consumed:
                facts["joined"] = fired[element]
        row = [number, parent if parent in kept else 0, state, _place(names, element)]
        rows.append([*row, facts] if facts else row)
    writes = {name: [[GIVEN, value]] for name, value in variables.items()}
    return [caller, completed, writes, rows]


def _place(names: dict[str, int], element: str) -> int:
    return names.setdefault(element, len(names))
