"""Taking the next row of a lane, and what became of it.

A lane is a recipient over a channel; only its first open row is ever taken, so the order holds
whoever sends.  A row is taken by a lease: who dies with it loses it after a while, and another
sends it again under the same key.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from workflows.models import Outgoing
from workflows.models.rows import connection_of, table_of

#: Longer than any channel takes to give up.
LEASE = timedelta(minutes=2)
#: How long to wait after each failure; after the last one the row is given up (dead letter).
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(days=1),
)
FAULT_LENGTH = 500

EARLIER = aliased(Outgoing)
NOW: Any = bindparam("now")
FREE = or_(Outgoing.leased_until.is_(None), Outgoing.leased_until < NOW)
#: What waits for the morning holds up nothing.
BEHIND = exists().where(
    EARLIER.lane == Outgoing.lane,
    EARLIER.next_at.is_not(None),
    EARLIER.not_before <= NOW,
    EARLIER.id < Outgoing.id,
)
FIRST = (
    select(Outgoing)
    .where(Outgoing.next_at <= NOW, FREE, ~BEHIND)
    .limit(1)
    .with_for_update(of=Outgoing, skip_locked=True)
)
OF_CHANNEL = FIRST.where(Outgoing.channel == bindparam("channel")).order_by(
    Outgoing.next_at, Outgoing.id
)
OF_LANE = FIRST.where(Outgoing.lane == bindparam("lane")).order_by(Outgoing.id)
TABLE = table_of(Outgoing)
LEASED = (
    TABLE.update()
    .where(TABLE.c.id == bindparam("the_id"))
    .values(lease=bindparam("by"), leased_until=bindparam("until"))
)
#: Unless the lease was lost: then another has the row now.
ENDED = (
    TABLE.update()
    .where(TABLE.c.id == bindparam("the_id"), TABLE.c.lease == bindparam("by"))
    .values(
        lease=None,
        leased_until=None,
        **{
            name: bindparam(name) for name in ("attempts", "fault", "next_at", "sent_at", "dead_at")
        },
    )
)


def take(session: Session, channel: str, now: datetime) -> Outgoing | None:
    """Take the row of a channel that is due first and stands first in its lane, or None."""
    return _leased(session, OF_CHANNEL, {"channel": channel, "now": now})


def take_next(session: Session, row: Outgoing, now: datetime) -> Outgoing | None:
    """Take the row that stands first now in the lane of another, or None."""
    return _leased(session, OF_LANE, {"lane": row.lane, "now": now})


def _leased(session: Session, query: Any, asked: dict[str, Any]) -> Outgoing | None:
    row: Outgoing | None = session.scalar(query, asked)
    if row is not None:
        session.expunge(row)
        row.lease, row.leased_until = secrets.token_hex(8), asked["now"] + LEASE
        given = {"the_id": row.id, "by": row.lease, "until": row.leased_until}
        connection_of(session).execute(LEASED, given)
    return row


def sent(session: Session, row: Outgoing, now: datetime) -> None:
    """The other side has it."""
    _end(session, row, sent_at=now)


def failed(session: Session, row: Outgoing, fault: str, for_good: bool, now: datetime) -> None:
    """It was not delivered: later again, or a dead letter."""
    words = " ".join(fault.split())[:FAULT_LENGTH]
    if for_good or row.attempts >= len(PAUSES):
        _end(session, row, dead_at=now, fault=words)
    else:
        _end(session, row, next_at=now + PAUSES[row.attempts], fault=words)


def _end(session: Session, row: Outgoing, **outcome: Any) -> None:
    blank = {"next_at": None, "sent_at": None, "dead_at": None, "fault": ""}
    given = {"the_id": row.id, "by": row.lease, "attempts": row.attempts + 1}
    connection_of(session).execute(ENDED, {**blank, **given, **outcome})


def again(session: Session, row_id: int, now: datetime) -> bool:
    """Send a dead letter, or one that waits for another attempt, now; whether there was one.

    What has been sent, and what is in someone's hands, stays as it is.
    """
    idle = or_(Outgoing.leased_until.is_(None), Outgoing.leased_until < now)
    stuck = and_(Outgoing.id == row_id, Outgoing.sent_at.is_(None), Outgoing.attempts > 0, idle)
    values = {"next_at": now, "dead_at": None, "attempts": 0, "lease": None, "leased_until": None}
    done = session.execute(
        update(Outgoing)
        .where(stuck)
        .values(values)
        .returning(Outgoing.id)
        .execution_options(synchronize_session=False)
    )
    return done.first() is not None
