"""New notices and new steps of cases become rows of the outbox, in the order they were written.

This is the clockwork's work, not the actions': an action writes what it always wrote.  How far
each source was read is compared and moved in the transaction that writes the rows, so that two
schedulers do not do it twice; the key of a row would refuse the second besides.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, defer, joinedload

from server.channels import channels_of
from server.context import Services
from server.outbox.quiet import earliest
from server.outbox.whom import Recipient, applicant, directory
from server.outbox.wording import Words, for_applicant, for_staff
from workflows.clock import office_day
from workflows.deadlines import Light
from workflows.models import Case, HistoryEvent, Notice, OutboxPosition, Outgoing
from workflows.models.rows import add, connection_of, table_of
from workflows.states import CaseState

BATCH = 200
#: A missing number may belong to someone who is about to commit; so long it is waited for.
PATIENCE = timedelta(minutes=5)
#: Steps of a case that its applicant is told of → the template.
STEPS = {
    "receive": "receipt",
    "return_for_supplement": "supplement",
    "accept": "acceptance",
    "deem_accepted": "acceptance",
    "deliver": "delivery",
}


#: What is read, in the order in which it is locked.
SOURCES: dict[str, Any] = {"history": HistoryEvent, "notices": Notice}


class SomeoneWasFaster(Exception):
    """Another scheduler has read the same rows meanwhile, and written them."""


def fill(services: Services) -> int:
    """Write what has to be sent since the last time; returns how many messages that are."""
    with services.database.readers() as reader:
        if not _news(reader):
            return 0
    filled, read = 0, BATCH
    while read == BATCH:
        try:
            read, written = _fill_some(services)
            filled += written
        except SomeoneWasFaster:
            continue
    return filled


def _news(session: Session) -> bool:
    """Whether a source holds more than was read: two steps into an index."""
    last = _positions(session)
    return any(
        (session.scalar(select(func.max(kind.id))) or 0) > last[source]
        for source, kind in SOURCES.items()
    )


def _positions(session: Session) -> dict[str, int]:
    return {row.source: row.last_id for row in session.scalars(select(OutboxPosition))}


def _fill_some(services: Services) -> tuple[int, int]:
    """Handle the next rows of both sources; (how many at most of one, messages written).

    Reading and wording take their time, and hold no lock; what is written then is only written
    if nobody has moved on from where we began to read.
    """
    now = services.clock.now()
    with services.database.readers() as reader:
        was = _positions(reader)
        found = {
            source: list(_settled(_after(reader, kind, was[source]), was[source], now))
            for source, kind in SOURCES.items()
        }
        rows = [
            *_to_staff(reader, found["notices"], services, now),
            *_to_applicants(reader, found["history"], services, now),
        ]
    with services.database.writers() as session, session.begin():
        for source, handled in found.items():
            if handled:
                _move(session, source, was[source], handled[-1].id)
        add(session, rows)
    return max(map(len, found.values())), len(rows)


def _after(session: Session, kind: Any, last_id: int) -> Iterable[Any]:
    query = select(kind).where(kind.id > last_id).order_by(kind.id).limit(BATCH)
    return session.scalars(query)


def _settled(found: Iterable[Any], last_id: int, now: datetime) -> Iterator[Any]:
    """The rows before which nothing can appear any more.

    Numbers are given out before the commit: of two actions at once, the later may be seen first.
    """
    for row in found:
        if row.id != last_id + 1 and row.at > now - PATIENCE:
            return
        last_id = row.id
        yield row


def _move(session: Session, source: str, was: int, last_id: int) -> None:
    """Remember how far a source was read.  Raises SomeoneWasFaster."""
    position = table_of(OutboxPosition)
    here = and_(position.c.source == source, position.c.last_id == was)
    moved = connection_of(session).execute(position.update().where(here).values(last_id=last_id))
    if moved.rowcount != 1:
        raise SomeoneWasFaster


def _cases(session: Session, asked: Any) -> list[Case]:
    query = select(Case).where(asked).options(joinedload(Case.version), defer(Case.answers))
    return list(session.scalars(query))


def _to_staff(
    session: Session, notices: list[Notice], services: Services, now: datetime
) -> Iterator[Outgoing]:
    outside = services.settings.outside
    channels = channels_of(outside)
    if not notices or not channels:
        return
    known = directory(session, outside.defaults, channels)
    cases = {c.id: c for c in _cases(session, Case.id.in_({n.case_id for n in notices}))}
    for notice in notices:
        case = cases.get(notice.case_id or 0)
        calendar = services.calendar(case.region) if case else services.calendar()
        opens = earliest(notice.level, now, calendar, outside.quiet)
        for one in known.told(notice, office_day(opens)):
            words = for_staff(notice, case, one.language)
            key = f"{services.settings.hall}-n{notice.id}-{one.channel}-{one.person_id}"
            yield _row(key, case, one, words, (notice.level, notice.at, opens))


def _to_applicants(
    session: Session, events: list[HistoryEvent], services: Services, now: datetime
) -> Iterator[Outgoing]:
    outside = services.settings.outside
    channels = channels_of(outside)
    told = [(event, kind) for event in events if (kind := _kind(event))]
    if not told or not channels:
        return
    cases = {c.number: c for c in _cases(session, Case.number.in_({e.subject for e, _ in told}))}
    for event, kind in told:
        case = cases[event.subject]
        level = Light.BLUE.value if kind == "supplement" else Light.GREEN.value
        opens = earliest(level, now, services.calendar(case.region), outside.quiet)
        for one in applicant(case, outside.applicants, channels):
            words = for_applicant(kind, event, case, one.language)
            key = f"{services.settings.hall}-h{event.id}-{one.channel}"
            yield _row(key, case, one, words, (level, event.at, opens))


def _kind(event: HistoryEvent) -> str | None:
    """The template for a step of a case; None when its applicant is not told of it."""
    decided = event.to_state == CaseState.DECIDED and event.from_state == CaseState.IN_REVIEW
    return "decision" if decided else STEPS.get(event.action)


def _row(
    key: str, case: Case | None, one: Recipient, words: Words, when: tuple[str, datetime, datetime]
) -> Outgoing:
    light, at, opens = when
    return Outgoing(
        key=key,
        case_id=case.id if case else None,
        person_id=one.person_id,
        channel=one.channel,
        address=one.address,
        lane=one.lane,
        light=light,
        subject=words.subject,
        text=words.text(short=one.channel == "sms"),
        at=at,
        not_before=opens,
        next_at=opens,
    )
