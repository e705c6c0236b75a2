"""A diagram played by hand, step by step, on the oracle or on the engine."""

from typing import Any

from tests.engine.oracle.game import Game
from workflows import engine


class Oracle:
    """A diagram on the oracle."""

    def __init__(self, source: str, **variables: Any) -> None:
        self.game = Game(source, "p", variables)

    def open(self) -> list[str]:
        """Open tasks, and what else is waited for, by element."""
        arms = [*self.game.arms("timer"), *self.game.arms("message")]
        tasks = [work.token.node.id for work in self.game.open_tasks()]
        return sorted([*tasks, *(arm.node.id for arm in arms)])

    def do(self, element: str, **variables: Any) -> None:
        tasks = [w for w in self.game.open_tasks() if w.token.node.id == element]
        self.game.complete(min(tasks, key=lambda work: work.number), variables)

    def fire(self, element: str) -> None:
        self.game.fire(next(arm for arm in self.game.arms("timer") if arm.node.id == element))

    def deliver(self, name: str, **variables: Any) -> None:
        self.game.deliver(name, variables)

    @property
    def variables(self) -> dict[str, Any]:
        return self.game.top.scope.values

    @property
    def finished(self) -> bool:
        return self.game.finished


class Engine:
    """The same diagram on the engine."""

    def __init__(self, source: str, **variables: Any) -> None:
        self.definition = engine.load("p", (source,))
        self.step: engine.Step = engine.start(self.definition, variables)

    def open(self) -> list[str]:
        tasks = [one.element for one in self.step.open_tasks]
        timers = [one.element for one in self.step.timers]
        return sorted([*tasks, *timers, *(one.element for one in self.step.messages)])

    def do(self, element: str, **variables: Any) -> None:
        number = min(task.number for task in self.step.open_tasks if task.element == element)
        self.step = engine.complete(self.definition, self.step.state, number, variables)

    def fire(self, element: str) -> None:
        number = next(one.number for one in self.step.timers if one.element == element)
        self.step = engine.fire(self.definition, self.step.state, number)

    def deliver(self, name: str, **variables: Any) -> None:
        self.step = engine.deliver(self.definition, self.step.state, name, variables)

    @property
    def variables(self) -> dict[str, Any]:
        return self.step.variables

    @property
    def finished(self) -> bool:
        return self.step.finished
