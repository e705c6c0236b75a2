"""Returns that meet: two at once, one within another, again to the same; and what is refused."""

import pytest

from tests.engine.drawing import DECLARED, boundary, message, process, timer
from tests.engine.moving import Desk, departments, several, several_calls, timed
from workflows import engine


def begun(kind: str = "plain", count: int = 3, *done: str) -> Desk:
    """Departments at work, some tasks done."""
    desk = Desk(departments(kind, count), again=False)
    desk.do("receive", "prepare", *done)
    return desk


@pytest.mark.parametrize("straight", [False, True])
def test_two_departments_send_back_at_once_and_each_gets_its_own_answer(straight: bool) -> None:
    desk = begun("plain", 3, "a1")
    desk.back("b1", "receive", straight=straight)
    first = desk.numbers["receive"]
    desk.numbers["receive"] = 3
    desk.back("a2", "receive", straight=straight)
    assert desk.open() == {"receive": 2, "a3": 1}
    desk.after(engine.complete(desk.definition, desk.state(), first, {}))
    if not straight:
        desk.do("prepare")
    assert desk.open() == {"receive": 1, "a3": 1, "b1" if straight else "a1": 1}
    done = desk.to_the_end(again=False)
    assert done["decide"] == 1
    assert done["prepare"] == (0 if straight else 1)


def test_who_is_held_by_two_returns_waits_for_both() -> None:
    desk = begun("plain", 2)
    desk.back("a1", "receive")
    first = desk.numbers["receive"]
    desk.numbers["receive"] = 3
    desk.back("a2", "receive", None)  # holds everybody
    assert desk.open() == {"receive": 2}
    desk.after(engine.complete(desk.definition, desk.state(), first, {}))
    assert desk.open() == {"receive": 1}
    desk.do("receive")
    assert desk.open() == {"a1": 1, "a2": 1}
    assert desk.armed() == {"a1": 1, "a2": 1}


def test_a_void_branch_forgets_what_it_had_sent_back() -> None:
    desk = begun("plain", 2, "a1")
    desk.back("b1", "a1")
    assert desk.open() == {"a1": 1, "a2": 1}
    desk.back("a2", "receive", None, void=True)
    assert desk.open() == {"receive": 1}
    desk.do("receive")
    assert desk.open() == {"a1": 1, "a2": 1}
    assert desk.to_the_end(again=False) == {"a1": 1, "b1": 1, "a2": 1, "b2": 1, "decide": 1}


def test_a_return_within_a_return_comes_back_step_by_step() -> None:
    desk = begun("plain", 2, "a1", "a2", "b2")
    desk.back("b1", "prepare")
    desk.back("prepare", "receive")
    assert desk.open() == {"receive": 1}
    desk.do("receive")
    assert desk.open() == {"prepare": 1}
    desk.do("prepare")
    assert desk.open() == {"b1": 1}
    assert desk.to_the_end(again=False) == {"b1": 1, "decide": 1}


def test_walking_again_within_a_return_loses_nobodys_work() -> None:
    desk = begun("plain", 2, "a1", "a2", "b2")
    desk.back("b1", "prepare")
    desk.back("prepare", "receive", straight=False)
    assert desk.open() == {"receive": 1}
    assert desk.to_the_end(again=False) == {"receive": 1, "prepare": 1, "b1": 1, "decide": 1}


def test_the_way_that_is_walked_again_is_sent_back_itself() -> None:
    desk = begun("plain", 2, "a1", "a2", "b2")
    desk.back("b1", "receive", straight=False)
    desk.do("receive")
    desk.numbers["receive"] = 3  # the first time stands for the latest on this way
    desk.back("prepare", "receive", straight=False)
    assert desk.open() == {"receive": 1}
    done = desk.to_the_end(again=False)
    assert done == {"receive": 1, "prepare": 1, "a1": 1, "b1": 1, "decide": 1}


def test_what_was_done_once_more_may_be_named_by_its_own_number() -> None:
    desk = begun("plain", 2)
    desk.back("a1", "receive")
    desk.do("receive")  # now known by the number of the second time
    desk.back("a1", "receive")
    assert desk.open() == {"receive": 1, "a2": 1}
    assert desk.to_the_end(again=False)["receive"] == 1


def test_what_was_done_once_more_is_not_rolled_back_but_sent_back() -> None:
    desk = begun("plain", 2)
    desk.back("a1", "receive")
    desk.do("receive")
    before = desk.step
    with pytest.raises(engine.MoveNotPossible):
        desk.move(engine.roll_back, "receive")
    assert engine.look(desk.definition, desk.state()) == before


def test_a_return_is_gone_when_the_sender_is() -> None:
    desk = begun("plain", 2, "a1")
    desk.back("b1", "receive")
    assert desk.open() == {"receive": 1, "a2": 1}
    desk.move(engine.roll_back, "a1")
    assert desk.open() == {"a1": 1, "a2": 1}
    assert desk.to_the_end(again=False) == {"a1": 1, "b1": 1, "a2": 1, "b2": 1, "decide": 1}


@pytest.mark.parametrize("void", [False, True])
def test_a_limit_of_the_step_stops_when_all_its_instances_do(void: bool) -> None:
    desk = begun("many", 2)
    desk.back("dept#1", "receive", None, void)
    assert desk.armed() == {"receive": 1}
    desk.do("receive")
    assert desk.armed() == {"dept": 1}


def limited(target: str) -> tuple[str, ...]:
    """Two departments; the receipt may be interrupted by a limit that leads to ``target``."""
    elements, more = timed("a1", "a2", "decide")
    elements["late"] = boundary("late", "receive", timer("30d"))
    elements["gone"] = boundary("gone", "receive", message())
    arrows = ["s receive x1 +1 a1 +2 decide e", "+1 a2 +2", f"late ask {target}", "gone lapse e"]
    return (process("p", arrows + more, elements=elements, declared=DECLARED),)


def test_a_limit_that_leads_the_same_way_comes_back_too() -> None:
    desk = Desk(limited("x1"))
    desk.do("receive", "a2")
    desk.back("a1", "receive")
    desk.fire("late")
    assert desk.open() == {"ask": 1}
    desk.do("ask")
    assert desk.open() == {"a1": 1}
    assert desk.to_the_end() == {"a1": 1, "decide": 1}


@pytest.mark.parametrize("what", ["late", "gone"])
def test_a_limit_that_leads_elsewhere_is_as_if_it_had_the_first_time(what: str) -> None:
    desk = Desk(limited("e"))
    desk.do("receive", "a2")
    desk.back("a1", "receive")
    if what == "late":
        desk.fire("late")
    else:
        desk.after(engine.deliver(desk.definition, desk.state(), "paid", {"lapsed": True}))
        assert desk.step.variables == {"lapsed": True}
    assert desk.open() == {"ask" if what == "late" else "lapse": 1}
    desk.to_the_end()


def test_a_department_among_many_comes_to_its_result_anew() -> None:
    case = process("p", ["s receive m decide e"], elements={"m": several_calls("m", "item", "2")})
    item = process("item", ["s a b x1 e1", "x1 e2"], {"x1 e2": "refuse"})
    desk = Desk((case, item), refuse=False)
    desk.do("receive")
    first, _ = (task.number for task in desk.step.open_tasks)
    desk.do("a#1", "a#2", "b#1", "b#2")
    assert desk.step.variables["results"] == ["e1", "e1"]
    terms = engine.Terms()
    decide = desk.numbers["decide"]
    desk.after(engine.send_back(desk.definition, desk.state(), decide, first, terms))
    assert desk.open() == {"a#1": 1}
    desk.do("a#1")
    desk.do("b#1", refuse=True)
    assert desk.open() == {"decide": 1}
    assert desk.numbers["decide"] == decide
    assert desk.step.variables["results"] == ["e2", "e1"]
    assert desk.to_the_end() == {"decide": 1}


@pytest.mark.parametrize("seed", range(3))
def test_what_one_of_many_says_the_second_time_takes_the_place_of_the_first(seed: int) -> None:
    gather = '<loopDataOutputRef>all</loopDataOutputRef><outputDataItem id="o" name="said"/>'
    case = process("p", ["s receive m decide e"], elements={"m": several("m", "2", gather)})
    desk = Desk((case,), seed)
    desk.do("receive")
    for name in ("m#1", "m#2"):
        desk.do(name, said=name)
    desk.back("decide", "m#1")
    desk.do("m#1", said="anew")
    assert desk.step.variables == {"all": ["anew", "m#2"]}


TWO_BLOCKS = process(
    "p",
    ["s receive +1 a1 +2 middle +3 b1 +4 decide e", "+1 a2 +2", "+3 b2 +4"],
)


@pytest.mark.parametrize(
    ("sender", "target", "terms"),
    [
        ("decide", "receive", engine.Terms(straight=False)),
        ("b1", "receive", engine.Terms(straight=False)),
        ("b1", "a1", engine.Terms(straight=False)),
        ("decide", "a1", engine.Terms(frozenset({"a2"}), void=True)),
        ("b1", "a1", engine.Terms(frozenset({"nobody"}))),
        ("b1", "b2", engine.Terms()),
        ("b1", "decide", engine.Terms()),
    ],
)
def test_a_return_that_would_lose_others_work_is_refused(
    sender: str, target: str, terms: engine.Terms
) -> None:
    desk = Desk((TWO_BLOCKS,))
    desk.do("receive", "a1", "a2", "middle", "b2")
    if sender == "decide":
        desk.do("b1")
    desk.numbers.setdefault("decide", desk.numbers["b1"])
    before = desk.step
    with pytest.raises(engine.MoveNotPossible) as caught:
        desk.back(sender, target, terms.scope, terms.void, terms.straight)
    assert caught.value.params["why"]
    assert engine.look(desk.definition, desk.state()) == before
    desk.to_the_end()


@pytest.mark.parametrize("sender", ["b1", "decide"])
@pytest.mark.parametrize("target", ["receive", "a1", "middle"])
def test_over_two_blocks_a_task_is_done_once_more_and_nothing_else(
    sender: str, target: str
) -> None:
    desk = Desk((TWO_BLOCKS,))
    desk.do("receive", "a1", "a2", "middle", "b2", *(["b1"] if sender == "decide" else []))
    number = desk.numbers[sender]
    desk.back(sender, target)
    assert desk.open() == {target: 1}
    desk.do(target)
    assert desk.numbers[sender] == number
    assert desk.to_the_end() == {sender: 1} | ({"decide": 1} if sender == "b1" else {})


def test_a_task_that_is_not_open_sends_nothing_back() -> None:
    desk = begun("plain", 2, "a1")
    with pytest.raises(engine.TaskNotOpen):
        desk.back("a1", "receive")
    desk.back("b1", "receive")
    with pytest.raises(engine.TaskNotOpen):
        desk.back("b1", "receive")  # it is held


def test_of_several_in_a_row_one_sends_back_to_another() -> None:
    many = several("m", "3").replace("Characteristics>", 'Characteristics isSequential="true">', 1)
    desk = Desk((process("p", ["s m e"], elements={"m": many}),))
    desk.do("m#1", "m#2")
    number = desk.numbers["m#3"]
    desk.back("m#3", "m#1")
    assert desk.open() == {"m#1": 1}
    desk.do("m#1")
    assert desk.open() == {"m#3": 1}
    assert desk.numbers["m#3"] == number
    desk.numbers["m#1"] = 3
    desk.back("m#3", "m#2", straight=False)
    assert desk.open() == {"m#2": 1}
    assert desk.to_the_end() == {"m#2": 1, "m#3": 1}


@pytest.mark.parametrize("kind", ["plain", "call", "many"])
@pytest.mark.parametrize("first", [False, True])
def test_a_department_is_rolled_back_while_the_way_is_walked_again(kind: str, first: bool) -> None:
    desk = begun(kind, 2)
    while not desk.open()["decide"]:
        desk.do(next(iter(desk.open())))
    desk.back("decide", "receive", straight=False)
    name = "dept#1" if kind == "many" else "b1"
    desk.move(engine.roll_back, name)
    assert desk.open() == {"receive": 1, name: 1}
    desk.do(*([name, "receive"] if first else ["receive", name]))
    assert desk.open() == {"prepare": 1}
    desk.do("prepare")
    assert desk.to_the_end(again=False) == {"decide": 1}
