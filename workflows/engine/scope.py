"""The variables a process sees: one scope per process, one per instance of a multi-instance step.

SpiffWorkflow copies all data into every task and merges the copies at joins, so that a stale copy
overwrites a fresh refusal.  Here a variable has one place.  A scope remembers who wrote what, so
that a step that is taken back takes what it wrote back with it, and nothing else.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

#: The number that stands for what a process was started with.
GIVEN = 0

Writes = dict[str, list[list[Any]]]


class Scope(Mapping[str, Any]):
    """Variables by name; what is not written here is looked up in the scope around it."""

    __slots__ = ("outer", "owner", "writes")

    def __init__(
        self, owner: Any, outer: "Scope | None" = None, writes: Writes | None = None
    ) -> None:
        self.owner = owner
        self.outer = outer
        self.writes: Writes = {} if writes is None else writes

    def __getitem__(self, name: str) -> Any:
        scope: Scope | None = self
        while scope is not None:
            found = scope.writes.get(name)
            if found:
                return found[-1][1]
            scope = scope.outer
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.own())

    def __len__(self) -> int:
        return len(self.own())

    def own(self) -> dict[str, Any]:
        """What is written in this scope itself."""
        return {name: found[-1][1] for name, found in self.writes.items() if found}

    def write(self, number: int, values: Mapping[str, Any]) -> None:
        """Task ``number`` sets variables."""
        for name, value in values.items():
            self.writes.setdefault(name, []).append([number, value])
        self.owner.touch()

    def take_back(self, numbers: Collection[int]) -> None:
        """Forget what these tasks wrote; what others wrote before or since stands."""
        for name, found in list(self.writes.items()):
            kept = [write for write in found if write[0] not in numbers]
            if len(kept) < len(found):
                self.writes[name] = kept
            if not kept:
                del self.writes[name]
        self.owner.touch()
