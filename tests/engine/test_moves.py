"""Jumping, asking more people or fewer, and ending a department's part with an outcome."""

from typing import Any

import pytest

from tests.engine.drawing import boundary, process, timer
from tests.engine.moving import Desk, departments, several
from workflows import engine

KINDS = ("plain", "call", "many")


def begun(kind: str = "plain", count: int = 3, *done: str) -> Desk:
    """Departments at work, some tasks done."""
    desk = Desk(departments(kind, count), again=False)
    desk.do("receive", "prepare", *done)
    return desk


def refused(desk: Desk, move: Any, name: str, *terms: Any) -> str:
    """Why a move is refused; nothing changes, and the case can go on."""
    before = desk.step
    with pytest.raises(engine.MoveNotPossible) as caught:
        desk.move(move, name, *terms)
    assert engine.look(desk.definition, desk.state()) == before
    return str(caught.value.params["why"])


# Jumping


def test_a_jump_in_ones_own_branch_leaves_the_others_alone() -> None:
    desk = begun("plain", 3, "a2")
    desk.move(engine.jump, "a1", "b1", False)
    assert desk.open() == {"b1": 1, "b2": 1, "a3": 1}
    assert desk.armed() == {"b1": 1, "b2": 1, "a3": 1}
    assert desk.to_the_end(again=False) == {"b1": 1, "b2": 1, "a3": 1, "b3": 1, "decide": 1}


def test_a_jump_back_in_ones_own_branch_asks_again() -> None:
    desk = begun("plain", 2, "a1")
    desk.move(engine.jump, "b1", "a1", False)
    assert desk.open() == {"a1": 1, "a2": 1}
    assert desk.to_the_end(again=False)["decide"] == 1


@pytest.mark.parametrize("goal", ["decide", "receive", "a2", "b2"])
def test_a_jump_out_of_a_branch_is_refused_while_others_work(goal: str) -> None:
    desk = begun()
    assert refused(desk, engine.jump, "a1", goal, False)
    assert desk.to_the_end(again=False)["decide"] == 1


@pytest.mark.parametrize(("goal", "asked"), [("decide", 0), ("receive", 1), ("prepare", 1)])
def test_a_jump_alone_takes_the_others_with_it(goal: str, asked: int) -> None:
    desk = begun("plain", 3, "a2", "b2")
    desk.move(engine.jump, "a1", goal, True)
    assert desk.open() == {goal: 1}
    assert desk.armed() == {goal: 1}
    done = desk.to_the_end(again=False)
    assert done["decide"] == 1
    assert done["a1"] == done["b2"] == asked


@pytest.mark.parametrize("alone", [False, True])
def test_nobody_jumps_alone_into_a_parallel_branch(alone: bool) -> None:
    desk = Desk(departments("plain", 2), again=False)
    assert refused(desk, engine.jump, "receive", "a1", alone)
    assert desk.to_the_end(again=False)["decide"] == 1


@pytest.mark.parametrize("goal", ["nowhere", "s", "t_a1", "and2", "a1_not"])
def test_a_jump_to_what_is_no_step_is_refused(goal: str) -> None:
    assert refused(begun(), engine.jump, "b1" if goal == "" else "a1", goal, True)


def test_a_jump_is_taken_back_with_the_tasks_it_withdrew() -> None:
    desk = begun("call", 2, "a1")
    before = desk.step
    desk.numbers["R1"] = desk.numbers["b1"]
    desk.move(engine.jump, "b1", "a", True)  # inside its own process
    desk.do("a1")
    desk.move(engine.roll_back, "R1")
    assert desk.step.open_tasks == before.open_tasks
    assert desk.step.timers == before.timers


def test_one_of_many_jumps_for_the_whole_step() -> None:
    desk = begun("many", 3, "dept#1")
    desk.move(engine.jump, "dept#2", "decide", False)
    assert desk.open() == {"decide": 1}
    desk.move(engine.roll_back, "dept#3")
    assert desk.open() == {"dept#2": 1, "dept#3": 1}
    assert desk.to_the_end(again=False)["decide"] == 1


# Signers


@pytest.mark.parametrize("kind", KINDS)
def test_a_signer_beside_is_waited_for(kind: str) -> None:
    name = "dept#1" if kind == "many" else "a1"
    desk = begun(kind, 2)
    number = desk.numbers[name]
    desk.move(engine.add_signer, name, "beside", {"department": "fire"})
    new = next(t for t in desk.step.open_tasks if t.number > max(number, *before_numbers(desk)))
    desk.after(engine.complete(desk.definition, desk.state(), number, {}))
    assert new.number in {task.number for task in desk.step.open_tasks}
    assert new.instance == (3 if kind == "many" else None)
    if kind != "many":
        assert desk.open()["b1"] == 0
    desk.after(engine.complete(desk.definition, desk.state(), new.number, {}))
    assert desk.to_the_end(again=False)["decide"] == 1


def before_numbers(desk: Desk) -> list[int]:
    """The numbers of all that was open before the newest."""
    return sorted(task.number for task in desk.step.open_tasks)[:-1]


def test_a_signer_before_is_asked_first() -> None:
    desk = begun("plain", 2)
    main = desk.numbers["a1"]
    desk.move(engine.add_signer, "a1", "before")
    assert main not in {task.number for task in desk.step.open_tasks}
    desk.do("a1")
    assert main in {task.number for task in desk.step.open_tasks}
    desk.do("a1")
    assert desk.open() == {"b1": 1, "a2": 1}


def test_a_signer_after_is_asked_last() -> None:
    desk = begun("plain", 2)
    main = desk.numbers["a1"]
    desk.move(engine.add_signer, "a1", "after")
    assert desk.open() == {"a1": 1, "a2": 1}
    desk.do("a1")
    assert desk.open() == {"a1": 1, "a2": 1}
    assert main not in {task.number for task in desk.step.open_tasks}
    desk.do("a1")
    assert desk.open() == {"b1": 1, "a2": 1}


def test_what_a_signer_writes_does_not_overwrite_the_task() -> None:
    desk = begun("plain", 2)
    main = desk.numbers["a1"]
    desk.move(engine.add_signer, "a1", "beside")
    signer = desk.numbers["a1"]
    for number, verdict in ((main, "agree"), (signer, "disagree")):
        desk.after(engine.complete(desk.definition, desk.state(), number, {"verdict": verdict}))
    assert desk.step.variables["verdict"] == "agree"


@pytest.mark.parametrize("when", ["beside", "before", "after"])
def test_with_the_last_signer_removed_the_task_goes_on(when: str) -> None:
    desk = begun("plain", 2)
    main = desk.numbers["a1"]
    desk.move(engine.add_signer, "a1", when)
    signer = desk.numbers["a1"]
    if when == "beside":
        desk.after(engine.complete(desk.definition, desk.state(), main, {}))
    if when == "after":
        desk.do("a1")
        signer = desk.numbers["a1"]
        desk.numbers["b1"] = 0
    desk.after(engine.remove_signer(desk.definition, desk.state(), signer))
    assert desk.open() == ({"a1": 1, "a2": 1} if when == "before" else {"b1": 1, "a2": 1})


def test_of_many_some_are_removed_and_the_last_open_one_ends_the_step() -> None:
    desk = begun("many", 3, "dept#1")
    desk.move(engine.remove_signer, "dept#2")
    assert desk.open() == {"dept#3": 1}
    desk.move(engine.remove_signer, "dept#3")
    assert desk.open() == {"decide": 1}
    assert not desk.armed()["dept"]


def test_who_was_removed_does_not_come_back_with_a_return() -> None:
    desk = begun("many", 3)
    desk.move(engine.remove_signer, "dept#2")
    desk.do("dept#1", "dept#3")
    desk.back("decide", "receive", None, True, True)
    desk.do("receive")
    assert desk.open() == {"dept#1": 1, "dept#3": 1}


@pytest.mark.parametrize("name", ["a2", "decide"])
def test_only_signers_are_removed(name: str) -> None:
    desk = begun("plain", 2, *(() if name == "a2" else ("a1", "b1", "a2", "b2")))
    assert refused(desk, engine.remove_signer, name)


@pytest.mark.parametrize("move", ["jump", "roll_back"])
def test_a_signer_is_not_moved_without_the_task_he_signs(move: str) -> None:
    desk = begun("plain", 2)
    desk.move(engine.add_signer, "a1", "beside")
    terms = ("b1", False) if move == "jump" else ()
    if move == "roll_back":
        desk.after(engine.complete(desk.definition, desk.state(), desk.numbers["a1"], {}))
    assert refused(desk, getattr(engine, move), "a1", *terms)


def test_with_the_task_rolled_back_who_signs_after_it_signs_again() -> None:
    desk = begun("plain", 2)
    main = desk.numbers["a1"]
    desk.move(engine.add_signer, "a1", "after")
    for rolled in range(3):
        desk.do("a1", *(["a1"] if rolled == 2 else []))
        desk.after(engine.roll_back(desk.definition, desk.state(), main))
        assert [task.number for task in desk.step.open_tasks if task.element == "a1"] == [main]
    desk.do("a1", "a1")
    assert desk.open() == {"b1": 1, "a2": 1}


def test_who_signs_after_a_task_may_send_it_back() -> None:
    desk = begun("plain", 2)
    main = desk.numbers["a1"]
    desk.move(engine.add_signer, "a1", "after")
    desk.do("a1")
    signer = desk.numbers["a1"]
    terms = engine.Terms()
    desk.after(engine.send_back(desk.definition, desk.state(), signer, main, terms))
    assert [task.number for task in desk.step.open_tasks if task.element == "a1"] == [main]
    desk.do("a1", "a1")
    assert desk.open() == {"b1": 1, "a2": 1}


def test_a_limit_that_interrupts_a_task_takes_its_signers_with_it() -> None:
    source = process(
        "p", ["s a b e", "late c e"], elements={"late": boundary("late", "a", timer("5wd"))}
    )
    desk = Desk((source,))
    desk.move(engine.add_signer, "a", "before")
    desk.fire("late")
    assert desk.open() == {"c": 1}
    assert desk.to_the_end() == {"c": 1}


def test_signers_in_a_row_are_not_asked_side_by_side() -> None:
    many = several("m", "2").replace("Characteristics>", 'Characteristics isSequential="true">', 1)
    desk = Desk((process("p", ["s m e"], elements={"m": many}),))
    assert refused(desk, engine.add_signer, "m#1", "beside")
    assert refused(desk, engine.remove_signer, "m#1")


# Concluding


@pytest.mark.parametrize("done", [(), ("a1",)])
def test_a_department_is_concluded_and_its_branch_goes_on(done: tuple[str, ...]) -> None:
    desk = begun("call", 2, *done)
    name = "b1" if done else "a1"
    desk.move(engine.conclude, name, "withdrawn")
    assert desk.step.variables["R1"] == "withdrawn"
    assert desk.open() == {"a2": 1}
    assert desk.armed() == {"a2": 1, "R2": 1}
    assert desk.to_the_end(again=False) == {"a2": 1, "b2": 1, "decide": 1}


@pytest.mark.parametrize("name", ["a1", "b1"])
@pytest.mark.parametrize("joined", [False, True])
def test_a_conclusion_is_taken_back_with_what_it_cut_off(name: str, joined: bool) -> None:
    desk = begun("call", 2, "a1")
    before = desk.step
    desk.move(engine.conclude, "b1", "withdrawn")
    if joined:
        desk.do("a2", "b2")
        assert desk.open() == {"decide": 1}
    desk.move(engine.roll_back, name)
    assert "R1" not in desk.step.variables
    assert desk.open() == {name: 1} | ({} if joined else {"a2": 1})
    if name == "b1" and not joined:
        assert desk.step.timers == before.timers
    assert desk.to_the_end(again=False)["decide"] == 1


def test_only_what_runs_inside_a_called_process_is_concluded() -> None:
    desk = begun("call", 2, "a1", "b1")
    assert refused(desk, engine.conclude, "receive", "x")
    assert refused(desk, engine.conclude, "b1", "x")


def test_who_is_held_may_be_concluded_and_the_return_is_off() -> None:
    desk = begun("call", 2)
    desk.back("a1", "receive")
    assert desk.open() == {"receive": 1, "a2": 1}
    desk.move(engine.conclude, "a1", "withdrawn")
    assert desk.open() == {"a2": 1}
    desk.move(engine.roll_back, "a1")
    assert desk.open() == {"receive": 1, "a2": 1}
    desk.do("receive")
    assert desk.open() == {"a1": 1, "a2": 1}
