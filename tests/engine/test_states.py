"""A case begun under any release goes on under this one: its stored process stays readable.

Each file in ``states/`` was written by the release it names (`keep_states`): the drawings, a
state, what was open, armed and known in it, and what is completed from there to the end.
"""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.engine.keep_states import CASES, written
from workflows import engine
from workflows.engine import codec
from workflows.engine.codec import StateUnreadable

STATES = sorted((Path(__file__).parent / "states").glob("*.json"))


def kept_in(file: Path) -> tuple[dict[str, Any], engine.Definition, bytes]:
    kept = json.loads(file.read_text("utf-8"))
    definition = engine.load(kept["process"], tuple(kept["sources"]))
    return kept, definition, base64.b64decode(kept["state"])


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_a_state_of_a_release_goes_on_where_it_stood(file: Path) -> None:
    kept, definition, state = kept_in(file)
    step = engine.look(definition, state)
    assert [[task.number, task.element, task.item] for task in step.open_tasks] == kept["open"]
    timers = [[timer.number, timer.element, timer.limit] for timer in step.timers]
    assert timers == kept.get("timers", [])
    assert step.variables == kept.get("variables", step.variables)
    for element, variables in kept["then"]:
        codec.forget()
        number = next(task.number for task in step.open_tasks if task.element == element)
        step = engine.complete(definition, step.state, number, variables)
    assert step.finished


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_the_timers_of_a_release_still_run_out(file: Path) -> None:
    kept, definition, state = kept_in(file)
    for number, *_ in kept.get("timers", []):
        step = engine.fire(definition, state, number)
        assert number not in [timer.number for timer in step.timers]


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_a_step_of_a_release_can_still_be_rolled_back(file: Path) -> None:
    kept, definition, state = kept_in(file)
    number, element, item = kept["earlier"]
    step = engine.roll_back(definition, state, number)
    assert [number, element, item] in [[t.number, t.element, t.item] for t in step.open_tasks]


@pytest.mark.parametrize("case", CASES)
def test_what_is_kept_for_the_next_release_goes_on_as_well(case: str, tmp_path: Path) -> None:
    file = tmp_path / "next.json"
    file.write_text(json.dumps(written("next", CASES[case]())), "utf-8")
    test_a_state_of_a_release_goes_on_where_it_stood(file)
    test_a_step_of_a_release_can_still_be_rolled_back(file)


def test_every_release_is_there() -> None:
    assert {json.loads(file.read_text("utf-8"))["release"] for file in STATES} >= {"0.1.0", "0.2.0"}


@pytest.mark.parametrize("state", [b"", b"garbage", b"\x28\xb5\x2f\xfd"])
def test_a_state_that_cannot_be_read_is_refused(state: bytes) -> None:
    _, definition, _ = kept_in(STATES[0])
    with pytest.raises(StateUnreadable):
        engine.complete(definition, state, 1, {})
