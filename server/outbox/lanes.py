"""Taking the next row of a lane, and what became of it.

A lane is a recipient over a channel; only its first open row is ever taken, so the order holds
whoever sends.  A row is taken by a lease: who dies with it loses it after a while, and another
sends it again under the same key.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from workflows.models import Outgoing

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


def take(session: Session, channel: str, now: datetime, lane: str | None = None) -> Outgoing | None:
    """Take the row that is due first and stands first in its lane, or None."""
    due = and_(Outgoing.channel == channel, Outgoing.next_at <= now)
    free = or_(Outgoing.leased_until.is_(None), Outgoing.leased_until < now)
    behind = exists().where(
        EARLIER.lane == Outgoing.lane,
        EARLIER.next_at.is_not(None),
        EARLIER.not_before <= now,  # what waits for the morning holds up nothing
        EARLIER.id < Outgoing.id,
    )
    query = select(Outgoing).where(due, free, ~behind).order_by(Outgoing.next_at, Outgoing.id)
    if lane is not None:
        query = query.where(Outgoing.lane == lane)
    locked = query.limit(1).with_for_update(of=Outgoing, skip_locked=True)
    row: Outgoing | None = session.scalar(locked)
    if row is not None:
        row.lease, row.leased_until = secrets.token_hex(8), now + LEASE
        session.flush()
    return row


def sent(session: Session, row: Outgoing, now: datetime) -> None:
    """The other side has it."""
    _end(session, row, sent_at=now, next_at=None, fault="")


def failed(session: Session, row: Outgoing, fault: str, for_good: bool, now: datetime) -> None:
    """It was not delivered: later again, or a dead letter."""
    pause = None if for_good or row.attempts >= len(PAUSES) else PAUSES[row.attempts]
    again = {"next_at": now + pause} if pause else {"next_at": None, "dead_at": now}
    _end(session, row, fault=" ".join(fault.split())[:FAULT_LENGTH], **again)


def _end(session: Session, row: Outgoing, **values: Any) -> None:
    """Write the outcome, unless the lease was lost: then another has the row now."""
    mine = and_(Outgoing.id == row.id, Outgoing.lease == row.lease)
    values |= {"attempts": row.attempts + 1, "lease": None, "leased_until": None}
    session.execute(
        update(Outgoing).where(mine).values(values).execution_options(synchronize_session=False)
    )


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
