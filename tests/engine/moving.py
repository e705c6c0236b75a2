"""A case of several departments on the engine, stored or live at random, and moved about."""

import random
from collections import Counter
from collections.abc import Set
from typing import Any

from tests.engine.drawing import boundary, process, timer
from workflows import engine
from workflows.engine import codec

MULTIPLE = (
    "<multiInstanceLoopCharacteristics><loopCardinality>{}</loopCardinality>{}"
    "</multiInstanceLoopCharacteristics></userTask>"
)


def timed(*tasks: str) -> tuple[dict[str, str], list[str]]:
    """A timer that interrupts nothing on each of these tasks: elements and arrows."""
    elements = {f"t_{task}": boundary(f"t_{task}", task, timer("5wd"), False) for task in tasks}
    return elements, [f"t_{task} e" for task in tasks]


def several(key: str, count: str, more: str = "") -> str:
    """A user task done by several people at once."""
    plain = process("p", [f"s {key} e"])
    start = plain.index(f'<userTask id="{key}"')
    drawn = plain[start : plain.index("</userTask>", start)]
    return drawn + MULTIPLE.format(count, more)


def several_calls(key: str, called: str, count: str) -> str:
    """A process called several times at once, with a list of the results."""
    return (
        f'<callActivity id="{key}" calledElement="{called}"><multiInstanceLoopCharacteristics>'
        f"<loopCardinality>{count}</loopCardinality>"
        "<loopDataOutputRef>results</loopDataOutputRef>"
        f'<outputDataItem id="{key}_result" name="{key}"/>'
        "</multiInstanceLoopCharacteristics></callActivity>"
    )


def departments(kind: str, count: int) -> tuple[str, ...]:
    """A case: received, prepared, examined by departments at once, decided, perhaps once more.

    ``plain`` departments have two tasks each, ``call`` ones a process of two tasks, ``many`` are
    the instances of one task.
    """
    frame, back = "s x1 receive prepare {} decide x2 e", "x2 x1"
    arrows, steps = [frame.format("dept"), back], ["dept"]
    if kind == "plain":
        steps = [f"{step}{place}" for place in range(1, count + 1) for step in "ab"]
        arrows = [frame.format("+1 a1 b1 +2"), back]
        arrows += [f"+1 a{place} b{place} +2" for place in range(2, count + 1)]
    elif kind == "call":
        steps = [f"R{place}" for place in range(1, count + 1)]
        arrows = [frame.format("+1 call:R1:item +2"), back]
        arrows += [f"+1 call:{step}:item +2" for step in steps[1:]]
    elements, more = timed("receive", "prepare", "decide", *steps)
    elements["dept"] = several("dept", str(count))
    case = process("p", arrows + more, {"x2 x1": "again"}, elements=elements)
    if kind != "call":
        return (case,)
    elements, more = timed("a", "b")
    return case, process("item", ["s a b e", *more], elements=elements)


class Desk:
    """A running case; whatever is done, it comes from the live object or the stored state."""

    def __init__(self, sources: tuple[str, ...], seed: int = 0, **variables: Any) -> None:
        self.random = random.Random(seed)
        self.sources = sources
        self.definition = engine.load("p", sources)
        self.step = engine.start(self.definition, variables)
        #: The number of every task that was ever open, the latest of its name.
        self.numbers: dict[str, int] = {}
        self.look()

    def look(self) -> None:
        for task in self.step.open_tasks:
            self.numbers[self.name(task)] = task.number

    @staticmethod
    def name(task: engine.OpenTask) -> str:
        """``a1`` for an element, also one inside item R1; ``dept#1`` for an instance."""
        if task.instance is not None:
            return f"{task.element}#{task.instance}"
        return task.element + (task.item or "").removeprefix("R")

    def open(self) -> Counter[str]:
        return Counter(map(self.name, self.step.open_tasks))

    def armed(self) -> Counter[str]:
        """What the armed timers are about."""
        return Counter(
            timer.element.removeprefix("t_")
            + ((timer.item or "").removeprefix("R") if timer.element in ("t_a", "t_b") else "")
            for timer in self.step.timers
        )

    def state(self) -> bytes:
        if self.random.random() < 0.5:
            codec.forget()
        return self.step.state

    def do(self, *names: str, **variables: Any) -> None:
        """Complete open tasks by name."""
        for name in names:
            number = next(t.number for t in self.step.open_tasks if self.name(t) == name)
            self.after(engine.complete(self.definition, self.state(), number, variables))

    def after(self, step: engine.Step) -> None:
        self.step = step
        self.look()

    def fire(self, element: str) -> None:
        number = next(t.number for t in self.step.timers if t.element == element)
        self.after(engine.fire(self.definition, self.state(), number))

    def move(self, move: Any, name: str, *terms: Any) -> None:
        """Any move of a task that is or was open."""
        self.after(move(self.definition, self.state(), self.numbers[name], *terms))

    def back(
        self,
        name: str,
        target: str,
        scope: Set[str] | None = engine.MINE,
        void: bool = False,
        straight: bool = True,
    ) -> None:
        """Send an open task back."""
        terms = engine.Terms(scope, void, straight)
        number, goal = self.numbers[name], self.numbers[target]
        self.after(engine.send_back(self.definition, self.state(), number, goal, terms))

    def to_the_end(self, **variables: Any) -> Counter[str]:
        """Complete whatever opens, in any order; what was completed, and how often."""
        done: Counter[str] = Counter()
        while self.step.open_tasks:
            task = self.random.choice(self.step.open_tasks)
            done[self.name(task)] += 1
            assert sum(done.values()) < 500
            step = engine.complete(self.definition, self.state(), task.number, variables)
            self.after(step)
        assert self.step.finished
        assert not self.step.timers and not self.step.messages
        return done
