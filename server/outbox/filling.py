"""New notices and new steps of cases become rows of the outbox, in the order they were written.

This is the clockwork's work, not the actions': an action writes what it always wrote.  How far
each source was read is locked meanwhile, so that two schedulers do not do it twice; the key of a
row would refuse the second besides.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload

from server.channels import channels_of
from server.context import Services
from server.outbox.quiet import earliest
from server.outbox.whom import Recipient, applicant, directory
from server.outbox.wording import Words, for_applicant, for_staff
from workflows.clock import office_day
from workflows.deadlines import Light
from workflows.models import Case, HistoryEvent, Notice, OutboxPosition, Outgoing
from workflows.models.rows import add
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


class Numbered(Protocol):
    """A row of a source."""

    id: Any
    at: Any


Row = TypeVar("Row", bound=Numbered)


def fill(services: Services) -> int:
    """Write what has to be sent since the last time; returns how many messages that are."""
    with services.database.readers() as reader:
        if not _news(reader):
            return 0
    filled = 0
    with services.database.writers() as session:
        while True:
            with session.begin():
                read, written = _fill_some(session, services)
                session.expunge_all()
            filled += written
            if read < BATCH:
                return filled


def _news(session: Session) -> bool:
    """Whether a source holds more than was read: two steps into an index."""
    last = {row.source: row.last_id for row in session.scalars(select(OutboxPosition))}
    heads = {
        "notices": session.scalar(select(func.max(Notice.id))),
        "history": session.scalar(select(func.max(HistoryEvent.id))),
    }
    return any((head or 0) > last.get(source, 0) for source, head in heads.items())


def _fill_some(session: Session, services: Services) -> tuple[int, int]:
    """Read the next rows of both sources; (how many at most of one, messages written)."""
    locked = select(OutboxPosition).order_by(OutboxPosition.source).with_for_update()
    positions = {row.source: row for row in session.scalars(locked)}
    now = services.clock.now()
    notices = list(_settled(_notices(session, positions["notices"]), positions["notices"], now))
    events = list(_settled(_events(session, positions["history"]), positions["history"], now))
    rows = [*_to_staff(session, notices, services), *_to_applicants(session, events, services)]
    session.flush()
    add(session, rows)
    return max(len(notices), len(events)), len(rows)


def _notices(session: Session, position: OutboxPosition) -> Iterable[Notice]:
    query = select(Notice).where(Notice.id > position.last_id).order_by(Notice.id)
    return session.scalars(query.limit(BATCH))


def _events(session: Session, position: OutboxPosition) -> Iterable[HistoryEvent]:
    query = select(HistoryEvent).where(HistoryEvent.id > position.last_id)
    return session.scalars(query.order_by(HistoryEvent.id).limit(BATCH))


def _settled(found: Iterable[Row], position: OutboxPosition, now: datetime) -> Iterator[Row]:
    """The rows before which nothing can appear any more; the position moves over them.

    Numbers are given out before the commit: of two actions at once, the later may be seen first.
    """
    for row in found:
        if row.id != position.last_id + 1 and row.at > now - PATIENCE:
            return
        position.last_id = row.id
        yield row


def _cases(session: Session, asked: Any) -> list[Case]:
    query = select(Case).where(asked).options(joinedload(Case.version), defer(Case.answers))
    return list(session.scalars(query))


def _to_staff(session: Session, notices: list[Notice], services: Services) -> Iterator[Outgoing]:
    outside = services.settings.outside
    channels = channels_of(outside)
    if not notices or not channels:
        return
    known = directory(session, outside.defaults, channels)
    cases = {c.id: c for c in _cases(session, Case.id.in_({n.case_id for n in notices}))}
    now = services.clock.now()
    for notice in notices:
        case = cases[notice.case_id]
        calendar = services.calendar(case.region)
        opens = earliest(notice.level, now, calendar, outside.quiet)
        for one in known.told(notice, office_day(opens)):
            words = for_staff(notice, case, one.language)
            key = f"{services.settings.hall}-n{notice.id}-{one.channel}-{one.person_id}"
            yield _row(key, case, one, words, (notice.level, notice.at, opens))


def _to_applicants(
    session: Session, events: list[HistoryEvent], services: Services
) -> Iterator[Outgoing]:
    outside = services.settings.outside
    channels = channels_of(outside)
    told = [(event, kind) for event in events if (kind := _kind(event))]
    if not told or not channels:
        return
    cases = {c.number: c for c in _cases(session, Case.number.in_({e.subject for e, _ in told}))}
    now = services.clock.now()
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
    key: str, case: Case, one: Recipient, words: Words, when: tuple[str, datetime, datetime]
) -> Outgoing:
    light, at, opens = when
    return Outgoing(
        key=key,
        case_id=case.id,
        person_id=one.person_id,
        channel=one.channel,
        address=one.address,
        lane=one.lane,
        light=light,
        subject=words.subject,
        text=words.short if one.channel == "sms" else words.text,
        at=at,
        not_before=opens,
        next_at=opens,
    )
