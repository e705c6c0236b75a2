"""The rules of the watch, held against the log: as it grows, and all of it in the night.

What happened is looked at a minute later, in the cases it happened to; what happens because
nothing does (a procedure that goes on, a month that is over) is seen when everything is looked
at.  A matter that has its card is not raised again, so that it is safe to look twice, late, after
a crash, or by two at once.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.models import HistoryEvent, WatchPlace
from workflows.queries.calendars import Calendars
from workflows.watch.found import Found, Level
from workflows.watch.look import Look
from workflows.watch.parameters import Figures
from workflows.watch.rule import Rule
from workflows.watch.rules import RULES

log = logging.getLogger(__name__)

#: A transaction may end after one that began later: rows this young are left for the next look.
LAG = timedelta(minutes=1)
#: So many rows of history, and so many cases, are looked at together.
ROWS, CASES = 2000, 500
#: In the night, so much before the last night is looked at again.
MARGIN = timedelta(days=7)
#: So many matters are asked for at once, whether they have their cards.
ASKED = 500

T = TypeVar("T")
#: Told which rule has looked, and how many new matters it has found.
Told = Callable[[Rule, int], None]


class Cards(Protocol):
    """Where what was found goes."""

    def known(self, rule: str, keys: Collection[str]) -> Collection[str]:
        """Which of these matters have their cards."""

    def raise_card(self, found: Found, level: Level) -> object:
        """A card for a matter; one that somebody has just raised is no error."""


@dataclass(frozen=True)
class Watch:
    """With what the rules look: the reader, the calendars, the figures of the place."""

    reader: Session
    calendars: Calendars
    figures: Figures
    cards: Cards

    def look(
        self, now: datetime, cases: frozenset[str] | None = None, since: datetime | None = None,
        told: Told = lambda rule, many: None,
    ) -> int:  # fmt: skip
        """Let every rule look; returns how many cards were raised.

        A rule that fails stops no other; it is logged, and looks again in the night.
        """
        raised = 0
        for rule in RULES.values():
            mine = 0
            try:
                with self.reader.begin():
                    look = Look(self.reader, now, self.calendars, cases, since)
                    for some in _chunks(rule.run(look, self.figures.of(rule.id)), ASKED):
                        mine += self._raise(rule, some)
                    self.reader.expunge_all()
            except Exception:  # one rule that fails must not hold up the others
                log.exception("rule %s failed", rule.id)
            told(rule, mine)
            raised += mine
        return raised

    def _raise(self, rule: Rule, some: list[Found]) -> int:
        known = set(self.cards.known(rule.id, [found.key for found in some]))
        new = {found.key: found for found in some if found.key not in known}
        for found in new.values():
            self.cards.raise_card(found, rule.level_of(found))
        return len(new)


def watch_news(watch: Watch, writer: Session, now: datetime) -> int:
    """Look at the cases to which something has happened; returns how many cards were raised.

    With nothing new it costs a step into an index.
    """
    raised = 0
    while news := _news(watch.reader, now):
        subjects, last = news
        for some in _chunks(sorted(subjects), CASES):
            raised += watch.look(now, cases=frozenset(some))
        with writer.begin():
            ahead = WatchPlace.history_id < last
            writer.execute(update(WatchPlace).where(ahead).values(history_id=last))
    return raised


def has_news(reader: Session, now: datetime) -> bool:
    """Whether anything has happened that was not looked at: a step into an index."""
    return _news(reader, now, 1) is not None


def _news(reader: Session, now: datetime, most: int = ROWS) -> tuple[set[str], int] | None:
    """The subjects of the next rows of history that are old enough, and the last of these rows."""
    with reader.begin():
        place = reader.scalar(select(WatchPlace.history_id)) or 0
        query = select(HistoryEvent.id, HistoryEvent.subject, HistoryEvent.at)
        query = query.where(HistoryEvent.id > place).order_by(HistoryEvent.id).limit(most)
        rows = reader.execute(query).all()
    subjects, last = set(), 0
    for key, subject, at in rows:
        if now - LAG < at <= now:
            break
        subjects.add(subject)
        last = key
    return (subjects, last) if last else None


def watch_whole(
    watch: Watch, writer: Session, now: datetime, told: Told = lambda rule, many: None
) -> int:
    """Look at everything since the last such look, and a week before; the first time at a week.

    What is older than the watch is looked at only when somebody asks for it: nobody is to be
    asked one night about the matters of many years.
    Whoever begins says so first, so that another scheduler does not begin the same night's work.
    """
    with writer.begin():
        place = writer.scalars(select(WatchPlace).with_for_update()).one()
        before, place.whole_at = place.whole_at, now
        writer.flush()
    return watch.look(now, since=(before or now) - MARGIN, told=told)


def whole_is_due(reader: Session, begun: datetime) -> bool:
    """Whether nobody has looked at everything since the night began."""
    with reader.begin():
        last = reader.scalar(select(WatchPlace.whole_at))
    return last is None or last < begun


def _chunks(every: Iterable[T], many: int) -> Iterator[list[T]]:
    rest = iter(every)
    while some := list(islice(rest, many)):
        yield some
