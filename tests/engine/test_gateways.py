"""Parallel work comes together once, when all of it is there, and loses nothing.

Each promise that stock SpiffWorkflow breaks is first shown to be broken there.
"""

from typing import Any

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.util.task import TaskState

from tests.engine.drawing import process
from workflows import engine

REPEATED = process(
    "p",
    ["s x1 +1 a +2 decide x2 e", "+1 b +2", "+1 c +2", "x2 x1"],
    {"x2 x1": "again"},
)
FORKED = process("p", ["s +1 a +2 decide e", "+1 b +2"])
#: Found by comparing random diagrams: one branch holds a choice inside a choice.
NESTED = process(
    "p",
    [
        "s o1 a o2 decide e",
        "o1 b c o2",
        "o1 o3 d o4",
        "o3 f o5 g h o6 o4 o2",
        "o5 i j o6",
    ],
    {"o1 b": "yes", "o1 o3": "yes", "o3 f": "yes", "o5 i": "yes"},
)


class Ours:
    """Runs a diagram on our engine, through its stored state at every step."""

    def __init__(self, source: str, **variables: Any) -> None:
        self.definition = engine.load("p", (source,))
        self.step = engine.start(self.definition, variables)

    def open(self) -> list[str]:
        return sorted(task.element for task in self.step.open_tasks)

    def do(self, element: str, **variables: Any) -> None:
        number = next(t.number for t in self.step.open_tasks if t.element == element)
        self.step = engine.complete(self.definition, self.step.state, number, variables)

    def value(self, name: str) -> Any:
        return self.step.variables[name]


class Stock:
    """Runs the same diagram on SpiffWorkflow as it comes."""

    def __init__(self, source: str, **variables: Any) -> None:
        parser = BpmnParser()
        parser.add_bpmn_str(source.encode())
        self.workflow = BpmnWorkflow(parser.get_spec("p"), {})
        self.workflow.task_tree.data.update(variables)
        self.workflow.do_engine_steps()

    def _ready(self) -> list[Any]:
        return list(self.workflow.get_tasks(state=TaskState.READY))

    def open(self) -> list[str]:
        return sorted(task.task_spec.name for task in self._ready())

    def do(self, element: str, **variables: Any) -> None:
        task = next(t for t in self._ready() if t.task_spec.name == element)
        task.data.update(variables)
        task.run()
        self.workflow.do_engine_steps()

    def value(self, name: str) -> Any:
        return self._ready()[0].data[name]


def second_round(run: Any) -> list[str]:
    """Three departments, returned as a whole; who came last in round one comes first in two."""
    for element in ("a", "b", "c"):
        run.do(element)
    run.do("decide", again=True)
    run.do("c")
    return list(run.open())


def fresh_refusal(run: Any) -> Any:
    """One department refuses, the other merely finishes later."""
    run.do("a", verdict="refused")
    run.do("b")
    return run.value("verdict")


def test_a_repeated_parallel_block_waits_for_everyone_again() -> None:
    run = Ours(REPEATED, again=False)
    assert second_round(run) == ["a", "b"]
    run.do("b")
    run.do("a")
    assert run.open() == ["decide"]
    run.do("decide", again=False)
    assert run.step.finished


def test_stock_fires_the_join_of_the_second_round_early() -> None:
    assert second_round(Stock(REPEATED, again=False)) == ["a", "b", "decide"]


def test_a_refusal_survives_the_join() -> None:
    assert fresh_refusal(Ours(FORKED, verdict="pending")) == "refused"


def test_stock_loses_a_refusal_at_the_join() -> None:
    assert fresh_refusal(Stock(FORKED, verdict="pending")) == "pending"


def nested_choice(run: Any) -> list[str]:
    """The short branch finishes while work deep in the other one is still open."""
    run.do("b")
    run.do("c")
    return list(run.open())


def test_an_inclusive_join_waits_for_every_branch_that_was_chosen() -> None:
    run = Ours(NESTED, yes=True)
    assert nested_choice(run) == ["f"]
    for element in ("f", "i", "j"):
        run.do(element)
    assert run.open() == ["decide"]


def test_stock_forgets_the_work_deep_in_a_chosen_branch() -> None:
    assert nested_choice(Stock(NESTED, yes=True)) == ["decide", "f"]


def test_an_unchosen_branch_is_not_waited_for() -> None:
    source = process("p", ["s o1 a o2 decide e", "o1 b o2", "o1 c o2"], {"o1 a": "x", "o1 b": "y"})
    run = Ours(source, x=True, y=False)
    assert run.open() == ["a"]
    run.do("a")
    assert run.open() == ["decide"]


def test_a_task_is_completed_once() -> None:
    run = Ours(FORKED, verdict="pending")
    number = run.step.open_tasks[0].number
    state = engine.complete(run.definition, run.step.state, number, {}).state
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(run.definition, state, number, {})


def test_four_hundred_returns_lose_nothing() -> None:
    run = Ours(process("p", ["s x1 a x2 e", "x2 x1"], {"x2 x1": "again"}), again=True)
    for _ in range(400):
        run.do("a")
        assert run.open() == ["a"]
    run.do("a", again=False)
    assert run.step.finished
