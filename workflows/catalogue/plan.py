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
from workflows.errors import N_, WorkflowError

TOP = 80
ROW = 100
START = 80
SPLIT = START + 140
JOIN_STEP = 190
#: What a column may hold, from left to right, and how far it stands from the one before.
SLOTS = {"begin": 90, "activity": 180, "done": 170, "then": 170}


class NotDrawable(WorkflowError):
    """An item that waits for several others before it may start has to be drawn by hand."""

    sentence = N_("事项“%(item)s”有不止一个开始前置，不能自动画图，请您在设计器中绘制。")


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
    """The layout of one diagram. Raises NotDrawable."""

    items: tuple[Item, ...]

    @cached_property
    def before(self) -> dict[str, Item | None]:
        """The item each item starts behind, if any."""
        codes = {item.code: item for item in self.items}
        found: dict[str, Item | None] = {}
        for item in self.items:
            starts = [before.item for before in item.after if before.gate == "start"]
            if len(starts) > 1:
                raise NotDrawable(item=item.name)
            found[item.code] = codes[starts[0]] if starts else None
        return found

    def followers(self, item: Item) -> list[Item]:
        """The items that start behind this one."""
        return [each for each in self.items if self.before[each.code] is item]

    def starts_directly(self, item: Item) -> bool:
        """Whether it can start at acceptance: always, or when its predecessor is not needed."""
        before = self.before[item.code]
        return before is None or before.needed is not None

    @cached_property
    def rows(self) -> tuple[Activity | None, ...]:
        """The activities from top to bottom; None is the row of the main gateways."""
        first = [item for item in self.items if self.before[item.code] is None]
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
        followers = self.followers(item)
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
        if self.before[item.code] is not None and self.starts_directly(item):
            yield "begin"
        if self.followers(item):
            yield "then"
            if item.commitment is not None:
                yield "done"

    def _depth(self, item: Item) -> int:
        depth, before = 0, self.before[item.code]
        while before is not None:
            depth, before = depth + 1, self.before[before.code]
        return depth


def _height(groups: list[tuple[Activity, ...]], at: int) -> int:
    """How many more rows stand above than below when the main row comes at this place."""
    return sum(map(len, groups[:at])) - sum(map(len, groups[at:]))
