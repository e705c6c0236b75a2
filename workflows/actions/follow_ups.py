"""The clocks of ratings: started, stopped and counted like those of cases."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from workflows.actions.base import Context
from workflows.deadlines import due
from workflows.models import FollowUp, FollowUpClock
from workflows.voices import Promise

#: A limit lasts through 23:59:59; it is over with the next second.
INSTANT = timedelta(seconds=1)


def start_follow_up(
    subject: str, region: str, clock: FollowUp, promise: Promise, ctx: Context
) -> FollowUpClock:
    """Start a clock now; it keeps the limit, and who said so, of today."""
    row = FollowUpClock(
        subject=subject,
        region=region,
        clock=clock,
        limit=str(promise.limit),
        source=promise.source,
        started_at=ctx.now,
        extension_days=0,
        closed_at=None,
    )
    reckon_follow_up(row, ctx)
    ctx.session.add(row)
    return row


def reckon_follow_up(row: FollowUpClock, ctx: Context) -> None:
    """Work out again when it is due, and when to tell that it is over."""
    ends = due(row.ledger, ctx.calendars(row.region))
    assert ends.at is not None, "without a pause every limit ends"
    row.due_at = ends.at
    row.provisional = ends.provisional
    row.next_at = ends.at + INSTANT


def open_follow_ups(
    subject: str, ctx: Context, clock: FollowUp | None = None
) -> Iterator[FollowUpClock]:
    """The clocks of a subject that are not stopped."""
    query = select(FollowUpClock).where(
        FollowUpClock.subject == subject, FollowUpClock.closed_at.is_(None)
    )
    for row in ctx.session.scalars(query.order_by(FollowUpClock.id)):
        if clock in (None, row.clock):
            yield row


def stop_follow_ups(subject: str, ctx: Context, clock: FollowUp | None = None) -> None:
    """Stop clocks: what they measured is done."""
    for row in open_follow_ups(subject, ctx, clock):
        row.closed_at = ctx.now
        row.next_at = None
