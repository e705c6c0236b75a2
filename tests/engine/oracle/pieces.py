"""The pieces of the token game."""

from dataclasses import dataclass, field
from typing import Any

from tests.engine.oracle.diagram import Diagram, Flow, Node
from tests.engine.oracle.words import Scope


@dataclass(eq=False)
class Process:
    """One instance of a process or of an embedded sub-process."""

    number: int
    diagram: Diagram
    scope: Scope
    work: "Work | None"
    tokens: list["Token"] = field(default_factory=list)


@dataclass(eq=False)
class Token:
    """A token at an element; ``rests`` once the element has seen it."""

    number: int
    process: Process
    node: Node
    flow: Flow | None
    rests: bool = False
    works: list["Work"] = field(default_factory=list)
    arms: list["Arm"] = field(default_factory=list)
    items: list[Any] = field(default_factory=list)


@dataclass(eq=False)
class Work:
    """One instance of an activity, with the scope it is done in."""

    number: int
    token: Token
    index: int | None
    scope: Scope
    process: Process | None = None
    done: bool = False


@dataclass(eq=False)
class Arm:
    """A timer or message that is waited for, by an event or at the border of an activity."""

    number: int
    token: Token
    node: Node
    limit: str = ""
