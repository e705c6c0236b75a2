"""The board, counted by hand from the notebook: the lights of what is open at a moment."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from math import ceil

from tests.watch.days import DAY, HALL, day
from tests.watch.notebook import DUTIES, Item, Reader, Story
from tests.watch.tally import everything, seconds

#: What the catalogue of the restaurant says: one working day before, at 90 per cent, an hour.
BEFORE, RATIO = 1, 0.9


@dataclass
class Lamp:
    """An open item with its clocks."""

    story: Story
    item: Item
    department: str
    promised: datetime | None
    statute: datetime | None
    yellow: datetime | None
    paused: bool

    def light(self, now: datetime) -> str:
        if self.statute and seconds(now) > self.statute:
            return "purple"
        if self.promised and seconds(now) > self.promised:
            return "red"
        if self.paused or self.promised is None:
            return "grey"
        return "yellow" if self.yellow and now >= self.yellow else "green"


@dataclass
class Watcher:
    """Looks at the board at a moment, with nothing but the notebook."""

    reader: Reader
    now: datetime

    def lamps(self) -> list[Lamp]:
        """Every open item; a case that is over has none."""
        return [
            self._lamp(story, item)
            for story, item in everything(self.reader.stories)
            if item.started and item.over is None and story.closed is None
        ]

    def _lamp(self, story: Story, item: Item) -> Lamp:
        entry, calendar = self.reader.entry(story, item.code), self.reader.calendar
        frozen = partial(item.freezes, calendar=calendar)
        assert item.started is not None
        due = {
            basis: calendar.due(item.started, limit, item.longer.get(basis, 0), frozen)
            for basis in ("promised", "statutory")
            if (limit := entry.get(basis))
        }
        promised = due["promised"]
        yellow = promised and self._yellow(item, entry["promised"], promised)
        today = max(day(self.now), day(item.started) + DAY)
        return Lamp(story, item, entry["department"], promised, due.get("statutory"), yellow,
                    frozen(today))  # fmt: skip

    def _yellow(self, item: Item, limit: str, due: datetime) -> datetime | None:
        calendar = self.reader.calendar
        frozen = partial(item.freezes, calendar=calendar)
        assert item.started is not None
        if float(limit.removesuffix("wd")) % 1:
            hours = float(limit.removesuffix("wd")) * 7 - 1
            return calendar.due(item.started, f"{hours}h", 0, frozen)
        one, left = day(due), BEFORE
        while left:
            one -= DAY
            left -= calendar.works(one)
        whole = int(limit.removesuffix("wd")) + item.longer.get("promised", 0)
        if whole >= 10:
            used = calendar.due(item.started, f"{ceil(RATIO * whole)}wd", 0, frozen)
            one = min(one, day(used)) if used else one
        return min(due, max(datetime.combine(one, time.min, HALL), item.started))

    # -- the figures of the board -------------------------------------------------------------

    def lights(self) -> Counter[tuple[str, str]]:
        return Counter((lamp.department, lamp.light(self.now)) for lamp in self.lamps())

    def posts(self) -> Counter[tuple[str, str]]:
        """The open tasks of each post; what is held has none."""
        return Counter(
            (lamp.department, DUTIES[lamp.item.turn]) for lamp in self.lamps() if not lamp.item.held
        )

    def late_at_posts(self) -> Counter[tuple[str, str]]:
        return Counter(
            (lamp.department, DUTIES[lamp.item.turn])
            for lamp in self.lamps()
            if not lamp.item.held and lamp.promised and lamp.promised < self.now
        )

    def ages(self) -> Counter[int]:
        """The cases under way by the working days since they were accepted."""
        going = (s for s in self.reader.stories.values() if not (s.decided or s.closed))
        return Counter(
            len(self.reader.calendar.between(day(story.accepted), day(self.now)))
            for story in going
            if story.accepted
        )

    def turning(self, first: date, until: date) -> tuple[int, int]:
        """How many turn yellow, and how many are due, in these days from now on."""
        moments = [(lamp.yellow, lamp.promised) for lamp in self.lamps()]

        def within(moment: datetime | None) -> bool:
            return moment is not None and self.now < moment and first <= day(moment) < until

        return sum(within(a) for a, _ in moments), sum(within(b) for _, b in moments)

    def per_day(self) -> Counter[tuple[str, date]]:
        """Cases received and finished on each of the last thirty days."""
        since = day(self.now) - timedelta(29)
        found = Counter(("received", day(s.received)) for s in self.reader.stories.values())
        found += Counter(
            ("finished", day(s.decided)) for s in self.reader.stories.values() if s.decided
        )
        return Counter({key: n for key, n in found.items() if key[1] >= since})
