"""The variables of a random model, and the conditions that read them."""

import random
from typing import Any

from tests.engine.oracle.blocks import Block, Many
from tests.engine.oracle.xml import MESSAGES

COUNTS = ("1", "2", "2", "3", "n_a", "n_a + 1", "0")
UNTIL = (
    "numberOfCompletedInstances == 1",
    "numberOfCompletedInstances >= 2",
    "numberOfActiveInstances <= 1",
    "numberOfCompletedInstances * 2 >= numberOfInstances",
    "numberOfTerminatedInstances == 0 and loopCounter == 2",
)


class Data:
    """Every variable is there from the start, so that no condition lacks one by accident."""

    def __init__(self, chance: random.Random) -> None:
        self.random = chance
        self.names: list[str] = []
        self.lists = ["list_a"]
        #: Conditions on how a called process ended.
        self.results: list[str] = []
        digits = self.random.choices(range(3), k=self.random.randint(0, 3))
        self.given: dict[str, Any] = {
            "list_a": digits, "n_a": self.random.randint(0, 3), "limit_a": "7wd", "limit_b": "soon",
        }  # fmt: skip
        for name in ("v_0", *(f"v_{message}" for message in MESSAGES)):
            self.variable(name)

    def variable(self, name: str) -> str:
        """A small number, to be read by conditions."""
        self.given[name] = self.random.randrange(3)
        self.names.append(name)
        return name

    def condition(self, local: tuple[str, ...]) -> str:
        """Something to ask, also of what is known in this place only."""
        one, other = (self.comparison(local) for _ in range(2))
        return self.random.choice([one, one, one, f"{one} and {other}", f"{one} or {other}"])

    def comparison(self, local: tuple[str, ...]) -> str:
        if self.results and self.random.random() < 0.1:
            return self.random.choice(self.results)
        pool = self.names[-6:] if self.random.random() < 0.7 else self.names
        name = self.random.choice([*pool, *local, *local])
        number = self.random.randrange(3)
        forms = [
            f"{name} == {number}", f"{name} == {number}", f"{name} != {number}",
            f"{name} >= {number}", f"not {name} == {number}", f"{name} < {number} + 1",
            f"{name} in {self.random.choice(self.lists)}",
        ]  # fmt: skip
        return self.random.choice(forms)

    def script(self, name: str, local: tuple[str, ...]) -> str:
        """An assignment to a variable of its own, perhaps two."""
        source = self.random.choice([*self.names, *local])
        value = self.random.choice([source, f"{source} + 1", "1", f"{source} * 2"])
        lines = [f"{self.variable(name)} = {value if source[0] in 'vw' else '2'}"]
        if self.random.random() < 0.2:
            lines.append(f"{name} = {name} + 1")
        return "\n".join(lines)

    def many(self, key: str) -> Many:
        """How often an activity is done."""
        found = Many(sequential=self.random.random() < 0.5)
        if self.random.random() < 0.5:
            found.collection, found.item = self.random.choice(self.lists), f"x_{key}"
        else:
            found.count = self.random.choice(COUNTS)
        if self.random.random() < 0.5:
            found.until = self.random.choice([*UNTIL, f"{self.random.choice(self.names)} == 2"])
        return found

    def output(self, block: Block, each: list[str]) -> None:
        """Gather something of every instance in a list."""
        if block.many and self.random.random() < 0.5:
            item = [block.many.item] if block.many.item else []
            block.many.output = f"o_{block.id}"
            block.many.each = self.random.choice(each + item)
            self.given[block.many.output] = [2]  # what even no instance overwrites
            self.lists.append(block.many.output)
