"""One evaluation under way: what it may still spend, and what it has decided so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workflows.decisions.model import Evaluated

#: Steps of one evaluation: iterations, calls, and members looked at; some tenths of a second.
MAX_STEPS = 100_000


class TooMuch(Exception):
    """An evaluation that takes more steps, or a value that holds more, than any decision needs."""


@dataclass(slots=True)
class Run:
    """The budget of one evaluation and its record."""

    left: int = MAX_STEPS
    depth: int = 0
    steps: list[Evaluated] = field(default_factory=list)

    def spend(self, steps: int) -> None:
        """Take steps from the budget; raises TooMuch when it is spent."""
        self.left -= steps
        if self.left < 0:
            raise TooMuch


class Scope:
    """The names that can be seen at a place, and the run they belong to."""

    __slots__ = ("names", "run")

    def __init__(self, names: dict[str, Any], run: Run) -> None:
        self.names = names
        self.run = run

    def inner(self, names: dict[str, Any]) -> "Scope":
        """A scope inside this one, in which more names are known."""
        self.run.spend(1 + len(self.names) // 16)
        return Scope({**self.names, **names}, self.run)


Evaluate = Callable[[Scope], Any]
