"""Inviting somebody at a window to rate what was just done there: a token, used once.

The invitation stands on the device of the window for a while; nothing is rated by itself.  It is
no action: it changes nothing of the case, and what is rated is the row of history it points to.
Who calls these functions begins and ends the transaction.
"""

import secrets
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.calendar import WorkCalendar
from workflows.clock import office_day, office_moment
from workflows.deadlines import Ledger, due
from workflows.errors import N_, WorkflowError
from workflows.models import Case, HistoryEvent, RatingInvitation
from workflows.queue import Clerk, WindowMissing
from workflows.voices import rules_on

#: What is done with somebody at the window: a visit.
VISITS = ("receive", "supplement", "hand_in", "deliver", "withdraw")


class NothingServed(WorkflowError):
    """Who was not served today by this clerk, or has rated it, is not asked."""

    sentence = N_("您今天没有在窗口为这个办件办理，或者已经评价过了。")


def invite(
    session: Session, number: str, clerk: Clerk, name: str, calendar: WorkCalendar
) -> RatingInvitation:
    """Ask the applicant of a case on the device of the window; asked twice, it is the same."""
    if not clerk.window:
        raise WindowMissing
    case = session.scalar(select(Case).where(Case.number == number))
    visit = _visit(session, number, name, clerk) if case else None
    if case is None or visit is None:
        raise NothingServed
    same = (RatingInvitation.case_id == case.id, RatingInvitation.sequence == visit.sequence)
    found = session.scalar(select(RatingInvitation).where(*same).with_for_update())
    if found is None:
        found = RatingInvitation(
            token=secrets.token_urlsafe(24), case_id=case.id, sequence=visit.sequence,
            action=visit.action, clerk=name, clerk_id=clerk.person_id,
        )  # fmt: skip
        session.add(found)
    elif found.used_at is not None:
        raise NothingServed
    limit = rules_on(clerk.day).limits["invitation"].limit
    found.window, found.at = clerk.window, clerk.now
    found.until = due(Ledger(clerk.now, limit), calendar).at or clerk.now
    session.flush()
    return found


def _visit(session: Session, number: str, name: str, clerk: Clerk) -> HistoryEvent | None:
    """What this clerk did last today for the case, with somebody at the window."""
    query = select(HistoryEvent).where(
        HistoryEvent.subject == number,
        HistoryEvent.action.in_(VISITS),
        HistoryEvent.actor == name,
        HistoryEvent.at >= office_moment(clerk.day, time.min),
    )
    return session.scalar(query.order_by(HistoryEvent.sequence.desc()).limit(1))


def shown(session: Session, window: str, now: datetime) -> RatingInvitation | None:
    """What the device of a window asks now: the latest invitation that was not answered."""
    query = select(RatingInvitation).where(
        RatingInvitation.window == window,
        RatingInvitation.used_at.is_(None),
        RatingInvitation.until >= now,
    )
    found = session.scalar(query.order_by(RatingInvitation.at.desc()).limit(1))
    return found if found and office_day(found.at) == office_day(now) else None
