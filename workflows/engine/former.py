"""States written by earlier releases, put into the form of today.

Version 1 (release 0.1.0) kept SpiffWorkflow's predicted tasks and its inner start and end; a
token that waited at a join for others was a cancelled task without the mark of being consumed.
"""

from operator import itemgetter
from typing import Any

from workflows.engine.definition import Definition
from workflows.engine.elements import Element
from workflows.engine.scope import GIVEN
from workflows.engine.tree import CANCELLED, COMPLETED, READY, STARTED, WAITING

_REAL = READY | WAITING | STARTED | COMPLETED | CANCELLED


def from_version_1(body: list[Any], definition: Definition) -> list[Any]:
    """The body of a version 1 state as one of version 2."""
    _, last, (variables, over, _, tasks), called = body
    names: dict[str, int] = {}
    rows = _rows(0, definition.spec, tasks, names)
    inside = {}
    for caller, name, (own, ended, _, own_tasks) in called:
        inside[caller] = [ended, _given(own)]
        rows += _rows(caller, definition.called[name], own_tasks, names)
    for row in rows:
        if row[0] in inside:
            row += [None, *inside[row[0]]]
    return [2, last, list(names), over, _given(variables), sorted(rows, key=itemgetter(0))]


def _rows(caller: int, spec: Any, tasks: list[Any], names: dict[str, int]) -> list[list[Any]]:
    """The tasks of one process that were real, and stand for elements of the drawing."""
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
        before = parent if parent in kept else -caller
        rows.append([number, before, state, names.setdefault(element, len(names)), facts])
    return rows


def _given(variables: dict[str, Any]) -> dict[str, Any]:
    return {name: [[GIVEN, value]] for name, value in variables.items()}
