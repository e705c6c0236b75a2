"""What a random model is made of: blocks in blocks, so that it can be drawn, and shrunk."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Many:
    """An activity done many times: a count or a collection, and perhaps an early end."""

    sequential: bool
    count: str = ""
    collection: str = ""
    item: str = ""
    until: str = ""
    output: str = ""
    each: str = ""


@dataclass
class Border:
    """A boundary event and what it leads to: back into the way (``merges``) or to an end."""

    id: str
    kind: str
    word: str
    interrupting: bool
    path: "Block"
    merges: bool


@dataclass
class Arc:
    """An arrow between two gateways of a free graph, with a condition and something on it."""

    source: int
    target: int
    part: "Block"
    condition: str = ""


@dataclass
class Block:
    """A piece of a diagram.

    ``kind`` is one of

        seq                       parts one after the other
        task receive script timer date message throw   one element; ``word`` is its message,
                                  limit, escalation or script
        end                       ``word`` is "", "terminate", "error X" or "escalation X"
        and or xor event          parts side by side, ``texts`` their conditions (the last is the
                                  default), merged by ``join``: and, or, xor, or "" (no gateway)
        loop                      parts = body and way back; ``word`` is the condition to go back
        sub                       an embedded sub-process with one part
        call                      calls the process ``word``; ``item`` is its item code
        graph                     gateways ``texts`` with ``arcs`` between them
    """

    kind: str
    id: str = ""
    parts: list["Block"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    word: str = ""
    join: str = ""
    item: str = ""
    many: Many | None = None
    borders: list[Border] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)


@dataclass
class Model:
    """Processes (the first is run), the variables they begin with, and how they are written."""

    processes: dict[str, Block]
    variables: dict[str, Any]
    shuffle: int | None = None


def inner(block: Block) -> list[Block]:
    """The blocks directly inside a block."""
    return [*block.parts, *(b.path for b in block.borders), *(arc.part for arc in block.arcs)]


def every(block: Block) -> list[Block]:
    """A block and all blocks in it."""
    found = [block]
    for part in found:
        found += inner(part)
    return found
