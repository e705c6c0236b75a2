"""Two versions of a process side by side: where what waits in one stands in the other (流程迁移).

A token moves to the element of the same id and kind; what has none must be told where to go.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.engine.contents import contents

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
    process: str


@dataclass(frozen=True)
class Counterparts:
    """What maps by id; what does not, with the elements it could become; and what is new."""

    same: tuple[Place, ...]
    lost: tuple[tuple[Place, tuple[Place, ...]], ...]
    new: tuple[Place, ...]


def counterparts(old: Mapping[str, str], new: Mapping[str, str]) -> Counterparts:
    """Compare the diagrams of two versions; raises DiagramUnreadable."""
    before, after = _places(old), _places(new)
    kept, known = set(map(_mark, before)), set(map(_mark, after))
    fresh = tuple(one for one in after if _mark(one) not in kept)
    lost = (one for one in before if _mark(one) not in known)
    return Counterparts(
        same=tuple(one for one in before if _mark(one) in known),
        lost=tuple((one, _candidates(one, fresh, after)) for one in lost),
        new=tuple(one for one in fresh if one.kind in BEGINS),
    )


def _mark(one: Place) -> tuple[str, str, str]:
    """What an element must have in common with its counterpart; its name may change."""
    return one.process, one.key, one.kind


def _candidates(
    one: Place, fresh: tuple[Place, ...], every: tuple[Place, ...]
) -> tuple[Place, ...]:
    """Elements of the same kind: the new ones of the same process first."""
    alike = [each for each in every if each.kind == one.kind and each.key != one.key]
    return tuple(sorted(alike, key=lambda each: (each not in fresh, each.process != one.process)))


def _places(sources: Mapping[str, str]) -> tuple[Place, ...]:
    found: list[Place] = []
    for file, text in sources.items():
        drawn = contents(text, file)
        process = next((key for key, one in drawn.items() if one.kind == "process"), file)
        found += [
            Place(key, one.name, one.kind, process)
            for key, one in drawn.items()
            if one.kind in STANDS
        ]
    return tuple(found)
