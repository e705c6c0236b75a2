"""After an import: every case with open deadlines that may move is counted again, once.

The cases are taken in the order of their keys, each by an action of its own; how far it is stands
in the row of the calendar, and is written down after every few.  Whoever begins again, or works
at the same time, finds that a case does not change a second time.
"""

import logging
from collections.abc import Callable, Collection
from datetime import time
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from workflows.actions import Context, perform
from workflows.actions.recount_deadlines import NothingMoves, RecountDeadlines
from workflows.actions.recount_follow_up import FollowUpStays, RecountFollowUp
from workflows.clock import office_moment
from workflows.models import Calendar, Case, Deadline, FollowUpClock
from workflows.states import NotAllowedInState

log = logging.getLogger(__name__)

#: A region → it and those whose calendars stand on its.
Regions = Callable[[str], Collection[str]]


def recount(ctx: Context, reader: Session, regions: Regions, most: int) -> bool:
    """Count so many more cases again; whether that was a turn, and another may follow.

    Nothing is done before its time has come: every process must know the new calendar.
    """
    with reader.begin():
        begun = select(Calendar).where(Calendar.recount_at <= ctx.now).order_by(Calendar.id)
        calendar = reader.scalar(begun.limit(1))
        found = _next_cases(reader, calendar, regions, most) if calendar else []
        last = [] if found or not calendar else _follow_ups(reader, calendar, regions)
        reader.expunge_all()
    if calendar is None:
        return False
    failed = sum(not _recount(number, calendar, ctx) for _id, number in found)
    failed += sum(not _recount_follow_up(subject, ctx) for subject in last)
    _write_down(ctx.session, calendar, [case_id for case_id, _number in found], failed)
    return True


def _recount(number: str, calendar: Calendar, ctx: Context) -> bool:
    """Count one case again; whether that was possible."""
    try:
        perform(number, RecountDeadlines(calendar.id, calendar.revision), ctx)
    except NothingMoves:
        pass
    except Exception:  # one case that fails must not hold up all the others
        log.exception("case %s could not be counted again", number)
        return False
    return True


def _recount_follow_up(subject: str, ctx: Context) -> bool:
    """Count the clocks of a follow-up again; whether that was possible."""
    try:
        perform(subject, RecountFollowUp(), ctx)
    except (FollowUpStays, NotAllowedInState):
        pass
    except Exception:  # one that fails must not hold up the others
        log.exception("%s could not be counted again", subject)
        return False
    return True


def _write_down(session: Session, calendar: Calendar, done: list[int], failed: int) -> None:
    """Say how far it is, unless somebody was faster, or something was imported meanwhile."""
    values = {"recounted": Calendar.recounted + len(done), "failed": Calendar.failed + failed}
    further = {"recount_after": done[-1]} if done else {"recount_at": None}
    mine = (
        Calendar.id == calendar.id,
        Calendar.revision == calendar.revision,
        Calendar.recount_after == calendar.recount_after,
    )
    with session.begin():
        session.execute(
            update(Calendar).where(*mine).values(**values, **further),
            execution_options={"synchronize_session": False},
        )


def _next_cases(
    reader: Session, calendar: Calendar, regions: Regions, most: int
) -> list[tuple[int, str]]:
    query = _concerned(select(Case.id, Case.number), calendar, regions).distinct()
    return [(row.id, row.number) for row in reader.execute(query.order_by(Case.id).limit(most))]


def _follow_ups(reader: Session, calendar: Calendar, regions: Regions) -> list[str]:
    """What is followed up and may move: counted when the cases are, few as they are."""
    assert calendar.recount_from is not None, "marked with the day"
    query = select(FollowUpClock.subject).where(
        FollowUpClock.next_at.is_not(None),
        FollowUpClock.due_at >= office_moment(calendar.recount_from, time.min),
        FollowUpClock.region.in_(sorted(regions(calendar.region))),
    )
    return list(reader.scalars(query.distinct().order_by(FollowUpClock.subject)))


def left(reader: Session, calendar: Calendar, regions: Regions) -> int:
    """How many cases are still to be looked at."""
    if calendar.recount_at is None:
        return 0
    query: Select[tuple[int]] = _concerned(
        select(func.count(Case.id.distinct())), calendar, regions
    )
    return reader.scalar(query) or 0


def _concerned(query: Any, calendar: Calendar, regions: Regions) -> Any:
    """Cases after the last one, with an open deadline on or after the first day that changed."""
    assert calendar.recount_from is not None, "marked with the day"
    from_day = office_moment(calendar.recount_from, time.min)
    return query.join_from(Deadline, Case, Case.id == Deadline.case_id).where(
        Deadline.closed_at.is_(None),
        Deadline.due_at >= from_day,
        Case.region.in_(sorted(regions(calendar.region))),
        Case.id > calendar.recount_after,
    )
