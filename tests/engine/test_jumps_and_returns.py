"""A jump while something is sent back: nobody is come to twice, nobody waits for ever."""

import pytest

from tests.engine.drawing import process
from tests.engine.moving import Desk, departments
from workflows import engine


def begun(kind: str, count: int, *done: str) -> Desk:
    """Departments at work, some tasks done."""
    desk = Desk(departments(kind, count), again=False)
    desk.do("receive", "prepare", *done)
    return desk


def test_a_jump_that_withdraws_the_sender_ends_the_return() -> None:
    desk = begun("plain", 2)
    desk.back("a1", "receive")
    desk.move(engine.jump, "a2", "decide", True)
    assert desk.open() == {"decide": 1}
    assert desk.to_the_end(again=False) == {"decide": 1}


def test_a_jump_of_the_task_that_is_done_once_more_leads_to_those_who_wait() -> None:
    desk = begun("plain", 2, "a1")
    desk.back("b1", "prepare")
    desk.move(engine.jump, "prepare", "receive", False)
    assert desk.open() == {"receive": 1, "a2": 1}
    assert desk.to_the_end(again=False)["a1"] == 0


def test_a_jump_off_a_way_back_does_not_pass_those_who_wait_for_it() -> None:
    one = Desk((process("p", ["s a b c e"]),))
    one.do("a")
    one.back("b", "a")
    before = one.step
    one.move(engine.jump, "a", "b", False)
    assert one.open() == {"b": 1}, "to those who wait it may go"
    one.after(before)
    with pytest.raises(engine.MoveNotPossible, match="先办完退回的环节"):
        one.move(engine.jump, "a", "c", False)
    one.move(engine.jump, "a", "c", True)
    assert one.to_the_end() == {"c": 1}, "alone, nobody waits any more"


def test_who_signs_with_a_signer_sends_back_to_the_first_of_them() -> None:
    desk = Desk((process("p", ["s a e"]),))
    first = number = desk.numbers["a"]
    for _ in range(2):
        desk.after(engine.add_signer(desk.definition, desk.state(), number, "beside"))
        [added] = [task.number for task in desk.step.open_tasks if task.number > number]
        desk.after(engine.complete(desk.definition, desk.state(), number, {}))
        number = added
    sent = engine.send_back(desk.definition, desk.state(), number, first, engine.Terms())
    assert {task.number for task in sent.open_tasks} == {number, first}
