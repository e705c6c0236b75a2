"""Words by which cases are found, taken from the history a moment after they were written.

No action waits for it: an act writes its row of history, as always, and what was said there is
read afterwards and kept by its characters (see models.lookup).  Whatever comes to be said in new
kinds of acts is found as soon as its word stands in `SAID`.  Safe to run twice, late, or by two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, insert, select, tuple_, update
from sqlalchemy.orm import Session

from workflows.models import (
    Case,
    CaseField,
    HistoryEvent,
    LookupGram,
    LookupPlace,
    LookupText,
    LookupUse,
)
from workflows.models.lookup import LONGEST, digest, folded, grams
from workflows.models.rows import table_of

#: What of the details of an act was said by someone.
SAID = ("opinion", "reason", "comment", "question", "answer", "minutes", "applicant")
BATCH = 500
#: A transaction may end after one that began later; rows this young are read once more.
LAG = timedelta(minutes=1)
#: The place is written down with what was found, or after so many rows with nothing new.
OFTEN = 1000

Pair = tuple[int, str]  # a case and a text that occurs in it
Event = Row[tuple[int, str, datetime, str, dict[str, object]]]


@dataclass(frozen=True)
class News:
    """What a stretch of the history says, its last row, and its first that is still young."""

    pairs: frozenset[Pair]
    last: int
    young: int | None


def index(reader: Session, writer: Session, now: datetime) -> int:
    """Read on in the history; returns how many texts were new to a case."""
    with reader.begin():
        kept = at = reader.scalar(select(LookupPlace.history_id)) or 0
    found, settled, young = 0, kept, None
    while True:
        with reader.begin():
            news = _read(reader, at, now)
            fresh = _fresh(reader, news.pairs) if news else frozenset()
        if news is None:
            return found
        at = news.last
        young = young or news.young
        settled = young - 1 if young else at
        if fresh or settled - kept >= OFTEN:
            with writer.begin():
                found += _keep(writer, fresh, settled)
            kept = settled


def _read(session: Session, after: int, now: datetime) -> News | None:
    """The next stretch; None when there is none."""
    row = HistoryEvent
    query = select(row.id, row.subject, row.at, row.action, row.details)
    events = session.execute(query.where(row.id > after).order_by(row.id).limit(BATCH)).all()
    if not events:
        return None
    young = next((event.id for event in events if event.at > now - LAG), None)
    return News(frozenset(_pairs(session, events)), events[-1].id, young)


def _pairs(session: Session, events: Sequence[Event]) -> set[Pair]:
    """Everything that was said, and in which case."""
    numbers = {event.subject for event in events}
    query = select(Case.number, Case.id, Case.title).where(Case.number.in_(numbers))
    cases = {number: (key, title) for number, key, title in session.execute(query)}
    pairs = set()
    received = set()
    for event in events:
        if event.subject in cases:
            key, title = cases[event.subject]
            said = [event.details.get(name) for name in SAID]
            pairs |= {(key, folded(text)[:LONGEST]) for text in said if isinstance(text, str)}
            if event.action == "receive":
                received.add(key)
                pairs.add((key, folded(title)))
    fields = select(CaseField.case_id, CaseField.text).where(
        CaseField.case_id.in_(received), CaseField.text.is_not(None)
    )
    pairs |= {(key, folded(text)) for key, text in session.execute(fields) if text}
    return {(key, text) for key, text in pairs if text}


def _known(session: Session, texts: Iterable[str]) -> dict[str, int]:
    """The texts that are kept already, by digest."""
    wanted = {digest(text) for text in texts}
    query = select(LookupText.digest, LookupText.id).where(LookupText.digest.in_(wanted))
    return {key: text_id for key, text_id in session.execute(query)}


def _fresh(session: Session, pairs: frozenset[Pair]) -> frozenset[Pair]:
    """Those of these pairs that are not kept yet."""
    known = _known(session, {text for _, text in pairs})
    ids = {(known[key], case) for case, text in pairs if (key := digest(text)) in known}
    used = tuple_(LookupUse.text_id, LookupUse.case_id)
    there = set(session.execute(select(LookupUse.text_id, LookupUse.case_id).where(used.in_(ids))))
    return frozenset(
        (case, text) for case, text in pairs if (known.get(digest(text)), case) not in there
    )


def _keep(session: Session, pairs: frozenset[Pair], settled: int) -> int:
    """Write what is fresh, and the place; under the lock, so that two do not write the same."""
    place = session.scalars(select(LookupPlace).with_for_update()).one()
    fresh = _fresh(session, pairs)
    known = _known(session, {text for _, text in fresh})
    new = {digest(text): text for _, text in fresh if digest(text) not in known}
    if new:
        rows = [{"digest": key, "text": text, "uses": 0} for key, text in sorted(new.items())]
        session.execute(insert(table_of(LookupText)), rows)
        known |= _known(session, new.values())
        pieces = [(known[key], gram) for key, text in new.items() for gram in grams(text)]
        rows = [{"text_id": text_id, "gram": gram} for text_id, gram in sorted(pieces)]
        session.execute(insert(table_of(LookupGram)), rows)
    uses = sorted((known[digest(text)], case) for case, text in fresh)
    if uses:
        rows = [{"text_id": text_id, "case_id": case} for text_id, case in uses]
        session.execute(insert(table_of(LookupUse)), rows)
        _count(session, [text_id for text_id, _ in uses])
    place.history_id = max(place.history_id, settled)
    session.flush()
    return len(uses)


def _count(session: Session, text_ids: Sequence[int]) -> None:
    """How many cases use each text, brought up to date."""
    for text_id in sorted(set(text_ids)):
        more = text_ids.count(text_id)
        one = update(LookupText).where(LookupText.id == text_id)
        session.execute(
            one.values(uses=LookupText.uses + more),
            execution_options={"synchronize_session": False},
        )
