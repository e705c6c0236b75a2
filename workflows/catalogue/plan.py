"""Where everything stands in the diagram of a joint approval: rows and columns, no drawing yet.

Every call of a standard process has a row of its own, so that no arrow runs through a shape. An
item stands in the middle of the items that start behind it; the main gateways have a free row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from workflows.catalogue.records import Item
from workflows.catalogue.sheet import Point

TOP = 80
ROW = 100
START = 80
SPLIT = START + 140
JOIN_STEP = 190
#: What a column may hold, from left to right, and how far it stands from the one before.
SLOTS = {"begin": 90, "may": 100, "activity": 180, "done": 170, "then": 170}


@dataclass(frozen=True)
class Activity:
    """One call of a standard process: an item, or the same item granted on a promise (告知承诺)."""

    item: Item
    commitment: bool = False

    @property
    def id(self) -> str:
        return f"{self.item.code}_commitment" if self.commitment else self.item.code

    @property
    def condition(self) -> str:
        needed = f'"{self.item.code}" in items'
        if self.item.commitment is None:
            return needed
        return f"{needed} and {'' if self.commitment else 'not '}{self.item.code}_commitment"


@dataclass(frozen=True)
class Plan:
    """The layout of one diagram."""

    items: tuple[Item, ...]

    @cached_property
    def starts(self) -> dict[str, tuple[Item, ...]]:
        """The items each item may only start behind."""
        codes = {item.code: item for item in self.items}
        return {
            item.code: tuple(
                codes[before.item]
                for before in item.after
                if before.gate == "start" and before.item in codes
            )
            for item in self.items
        }

    def before(self, item: Item) -> Item | None:
        """The item it stands behind in the picture: of several, the one farthest to the right."""
        return max(self.starts[item.code], key=self._depth, default=None)

    def followers(self, item: Item) -> list[Item]:
        """The items that start behind this one."""
        return [each for each in self.items if item in self.starts[each.code]]

    def starts_directly(self, item: Item) -> bool:
        """Whether it can start at acceptance: always, or when no predecessor is needed."""
        return all(before.needed is not None for before in self.starts[item.code])

    def is_joined(self, item: Item) -> bool:
        """Whether it has to wait for several others."""
        return len(self.starts[item.code]) > 1

    @cached_property
    def rows(self) -> tuple[Activity | None, ...]:
        """The activities from top to bottom; None is the row of the main gateways."""
        first = [item for item in self.items if not self.starts[item.code]]
        groups = [tuple(self._group(item)) for item in first]
        above = min(range(len(groups) + 1), key=lambda at: abs(_height(groups, at)))
        return (*chain(*groups[:above]), None, *chain(*groups[above:]))

    @property
    def activities(self) -> Iterator[Activity]:
        return (activity for activity in self.rows if activity is not None)

    @cached_property
    def join_x(self) -> int:
        return max(self._columns.values()) + JOIN_STEP

    @property
    def middle(self) -> int:
        """The y of the main gateways."""
        return TOP + ROW * self.rows.index(None)

    def place(self, activity: Activity, slot: str) -> Point:
        """Where a slot of an activity's row is."""
        x = self._columns[self._depth(activity.item), slot]
        return x, TOP + ROW * self.rows.index(activity)

    def _group(self, item: Item) -> Iterator[Activity]:
        followers = [each for each in self.followers(item) if self.before(each) is item]
        half = len(followers) // 2
        for follower in followers[:half]:
            yield from self._group(follower)
        if item.commitment is not None:
            yield Activity(item, commitment=True)
        yield Activity(item)
        for follower in followers[half:]:
            yield from self._group(follower)

    @cached_property
    def _columns(self) -> dict[tuple[int, str], int]:
        """The x of each slot at each depth; a slot that nothing uses takes no room."""
        used = {(self._depth(item), slot) for item in self.items for slot in self._slots(item)}
        x, columns = SPLIT, {}
        for depth in range(1 + max(depth for depth, _ in used)):
            for slot, step in SLOTS.items():
                if (depth, slot) in used:
                    x += step
                    columns[depth, slot] = x
        return columns

    def _slots(self, item: Item) -> Iterator[str]:
        yield "activity"
        if self.starts[item.code] and (self.starts_directly(item) or self.is_joined(item)):
            yield "begin"
        if self.is_joined(item):
            yield "may"
        if self.followers(item):
            yield "then"
            if item.commitment is not None:
                yield "done"

    def _depth(self, item: Item) -> int:
        """How many columns of items stand before it."""
        return max((1 + self._depth(before) for before in self.starts[item.code]), default=0)


def _height(groups: list[tuple[Activity, ...]], at: int) -> int:
    """How many more rows stand above than below when the main row comes at this place."""
    return sum(map(len, groups[:at])) - sum(map(len, groups[at:]))
