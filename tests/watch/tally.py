"""The figures of the statistics, counted by hand from the notebook: see their definitions."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from tests.watch.days import Calendar, day
from tests.watch.notebook import Item, Reader, Story

Figures = dict[str, Any]


def seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


@dataclass
class Clerk:
    """Counts what the notebook says, for days from the first to the last."""

    reader: Reader
    first: date
    last: date

    @property
    def calendar(self) -> Calendar:
        return self.reader.calendar

    def within(self, moment: datetime | None) -> bool:
        return moment is not None and self.first <= day(moment) <= self.last

    def by_then(self, moment: datetime | None) -> bool:
        return moment is not None and day(moment) <= self.last

    # -- cases --------------------------------------------------------------------------------

    def cases(self, stories: list[Story]) -> Figures:
        found: Figures = defaultdict(int)
        days = Days()
        for story in stories:
            self._moved(story, found)
            if self.within(story.decided):
                self._finished_case(story, found, days)
        return rates(found, days)

    def _moved(self, story: Story, found: Figures) -> None:
        if self.within(story.received):
            found["received"] += 1
            found["told"] += story.told is not None
        found["accepted"] += self.within(story.accepted)
        if story.decided is None and self.within(story.closed):
            found["dropped"] += 1
            found["declined"] += story.state in ("refused", "not_required")
        over = self.by_then(story.decided) or self.by_then(story.closed)
        if self.by_then(story.received) and not over:
            if self.by_then(story.accepted):
                found["standing"] += 1
            else:
                found["pending"] += 1
                waits = self.by_then(story.told) and not self.by_then(story.supplemented)
                found["supplementing"] += waits

    def _finished_case(self, story: Story, found: Figures, days: "Days") -> None:
        assert story.accepted and story.decided
        theme = self.reader.catalogues[story.process]["theme"]
        begun = day(story.accepted)

        def frozen(one: date) -> bool:
            whole = any(p.takes(one, begun, self.calendar) for p in story.pauses)
            return whole or self._blocked(story, one)

        special = {p.kind for i in story.items.values() for p in i.pauses} | {
            p.kind for p in story.pauses
        }
        found["special"] += bool(special - {"predecessor"})
        found["once"] += story.told is None
        started = [item for item in story.items.values() if item.started]
        found["begun"] += len(started)
        found["parallel"] += sum(item.started == story.accepted for item in started)
        spent = [one for one in self.calendar.between(begun, day(story.decided)) if not frozen(one)]
        limits = {"promised": theme["promised"], "statutory": theme["cap"]}
        self._times((story.accepted, story.decided), limits, story.longer, frozen, found)
        days.add(len(spent), theme["cap"])
        found["longer"] += 1

    def _blocked(self, story: Story, one: date) -> bool:
        """Nothing of the case could move that day: every item left was stopped or waited."""
        left = [i for i in story.items.values() if i.over is None or day(i.over) > one]
        return bool(left) and all(self._held(story, item, one) for item in left)

    def _held(self, story: Story, item: Item, one: date) -> bool:
        begun = item.started is not None and day(item.started) <= one
        if begun and any(
            p.kind not in ("predecessor", "suspended_case")
            and p.takes(one, day(item.started or story.received), self.calendar)
            for p in item.pauses
        ):
            return True
        reviewed = any(p.kind == "predecessor" and p.first <= one < p.end for p in item.pauses)
        if begun and not reviewed:
            return False
        gates = [
            g for g in self.reader.gates(story, item.code) if not (g.over and day(g.over) <= one)
        ]
        return any(self._held(story, gate, one) for gate in gates)

    # -- items --------------------------------------------------------------------------------

    def items(self, pairs: list[tuple[Story, Item]]) -> Figures:
        found: Figures = defaultdict(int)
        days = Days()
        for story, item in pairs:
            if item.started is None:
                continue
            found["received"] += self.within(item.started)
            found["dropped"] += self.within(item.ended)
            if self.by_then(item.started) and not self.by_then(item.over):
                found["standing"] += 1
                found["unsigned"] += not self.by_then(item.signed)
            if self.within(item.decided):
                self._finished_item(story, item, found, days)
        return rates(found, days)

    def _finished_item(self, story: Story, item: Item, found: Figures, days: "Days") -> None:
        assert item.started and item.decided
        entry = self.reader.entry(story, item.code)
        found["granted"] += bool(item.granted)
        found["refused"] += not item.granted
        at_once = entry["kind"] == "即办件"
        special = any(p.kind != "predecessor" for p in item.pauses)
        found["instant"] += at_once
        found["special"] += special and not at_once
        found["committed"] += not special and not at_once
        frozen = partial(item.freezes, calendar=self.calendar)
        limits = {"promised": entry.get("promised"), "statutory": entry.get("statutory")}
        span = (item.started, item.decided)
        self._times(span, limits, item.longer, frozen, found, not at_once)
        found["longer"] += not at_once
        spent = self.calendar.between(day(item.started), day(item.decided))
        days.add(sum(not frozen(one) for one in spent), entry.get("statutory"))

    # -- both ---------------------------------------------------------------------------------

    def _times(
        self, span: tuple[datetime, datetime], limits: dict[str, str | None],
        longer: dict[str, int], frozen: Callable[[date], bool], found: Figures,
        may_be_early: bool = True,
    ) -> None:  # fmt: skip
        start, end = span
        due = {
            basis: self.calendar.due(start, limit, longer.get(basis, 0), frozen)
            for basis, limit in limits.items()
            if limit
        }
        promised, statute = due["promised"], due.get("statutory")
        assert promised, "what is finished stands still no more"
        found["finished"] += 1
        found["same_day"] += day(start) == day(end)
        found["limited"] += 1
        found["early"] += may_be_early and day(end) < day(promised)
        found["late"] += seconds(end) > promised
        found["on_time"] += seconds(end) <= promised
        found["unlawful"] += statute is not None and seconds(end) > statute


class Days:
    """Working days, summed up."""

    def __init__(self) -> None:
        self.n = self.used = self.allowed = self.used_of_allowed = 0

    def add(self, used: int, statute: str | None) -> None:
        self.n += 1
        self.used += used
        if statute and statute.endswith("wd"):
            self.allowed += int(float(statute.removesuffix("wd")))
            self.used_of_allowed += used


def rates(found: Figures, days: Days) -> Figures:
    """The shares, and the days; nothing is a share of nothing."""
    shares = {
        "same_day_rate": ("same_day", "finished"), "early_rate": ("early", "longer"),
        "on_time_rate": ("on_time", "limited"), "late_rate": ("late", "limited"),
        "once_rate": ("once", "finished"), "parallel_rate": ("parallel", "begun"),
    }  # fmt: skip
    for code, (above, below) in shares.items():
        found[code] = found[above] / found[below] if found[below] else None
    found["mean_days"] = days.used / days.n if days.n else None
    found["saved_rate"] = 1 - days.used_of_allowed / days.allowed if days.allowed else None
    return found


def everything(stories: dict[str, Story]) -> Iterator[tuple[Story, Item]]:
    """Every item of every case."""
    for story in stories.values():
        for item in story.items.values():
            yield story, item
