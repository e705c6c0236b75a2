"""Whatever is done to a case, in whatever order: nobody is asked twice, and it comes to its end."""

from collections import Counter
from typing import Any

import pytest

from tests.engine.drawing import boundary, process, timer
from tests.engine.moving import Desk, departments, several, timed
from workflows import engine
from workflows.engine import codec, instance
from workflows.engine.flow import comes_from, detours

#: Blocks in blocks, an inclusive one beside, limits that interrupt.
elements, more = timed("receive", "a1", "c1", "decide")
elements["late"] = boundary("late", "a2", timer("10wd"))
elements["over"] = boundary("over", "R1", timer("20wd"))
elements["m1"] = several("m1", "3", "<completionCondition>enough</completionCondition>")
NESTED = process(
    "p",
    [
        "s x1 receive +1 a1 +3 a2 x4 +4 a3 +2 decide x2 e",
        "+3 m1 +4",
        "+1 o1 c1 c2 o2 +2",
        "o1 call:R1:item o2",
        "x2 x1",
        "late a4 x4",
        "over o2",
        *more,
    ],
    {"x2 x1": "again", "o1 c1": "true", "o1 call:R1:item": "R1_needed"},
    elements=elements,
)
ITEM = process("item", ["s x1 p q x2 e", "x2 x1"], {"x2 x1": "again"})
SOURCES = {
    "plain": departments("plain", 3),
    "call": departments("call", 3),
    "many": departments("many", 3),
    "nested": (NESTED, ITEM),
}


class Office(Desk):
    """A desk where anything may be done at any time."""

    def __init__(self, sources: tuple[str, ...], seed: int) -> None:
        super().__init__(
            sources, seed, again=False, enough=False, R1_needed=bool(seed % 2), R1="none"
        )
        self.log: list[str] = []
        self.met: Counter[str] = Counter()
        self.past: list[int] = []
        self.signers: set[int] = set()

    def something(self) -> None:
        """One move or action, whatever comes of it; refused, nothing has changed."""
        kinds = ["complete"] * 5 + ["back"] * 3 + ["fire", "roll", "jump", "add", "remove", "end"]
        kind = self.random.choice(kinds)
        before = self.step
        try:
            getattr(self, kind)()
            self.met[kind] += 1
        except engine.MoveNotPossible as refused:
            assert refused.sentence and str(refused)
            self.log.append(f"{self.log.pop()} refused: {refused.params['why']}")
            self.step = before
            self.met[kind + " refused"] += 1
        self.check()

    def any_open(self) -> int:
        return self.random.choice(self.step.open_tasks).number

    def complete(self) -> None:
        number = self.any_open()
        self.take(engine.complete, number, {"again": self.random.random() < 0.1})
        self.past.append(number)

    def back_terms(self) -> engine.Terms:
        scope = self.random.choice([engine.MINE, None, frozenset({"a2", "R2", "dept#2", "o1"})])
        void, straight = self.random.choices([False, True], k=2)
        names = frozenset({"plain": {"a2"}, "call": {"R2"}, "many": {"dept#2"}}.get(self.kind, ()))
        return engine.Terms(scope and names, void, straight)

    kind = ""

    def back(self) -> None:  # type: ignore[override]
        if self.past:
            number = self.any_open()
            self.take(engine.send_back, number, self.random.choice(self.past), self.back_terms())

    def roll(self) -> None:
        if self.past:
            self.take(engine.roll_back, self.random.choice(self.past))

    def jump(self) -> None:
        goal = self.random.choice(["receive", "decide", "a1", "b1", "a2", "a", "b", "c2", "dept"])
        self.take(engine.jump, self.any_open(), goal, self.random.random() < 0.3)

    def add(self) -> None:
        before = {task.number for task in self.step.open_tasks}
        number = self.any_open()
        when = self.random.choice(["beside", "before", "after"])
        self.take(engine.add_signer, number, when, {"who": 1})
        self.signers |= {task.number for task in self.step.open_tasks} - before

    def remove(self) -> None:
        if self.signers:
            self.take(engine.remove_signer, self.random.choice(sorted(self.signers)))

    def end(self) -> None:
        self.take(engine.conclude, self.any_open(), "withdrawn")

    def fire(self) -> None:  # type: ignore[override]
        if self.step.timers:
            self.take(engine.fire, self.random.choice(self.step.timers).number)

    def take(self, move: Any, *terms: Any) -> None:
        names = {task.number: self.name(task) for task in self.step.open_tasks}
        what = names.get(terms[0], terms[0])
        self.log.append(f"{move.__name__} {what} {terms[:1]} {terms[1:]}")
        self.after(move(self.definition, self.state(), *terms))

    def check(self) -> None:
        """What is stored is what is live; nobody is asked twice but those who were added."""
        codec.forget()
        stored = instance.look(self.definition, self.step.state)
        if self.random.random() < 0.5:
            codec.forget()
        assert stored.open_tasks == self.step.open_tasks
        assert stored.timers == self.step.timers
        assert stored.variables == self.step.variables
        assert self.step.finished or self.step.open_tasks, "stuck"
        first = [task for task in self.step.open_tasks if not self.is_extra(task.number)]
        twice = Counter(map(self.name, first)) - Counter({self.name(task) for task in first})
        assert not twice, f"asked twice: {[*twice]}"

    def is_extra(self, number: int) -> bool:
        """Whether a task was added for a signer, or is done once more for a return."""
        top = codec.take(self.step.state, self.definition)
        codec.keep(self.step.state, self.definition, top)
        task = top.find(number)
        assert task is not None
        ways = detours(top)
        at = task
        while at.workflow.caller is not None and at not in ways:
            at = at.workflow.caller
        again = any("again" in way.internal_data and comes_from(task, way) for way in ways)
        return "signs" in task.internal_data or at in ways or again


def office(kind: str, seed: int) -> Office:
    """A case moved about for a while, then worked to its end."""
    one = Office(SOURCES[kind], seed)
    one.kind = kind
    for _ in range(one.random.randrange(5, 30)):
        if one.step.finished:
            break
        one.something()
    for _ in range(300):
        if one.step.finished:
            break
        number = one.any_open()
        one.take(engine.complete, number, {"again": False})
        one.check()
    assert one.step.finished, "never ends"
    assert not one.step.timers and not one.step.messages, "left over"
    return one


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("seed", range(40))
def test_a_case_that_is_moved_about_comes_to_its_end(kind: str, seed: int) -> None:
    office(kind, seed)
