"""Promises about moving running processes to another version of their drawing."""

import pytest

from tests.engine.drawing import process
from workflows import engine
from workflows.engine import codec


def load(*arrows: str) -> engine.Definition:
    return engine.load("p", (process("p", arrows),))


def names(step: engine.Step) -> list[str]:
    return [task.element for task in step.open_tasks]


def done(definition: engine.Definition, step: engine.Step, *elements: str) -> engine.Step:
    for element in elements:
        number = next(task.number for task in step.open_tasks if task.element == element)
        codec.forget()
        step = engine.complete(definition, step.state, number, {f"v_{element}": element})
    return step


def obstacles(old: engine.Definition, new: engine.Definition, state: bytes, **how: object) -> str:
    return " ".join(map(str, engine.can_migrate(old, new, state, **how)))  # type: ignore[arg-type]


OLD = load("s T +1", "+1 A +2", "+1 B +2", "+2 D e")


def test_open_tasks_keep_their_numbers_and_what_was_decided_stands() -> None:
    new = load("s T +1", "+1 A +2", "+1 B +2", "+2 C D e")
    step = done(OLD, engine.start(OLD, {"x": 1}), "T", "A")
    moved = engine.migrate(OLD, new, step.state)
    assert moved.open_tasks == step.open_tasks
    assert moved.variables == step.variables
    moved = done(new, moved, "B", "C", "D")
    assert moved.finished
    assert moved.variables["v_A"] == "A"


def test_a_step_put_before_an_open_one_is_not_asked_and_one_after_it_is() -> None:
    new = load("s T +1", "+1 A0 A A1 +2", "+1 B +2", "+2 D e")
    step = done(OLD, engine.start(OLD, {}), "T")
    moved = engine.migrate(OLD, new, step.state)
    assert names(moved) == ["A", "B"]
    assert done(new, done(new, moved, "A", "B"), "A1", "D").finished


def test_a_renamed_element_is_mapped_and_without_the_mapping_it_is_named() -> None:
    new = load("s T +1", "+1 A2 +2", "+1 B +2", "+2 D e")
    step = done(OLD, engine.start(OLD, {}), "T")
    assert "[A]" in obstacles(OLD, new, step.state)
    with pytest.raises(engine.MigrationNotPossible, match="A"):
        engine.migrate(OLD, new, step.state)
    moved = engine.migrate(OLD, new, step.state, {"A": "A2"})
    assert names(moved) == ["A2", "B"]
    assert [task.number for task in moved.open_tasks] == [task.number for task in step.open_tasks]
    assert done(new, moved, "A2", "B", "D").finished


def test_a_department_that_was_added_is_an_obstacle_until_its_branch_is_begun() -> None:
    new = load("s T +1", "+1 A +2", "+1 B +2", "+1 C +2", "+2 D e")
    step = done(OLD, engine.start(OLD, {}), "T", "A")
    assert "[C]" in obstacles(OLD, new, step.state)
    assert not obstacles(OLD, new, step.state, begin=["C"])
    moved = engine.migrate(OLD, new, step.state, begin=["C"])
    assert names(moved) == ["B", "C"]
    moved = done(new, moved, "C", "B")
    assert names(moved) == ["D"]
    assert done(new, moved, "D").finished


def test_a_department_that_was_added_needs_nothing_while_the_fork_is_still_ahead() -> None:
    new = load("s T +1", "+1 A +2", "+1 B +2", "+1 C +2", "+2 D e")
    step = engine.start(OLD, {})
    assert names(done(new, engine.migrate(OLD, new, step.state), "T")) == ["A", "B", "C"]


def test_a_department_that_was_dropped_while_it_is_at_work_is_an_obstacle() -> None:
    new = load("s T +1", "+1 A +2", "+1 C +2", "+2 D e")
    step = done(OLD, engine.start(OLD, {}), "T")
    assert "[B]" in obstacles(OLD, new, step.state)


def test_a_department_that_already_came_to_the_join_must_still_be_joined() -> None:
    new = load("s T +1", "+1 B +2", "+1 C +2", "+2 D e")
    step = done(OLD, engine.start(OLD, {}), "T", "A")
    assert "and2" in obstacles(OLD, new, step.state)


def test_a_branch_made_serial_would_be_done_twice_and_is_refused() -> None:
    new = load("s T A B D e")
    step = done(OLD, engine.start(OLD, {}), "T")
    assert "[B]" in obstacles(OLD, new, step.state)


def test_called_processes_move_with_the_process_that_called_them() -> None:
    def both(inner: str) -> engine.Definition:
        calls = process("p", ["s +1", "+1 call:R1:i +2", "+1 call:R2:i +2", "+2 D e"])
        return engine.load("p", (calls, process("i", [inner])))

    old, new = both("s a b e"), both("s a c b e")
    step = done(old, engine.start(old, {}), "a")
    moved = engine.migrate(old, new, step.state)
    assert [(task.item, task.element) for task in moved.open_tasks] == [("R2", "a"), ("R1", "b")]
    moved = done(new, moved, "a", "c", "b", "b", "D")
    assert moved.finished
    assert moved.variables["R1"] == "e"


def test_an_item_that_is_over_may_be_a_single_task_in_the_new_version() -> None:
    item = process("i", ["s a e"])
    old = engine.load("p", (process("p", ["s call:R1:i D e"]), item))
    new = load("s R1 D e")
    step = done(old, engine.start(old, {}), "a")
    moved = engine.migrate(old, new, step.state)
    assert moved.open_tasks == step.open_tasks
    moved = done(new, moved, "D")
    assert moved.finished
    assert moved.variables["R1"] == "e"


def test_a_process_that_is_over_moves_too_and_stays_over() -> None:
    new = load("s T +1", "+1 A +2", "+1 B +2", "+2 D2 e")
    step = done(OLD, engine.start(OLD, {}), "T", "A", "B", "D")
    moved = engine.migrate(OLD, new, step.state)
    assert moved.finished
    assert moved.variables == step.variables


def test_a_refused_migration_leaves_the_state_usable() -> None:
    new = load("s T X e")
    step = done(OLD, engine.start(OLD, {}), "T")
    with pytest.raises(engine.MigrationNotPossible):
        engine.migrate(OLD, new, step.state)
    assert done(OLD, step, "A", "B", "D").finished
