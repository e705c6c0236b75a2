"""What happened, in order, and whether the record is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.models import HistoryEvent
from workflows.models.base import Base
from workflows.models.subject import Subject
from workflows.states import ProcessState


@dataclass(frozen=True)
class Chain:
    """The result of verifying one chain: how long it is, and the first thing that is wrong.

    ``fault`` is None, or one of: gap, link, content, length, state, orphan.
    """

    subject: str
    length: int
    fault: str | None = None
    sequence: int | None = None


def timeline(session: Session, subject: str) -> list[HistoryEvent]:
    """Every row of a subject, in order."""
    query = select(HistoryEvent).where(HistoryEvent.subject == subject)
    return list(session.scalars(query.order_by(HistoryEvent.sequence)))


def verify(session: Session, subject: Subject) -> Chain:
    """Recompute a chain from its rows and compare it with what the subject says of it."""
    key = subject.key
    previous = ""
    rows = timeline(session, key)
    for expected, row in enumerate(rows, start=1):
        if row.sequence != expected:
            return Chain(key, len(rows), "gap", expected)
        if row.previous_hash != previous:
            return Chain(key, len(rows), "link", expected)
        if row.sealed() != row.hash:
            return Chain(key, len(rows), "content", expected)
        previous = row.hash
    if len(rows) != subject.history_length or previous != subject.history_hash:
        return Chain(key, len(rows), "length", subject.history_length)
    retired = subject.state == ProcessState.RETIRED  # by the row of the version that replaced it
    if rows and rows[-1].to_state != subject.state and not retired:
        return Chain(key, len(rows), "state", len(rows))
    return Chain(key, len(rows))


def verify_all(session: Session) -> Iterator[Chain]:
    """Every chain there is, and every row that belongs to none."""
    known: set[str] = set()
    for subject in _subjects(session):
        known.add(subject.key)
        yield verify(session, subject)
    for orphan in session.scalars(select(HistoryEvent.subject).distinct()):
        if orphan not in known:
            yield Chain(orphan, 0, "orphan")


def _subjects(session: Session) -> Iterator[Subject]:
    for kind in kinds():
        yield from session.scalars(select(kind).execution_options(yield_per=200))


def kinds() -> list[type[Any]]:
    """Whatever has a history."""
    return [kind for kind in Base.__subclasses__() if issubclass(kind, Subject)]


def subject(session: Session, key: str) -> Subject | None:
    """What a history with this key is about."""
    for kind in kinds():
        named = kind.named(key)
        if named is not None:
            found: Subject | None = session.scalar(select(kind).where(named))
            return found
    return None
