"""What a ladder would have done over the last month, beside what the one in force has: a replay.

Nothing is written.  Looked at are the clocks begun last, so many at most, that ran in the month,
and the cards of the month; each climbs both ladders up to the instant at which it was stopped, or
answered.  Clocks of whole days that began on one day are worked out once.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from workflows.actions.ladder import INSTANT, ladder, later, rows_of, warning, working
from workflows.calendar import WorkCalendar
from workflows.catalogue import Catalogue
from workflows.catalogue.published import published
from workflows.clock import office_day
from workflows.deadlines import Ledger, due, yellow_at
from workflows.ladders import DEFAULT, Ladders, LadderTable, Paper, When
from workflows.models import Card, Case, Deadline, DeadlinePause, ProcessVersion
from workflows.models.rows import table_of

MONTH = timedelta(days=30)
#: The clocks begun last that are looked through, and so many of them are worked out; and cards.
LOOKED, MOST, CARDS = 20_000, 5_000, 1_000
COLUMNS = [table_of(Deadline).c[name] for name in (
    "id", "case_id", "item_id", "clock", "basis", "limit", "started_at", "extension_days",
    "due_at", "closed_at",
)]  # fmt: skip
#: Of a rung: the kind of clock or card, its paper, and whom it tells.
Told = tuple[str, Paper, str]


@dataclass(frozen=True)
class Scope:
    """Of which cases: a region and a process; "" for all without a ladder of their own."""

    region: str
    theme: str
    apart: frozenset[str] = frozenset()

    def covers(self, column: Any) -> Any:
        """The condition on the column that names the process."""
        if self.theme:
            return column == self.theme
        return column.not_in(sorted(self.apart))


@dataclass
class Replayed:
    """How often each would have been told what, by the ladder as it was and by the new one."""

    clocks: int = 0
    cards: int = 0
    #: Whether there were more clocks than were worked out.
    bounded: bool = False
    was: Counter[Told] = field(default_factory=Counter)
    would: Counter[Told] = field(default_factory=Counter)
    #: How often it would be told as before, but earlier or later.
    moved: int = 0

    def add(self, was: "Fired", would: "Fired") -> None:
        """One clock or card: what it told by the one ladder, and by the other."""
        self.was.update(told for told, _at in was)
        self.would.update(told for told, _at in would)
        gone = Counter(told for told, _at in (Counter(was) - Counter(would)).elements())
        come = Counter(told for told, _at in (Counter(would) - Counter(was)).elements())
        self.moved += (gone & come).total()

    def differences(self) -> list[tuple[Told, int, int]]:
        """(what, before, then), the greatest difference first."""
        rows = [(told, self.was[told], self.would[told]) for told in {**self.was, **self.would}]
        return sorted(rows, key=lambda row: (-abs(row[2] - row[1]), row[0]))


#: What was told, and when.
Fired = list[tuple[Told, datetime]]
#: When the rungs of clocks that are alike come: (instant, what they tell).
Rungs = list[tuple[datetime, tuple[Told, ...]]]


@dataclass
class Replay:
    """One replay: what is known of catalogues, and of clocks that are alike."""

    session: Session
    now: datetime
    calendar: WorkCalendar
    ladders: Ladders
    catalogues: dict[int, Catalogue] = field(default_factory=dict)
    known: dict[Any, Rungs] = field(default_factory=dict)

    def clocks(self, scope: Scope, new: LadderTable, found: Replayed) -> None:
        """Climb the clocks of the month."""
        rows = _clocks(self.session, scope, self.now - MONTH)
        found.clocks, found.bounded = min(len(rows), MOST), len(rows) > MOST
        rows = rows[:MOST]
        pauses = _pauses(self.session, {row.case_id for row in rows})
        for row in rows:
            old = self.ladders(scope.region, row.process, row.started_at)
            mine = pauses.get(row.case_id, ())
            was, would = (
                self._fired(self._rungs(row, mine, table), row.closed_at) for table in (old, new)
            )
            found.add(was, would)

    def _fired(self, rungs: Rungs, ended: datetime | None) -> Fired:
        """What was told within the month, and before it ended."""
        since, last = self.now - MONTH, min(self.now, ended or self.now)
        return [(one, at) for at, told in rungs if since < at <= last for one in told]

    def _rungs(
        self, row: Found[Any], pauses: Sequence[DeadlinePause], table: LadderTable | None
    ) -> Rungs:
        """When the rungs of a clock come by a table."""
        whole = row.limit.endswith("wd") and "." not in row.limit and not pauses
        day = row.id if pauses else office_day(row.started_at) if whole else row.started_at
        key = (id(table), row.version_id, row.clock, row.basis, day, row.limit, row.extension_days)
        if key not in self.known:
            self.known[key] = self._worked_out(row, pauses, table)
        return self.known[key]

    def _worked_out(
        self, row: Found[Any], pauses: Sequence[DeadlinePause], table: LadderTable | None
    ) -> Rungs:
        clock = Deadline(**{column.key: row._mapping[column.key] for column in COLUMNS})
        catalogue = self._catalogue(row.version_id)
        ledger = clock.ledger(pauses)
        clock.yellow_at = yellow_at(ledger, self.calendar, *warning(clock, catalogue, table))
        subject = f"{clock.clock.value}.{clock.basis.value}"
        named = rows_of(subject, catalogue, table)
        reminders = [rung for rung in ladder(clock, catalogue, self.calendar, table)
                     if rung.action in ("warn", "escalate")]  # fmt: skip
        return [
            (rung.at, tuple((subject, line.paper, whom) for whom in rung.to))
            for rung, line in zip(reminders, named, strict=False)
        ]

    def _catalogue(self, version: int) -> Catalogue:
        if version not in self.catalogues:
            row = self.session.get_one(ProcessVersion, version)
            self.catalogues[version] = published(row).catalogue
        return self.catalogues[version]

    def cards(self, scope: Scope, new: LadderTable, found: Replayed) -> None:
        """Climb the cards that were open in the month."""
        since = self.now - MONTH
        query = (
            select(Card)
            .where(Card.region == scope.region, scope.covers(Card.theme))
            .where(or_(Card.raised_at >= since, Card.next_at.is_not(None)))
            .order_by(Card.id.desc())
            .limit(CARDS)
        )
        for card in self.session.scalars(query):
            found.cards += 1
            old = self.ladders(scope.region, card.theme, card.raised_at) or DEFAULT
            ended = min(filter(None, (card.answered_at, card.appealed_at, card.closed_at)),
                        default=None)  # fmt: skip
            was, would = (
                self._fired(self._climbed(card, table, ended), ended) for table in (old, new)
            )
            found.add(was, would)

    def _climbed(self, card: Card, table: LadderTable, ended: datetime | None) -> Rungs:
        """The rungs of a card by a table, up to today."""
        rungs: Rungs = []
        at, reply_due = card.raised_at, None
        for row in table.of(f"card.{card.raised_as}"):
            if row.when is When.OVER:
                if reply_due is None:
                    break
                at = max(at, later(reply_due, working(row.days), self.calendar) + INSTANT)
            if at > min(self.now, ended or self.now):
                break
            told = tuple((f"card.{card.raised_as}", row.paper, whom) for whom in row.to)
            rungs.append((at, told))
            if row.reply is not None:
                reply_due = due(Ledger(at, row.reply), self.calendar).at
        return rungs


def replay(
    session: Session, now: datetime, scope: Scope, ladders: Ladders,
    calendars: Callable[[str], WorkCalendar], new: LadderTable,
) -> Replayed:  # fmt: skip
    """The last month by the ladders as they were, and by a new one."""
    found = Replayed()
    month = Replay(session, now, calendars(scope.region), ladders)
    month.clocks(scope, new, found)
    month.cards(scope, new, found)
    return found


def _clocks(session: Session, scope: Scope, since: datetime) -> list[Found[Any]]:
    """The clocks begun last that ran in the month, one more than are worked out."""
    last = session.scalar(select(func.max(Deadline.id))) or 0
    query = (
        select(*COLUMNS, Case.version_id, ProcessVersion.process)
        .join_from(Deadline, Case, Case.id == Deadline.case_id)
        .join(ProcessVersion, ProcessVersion.id == Case.version_id)
        .where(Deadline.id > last - LOOKED, Case.region == scope.region)
        .where(scope.covers(ProcessVersion.process), Deadline.due_at.is_not(None))
        .where(or_(Deadline.closed_at.is_(None), Deadline.closed_at >= since))
        .order_by(Deadline.id.desc())
        .limit(MOST + 1)
    )
    return [*session.execute(query)]


def _pauses(session: Session, cases: Collection[int]) -> Mapping[int, list[DeadlinePause]]:
    query = select(DeadlinePause).where(DeadlinePause.case_id.in_(sorted(cases)))
    found: dict[int, list[DeadlinePause]] = {}
    for pause in session.scalars(query):
        found.setdefault(pause.case_id, []).append(pause)
    return found
