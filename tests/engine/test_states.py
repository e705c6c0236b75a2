"""A case begun under any release goes on under this one: its stored process stays readable."""

import base64
import json
from pathlib import Path

import pytest

from workflows import engine
from workflows.engine.codec import StateUnreadable

STATES = sorted((Path(__file__).parent / "states").glob("*.json"))


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_a_state_of_a_release_goes_on_where_it_stood(file: Path) -> None:
    kept = json.loads(file.read_text("utf-8"))
    definition = engine.load(kept["process"], (kept["source"],))
    state = base64.b64decode(kept["state"])
    number = 1
    # The second round of three departments, one of them done: two are open.
    for element in kept["open"]:
        number = next(n for n in range(1, 200) if _completes(definition, state, n, element))
        state = engine.complete(definition, state, number, {}).state
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(definition, state, number, {})


def _completes(definition: engine.Definition, state: bytes, number: int, element: str) -> bool:
    """Whether this number is the open task of an element: completing it opens another step."""
    try:
        step = engine.complete(definition, state, number, {})
    except engine.TaskNotOpen:
        return False
    return element not in {task.element for task in step.open_tasks}


@pytest.mark.parametrize("state", [b"", b"garbage", b"\x28\xb5\x2f\xfd"])
def test_a_state_that_cannot_be_read_is_refused(state: bytes) -> None:
    kept = json.loads(STATES[0].read_text("utf-8"))
    definition = engine.load(kept["process"], (kept["source"],))
    with pytest.raises(StateUnreadable):
        engine.complete(definition, state, 1, {})
