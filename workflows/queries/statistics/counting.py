"""All figures of a table: a statement for each event, and one or two for the working days.

A figure without a denominator is None; it is shown as “—”, never as 0.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from workflows.models import Case, CaseItem
from workflows.queries.statistics.asked import Asked, Grain
from workflows.queries.statistics.columns import RATES, Column, columns
from workflows.queries.statistics.conditions import COUNTED, OF_FINISHED, facts
from workflows.queries.statistics.sources import Event, Versions, key_of, named, rows, versions
from workflows.queries.statistics.worked import Calendars, Worked, add_unpaused, paused, paused_days


@dataclass
class Figures:
    """The figures of one row of the table."""

    counts: Counter[str] = field(default_factory=Counter)
    days: Worked = field(default_factory=Worked)

    def value(self, code: str) -> float | int | None:
        """A figure by its code; None when it has no denominator."""
        if code == "mean_days":
            return self.days.mean
        if code == "saved_rate":
            return self.days.saved
        if code not in RATES:
            return self.counts[code]
        numerator, denominator = RATES[code]
        below = self.counts[denominator]
        return self.counts[numerator] / below if below else None

    def take(self, codes: Iterable[str], numbers: Iterable[int]) -> dict[str, int]:
        """Add what a statement has counted."""
        more = dict(zip(codes, numbers, strict=True))
        self.counts.update(more)
        return more

    def add(self, other: "Figures") -> None:
        """Take the figures of another row into this one."""
        self.counts.update(other.counts)
        for name in ("n", "used", "used_of_allowed", "allowed"):
            setattr(self.days, name, getattr(self.days, name) + getattr(other.days, name))


@dataclass(frozen=True)
class Table:
    """What was asked, the columns it has, the rows by their keys, and all of them together."""

    asked: Asked
    columns: tuple[Column, ...]
    rows: Mapping[str, Figures]
    total: Figures


def count(session: Session, asked: Asked, calendars: Calendars) -> Table:
    """All figures that can be given for what is asked."""
    known = versions(session)
    shown = columns(asked.grain, asked.by)
    found: dict[str, Figures] = defaultdict(Figures)
    for event in {column.event for column in shown} - {Event.FINISHED}:
        _count(session, asked, event, known, found)
    if _count_finished(session, asked, known, calendars, found):
        for key, days, statute in paused_days(session, asked, known, calendars):
            found[key].days.add(days, statute)
    if "parallel" in {part for column in shown for part in RATES.get(column.code, ())}:
        _count_parallel(session, asked, known, found)
    total = Figures()
    for figures in found.values():
        total.add(figures)
    return Table(asked, shown, dict(found), total)


def _conditions(asked: Asked, event: Event, known: Versions) -> dict[str, Any]:
    """How often each condition on the rows of an event holds, by the code of its figure."""
    return {
        code: func.count(case((condition(asked, known), 1)))
        for code, (of, condition) in COUNTED[asked.grain].items()
        if of is event
    }


def _count(
    session: Session, asked: Asked, event: Event, known: Versions, found: dict[str, Figures]
) -> None:
    """Everything that is counted of the rows of one event."""
    counted = _conditions(asked, event, known)
    key = key_of(asked, event).label("key")
    query = rows(asked, event, known, key, *counted.values()).group_by(key)
    for got, *numbers in session.execute(query):
        found[named(asked, got, known)].take(counted, numbers)


def _count_finished(
    session: Session, asked: Asked, known: Versions, calendars: Calendars,
    found: dict[str, Figures],
) -> bool:  # fmt: skip
    """The same of what is finished, with its days; whether a pause touched any of it."""
    columns = {
        "key": key_of(asked, Event.FINISHED), "region": Case.region, "paused": paused(asked),
        **facts(asked, known),
    }  # fmt: skip
    labelled = [column.label(name) for name, column in columns.items()]
    row = rows(asked, Event.FINISHED, known, *labelled).cte("finished").prefix_with("MATERIALIZED")
    counted = {
        code: func.count(case((holds(row.c), 1)))
        for code, holds in OF_FINISHED[asked.grain].items()
    }
    groups = (row.c.key, row.c.region, row.c.begun, row.c.ended, row.c.statute, row.c.paused)
    any_paused = False
    for got, region, begun, ended, statute, stopped, *numbers in session.execute(
        select(*groups, *counted.values()).group_by(*groups)
    ):
        figures = found[named(asked, got, known)]
        n = figures.take(counted, numbers)["finished"]
        any_paused |= bool(stopped)
        if not stopped:
            add_unpaused(figures.days, region, (begun, ended), statute, n, calendars)
    return any_paused


def _count_parallel(
    session: Session, asked: Asked, known: Versions, found: dict[str, Figures]
) -> None:
    """Of the finished cases: items that began at all, and those that began with acceptance."""
    assert asked.grain is Grain.CASES, "only a case is handled by several at once"
    key = key_of(asked, Event.FINISHED).label("key")
    at_once = func.count(case((CaseItem.started_at == Case.accepted_at, 1)))
    query = rows(asked, Event.FINISHED, known, key, func.count(), at_once)
    query = query.join(CaseItem, CaseItem.case_id == Case.id)
    query = query.where(CaseItem.started_at.is_not(None)).group_by(key)
    for got, begun, parallel in session.execute(query):
        counts = found[named(asked, got, known)].counts
        counts["begun"] += begun
        counts["parallel"] += parallel
