"""Two versions of a process side by side: where what waits in one stands in the other (流程迁移).

A token moves to the element of the same id and kind; what has none must be told where to go.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.engine.contents import Drawn, contents

#: Where a case can stand.
STANDS = {
    "userTask", "receiveTask", "callActivity", "subProcess", "intermediateCatchEvent",
    "boundaryEvent", "eventBasedGateway", "parallelGateway", "inclusiveGateway",
}  # fmt: skip
#: Where a branch that a case has passed can be begun.
BEGINS = {"userTask", "receiveTask", "callActivity", "subProcess"}


@dataclass(frozen=True)
class Place:
    """An element where cases can stand."""

    key: str
    name: str
    kind: str
    file: str


@dataclass(frozen=True)
class Counterparts:
    """What maps by id; what does not, with the elements it could become; and what is new."""

    same: tuple[Place, ...]
    lost: tuple[tuple[Place, tuple[Place, ...]], ...]
    new: tuple[Place, ...]


def counterparts(old: Mapping[str, str], new: Mapping[str, str]) -> Counterparts:
    """Compare the diagrams of two versions; raises DiagramUnreadable."""
    before, after = _places(old), _places(new)
    known = {(one.file, one.key, one.kind) for one in after}
    same = tuple(one for one in before if (one.file, one.key, one.kind) in known)
    kept = {(one.file, one.key, one.kind) for one in before}
    fresh = tuple(one for one in after if (one.file, one.key, one.kind) not in kept)
    lost = tuple(
        (one, _candidates(one, fresh, after)) for one in before if one not in same and one.key
        and (one.file, one.key, one.kind) not in known
    )  # fmt: skip
    return Counterparts(same, lost, tuple(one for one in fresh if one.kind in BEGINS))


def _candidates(
    one: Place, fresh: tuple[Place, ...], every: tuple[Place, ...]
) -> tuple[Place, ...]:
    """Elements of the same kind: the new ones of the same file first."""
    alike = [each for each in every if each.kind == one.kind and each.key != one.key]
    return tuple(sorted(alike, key=lambda each: (each not in fresh, each.file != one.file)))


def _places(sources: Mapping[str, str]) -> tuple[Place, ...]:
    return tuple(
        _place(key, drawn, file)
        for file, text in sources.items()
        for key, drawn in contents(text, file).items()
        if drawn.kind in STANDS
    )


def _place(key: str, drawn: Drawn, file: str) -> Place:
    return Place(key, drawn.name, drawn.kind, file)
