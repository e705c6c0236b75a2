"""Rolled back, a task is open as if it had not been done: nothing else is lost, nothing is left.

Random models are played on the engine and on the token game of the oracle; the game knows what
followed from what, and is played once more without the task and without what followed from it.
"""

import pytest

from tests.engine import undoing
from tests.engine.drawing import DECLARED, boundary, message, process, sub, thrown, timer
from tests.engine.drawing import event as drawn
from tests.engine.moving import Desk, departments, several
from workflows import engine

SEEDS = 120
SHARE = 6


@pytest.mark.parametrize("share", range(SHARE))
def test_what_is_rolled_back_is_as_if_it_had_not_happened(share: int) -> None:
    for seed in range(share, SEEDS, SHARE):
        run = undoing.Run(seed)
        try:
            run.play()
        except AssertionError as wrong:
            wrong.add_note(f"seed {seed}\n" + "\n".join(run.log))
            raise


@pytest.mark.parametrize("kind", ["plain", "call"])
@pytest.mark.parametrize("count", [2, 5, 20])
@pytest.mark.parametrize("second", [False, True])
def test_a_department_is_rolled_back_after_the_join(kind: str, count: int, second: bool) -> None:
    desk = Desk(departments(kind, count), again=False)
    steps = [f"{step}{place}" for place in range(1, count + 1) for step in "ab"]
    if second:
        desk.do("receive", "prepare", *steps)
        desk.do("decide", again=True)
    desk.do("receive", "prepare", *steps)
    assert desk.open() == {"decide": 1}
    desk.move(engine.roll_back, "a2")
    assert desk.open() == {"a2": 1}
    assert not desk.armed()["decide"]
    desk.do("a2", "b2")
    assert desk.open() == {"decide": 1}
    assert desk.to_the_end(again=False) == {"decide": 1}


def test_a_case_that_is_over_is_opened_again() -> None:
    desk = Desk(departments("call", 2), again=False)
    desk.to_the_end(again=False)
    desk.move(engine.roll_back, "b1")
    assert desk.open() == {"b1": 1}
    assert not desk.step.finished
    assert "outcome" not in desk.step.variables
    assert "R1" not in desk.step.variables
    assert desk.step.variables["R2"] == "e"
    assert desk.to_the_end() == {"b1": 1, "decide": 1}


def test_what_a_task_wrote_is_taken_back_with_it_and_nothing_else() -> None:
    desk = Desk(departments("plain", 2), again=False)
    desk.do("receive", "prepare")
    desk.do("a1", verdict="one")
    desk.do("a2", verdict="two")
    desk.move(engine.roll_back, "a2")
    assert desk.step.variables["verdict"] == "one"


def test_an_inclusive_join_waits_again_for_a_branch_that_had_gone_elsewhere() -> None:
    source = process(
        "p",
        ["s o1 a o2 decide e", "o1 b x1 o2", "x1 e2"],
        {"o1 a": "true", "o1 b": "true", "x1 e2": "leaves"},
    )
    desk = Desk((source,), leaves=True)
    desk.do("a", "b")
    assert desk.open() == {"decide": 1}
    desk.move(engine.roll_back, "b")
    assert desk.open() == {"b": 1}  # not decide: b may still come
    desk.do("b", leaves=False)
    assert desk.to_the_end() == {"decide": 1}


def test_a_token_joins_another_when_its_partner_is_taken_back() -> None:
    source = process(
        "p",
        ["s w e", "asked +1 x +2 answer e", "+1 y +2"],
        elements={"asked": boundary("asked", "w", message(), False)},
        declared=DECLARED,
    )
    desk = Desk((source,))
    for _ in range(2):
        desk.after(engine.deliver(desk.definition, desk.state(), "paid"))
    first, second = sorted(task.number for task in desk.step.open_tasks if task.element == "x")
    for number in (first, second):
        desk.after(engine.complete(desk.definition, desk.state(), number, {}))
    desk.do("y")
    assert desk.open() == {"w": 1, "y": 1, "answer": 1}
    desk.after(engine.roll_back(desk.definition, desk.state(), first))
    assert desk.open() == {"w": 1, "y": 1, "x": 1, "answer": 1}
    assert desk.to_the_end() == {"w": 1, "x": 1, "y": 1, "answer": 2}


LIMITED = process(
    "p",
    ["s a b e", "late remind e", "gone c b"],
    elements={
        "late": boundary("late", "a", timer("3wd"), False),
        "gone": boundary("gone", "a", timer("10wd")),
    },
)


def test_a_task_that_a_timer_interrupted_is_open_again_and_its_timer_armed() -> None:
    desk = Desk((LIMITED,))
    before = desk.step
    desk.fire("gone")
    assert desk.open() == {"c": 1}
    desk.move(engine.roll_back, "a")
    assert desk.open() == {"a": 1}
    assert desk.step.timers == before.timers
    desk.do("a")
    assert not desk.step.timers


def test_what_a_timer_began_beside_a_task_stands_when_the_task_is_rolled_back() -> None:
    desk = Desk((LIMITED,))
    desk.fire("late")
    desk.do("a")
    desk.move(engine.roll_back, "a")
    assert desk.open() == {"a": 1, "remind": 1}
    assert [timer.element for timer in desk.step.timers] == ["gone"]
    assert desk.to_the_end() == {"a": 1, "b": 1, "remind": 1}


ENOUGH = process(
    "p",
    ["s m b e", "late e"],
    elements={
        "m": several(
            "m", "5", "<completionCondition>numberOfCompletedInstances >= 2</completionCondition>"
        ),
        "late": boundary("late", "m", timer("5wd")),
    },
)


@pytest.mark.parametrize("which", ["m#1", "m#2"])
def test_a_step_that_had_enough_goes_on_when_one_of_it_is_rolled_back(which: str) -> None:
    desk = Desk((ENOUGH,))
    desk.do("m#1", "m#2")
    assert desk.open() == {"b": 1}
    desk.move(engine.roll_back, which)
    assert desk.open() == {which: 1, "m#3": 1, "m#4": 1, "m#5": 1}
    assert [timer.element for timer in desk.step.timers] == ["late"]
    desk.do("m#4")
    assert desk.open() == {"b": 1}


def test_someone_who_was_not_needed_any_more_is_asked_after_all() -> None:
    desk = Desk((ENOUGH,))
    desk.do("m#1", "m#2")
    desk.move(engine.roll_back, "m#5")
    assert desk.open() == {"m#3": 1, "m#4": 1, "m#5": 1}
    desk.do("m#5")
    assert desk.to_the_end() == {"b": 1}


def test_those_after_one_in_a_row_are_taken_back_with_him() -> None:
    source = ENOUGH.replace(
        "<multiInstanceLoopCharacteristics>",
        '<multiInstanceLoopCharacteristics isSequential="true">',
    ).replace(" >= 2<", " >= 4<")
    desk = Desk((source,))
    desk.do("m#1", "m#2", "m#3")
    desk.move(engine.roll_back, "m#2")
    assert desk.open() == {"m#2": 1}
    assert desk.to_the_end() == {"m#2": 1, "m#3": 1, "m#4": 1, "b": 1}


THROWN = process(
    "p",
    ["s w b e", "caught c e"],
    elements={
        "w": sub("w", ["s1 +1 x +2 e1", "+1 y x1 +2", "x1 e9"], {"x1 e9": "stop"}, {
            "e9": drawn("endEvent", "e9", thrown("error", "err")),
        }),
        "caught": boundary("caught", "w", thrown("error", "err")),
    },
    declared=DECLARED,
)  # fmt: skip


def test_who_threw_is_rolled_back_and_what_was_interrupted_goes_on() -> None:
    desk = Desk((THROWN,), stop=True)
    desk.do("y")
    assert desk.open() == {"c": 1}
    desk.move(engine.roll_back, "y")
    assert desk.open() == {"x": 1, "y": 1}
    desk.do("y", stop=False)
    desk.do("x")
    assert desk.open() == {"b": 1}


@pytest.mark.parametrize("done", [False, True])
def test_who_was_interrupted_by_what_another_threw_is_not_opened_alone(done: bool) -> None:
    desk = Desk((THROWN,), stop=True)
    if done:
        desk.do("x")
    desk.do("y")
    with pytest.raises(engine.MoveNotPossible):
        desk.move(engine.roll_back, "x")
    assert desk.open() == {"c": 1}
    assert desk.to_the_end() == {"c": 1}


TERMINATED = process(
    "p", ["s +1 a e1", "+1 b e2", "+1 c e"],
    elements={"e2": drawn("endEvent", "e2", "<terminateEventDefinition/>")},
)  # fmt: skip


def test_what_was_terminated_is_opened_by_rolling_back_who_terminated_it() -> None:
    desk = Desk((TERMINATED,))
    desk.do("a", "b")
    assert desk.step.finished
    for name in ("a", "c"):  # done before, and withdrawn
        with pytest.raises(engine.MoveNotPossible):
            desk.move(engine.roll_back, name)
    assert desk.step.variables["outcome"] == "e2"
    desk.move(engine.roll_back, "b")
    assert desk.open() == {"b": 1, "c": 1}
    assert desk.step.variables["outcome"] == "e1"


def test_a_message_is_waited_for_again() -> None:
    source = process(
        "p", ["s a b e", "paid c e"], elements={"paid": boundary("paid", "a", message())},
        declared=DECLARED,
    )  # fmt: skip
    desk = Desk((source,))
    desk.after(engine.deliver(desk.definition, desk.state(), "paid", {"sum": 7}))
    assert desk.step.variables == {"sum": 7}
    desk.move(engine.roll_back, "a")
    assert desk.step.variables == {}
    assert [waiting.message for waiting in desk.step.messages] == ["paid"]


def test_what_cannot_be_rolled_back_is_refused_and_nothing_changes() -> None:
    desk = Desk(departments("plain", 2), again=False)
    desk.do("receive", "prepare", "a1")
    before = desk.step
    for number in (desk.numbers["b1"], 9999, 1):
        with pytest.raises(engine.MoveNotPossible):
            engine.roll_back(desk.definition, desk.state(), number)
    assert engine.look(desk.definition, desk.state()) == before
    assert desk.to_the_end(again=False)["decide"] == 1
