"""What happens because time passed.  Safe to run twice, late, after a crash, or by two at once.

The sweep only suggests: one short read finds the clocks whose next rung has come, and each is
climbed by an action of its own that looks again under the lock.  With nothing due it costs one
look into an index, however many clocks are running.
"""

import logging
from datetime import datetime
from random import randrange

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, load_only

from workflows.actions import Context, perform
from workflows.actions.base import catalogue_of
from workflows.actions.climb import NotDue
from workflows.actions.deem_accepted import DeemAccepted
from workflows.actions.escalate import Escalate
from workflows.actions.expire_attendance import ExpireAttendance
from workflows.actions.expire_consultation import ExpireConsultation
from workflows.actions.expire_deferral import ExpireDeferral
from workflows.actions.expire_supplement import ExpireSupplement
from workflows.actions.fire_timer import FireTimer
from workflows.actions.ladder import next_rung
from workflows.actions.lapse_follow_up import LapseFollowUp
from workflows.actions.take_effect import TakeEffect
from workflows.actions.warn import Warn
from workflows.models import Case, Deadline, FollowUpClock, ProcessVersion
from workflows.models.calendar import COUNTING_AGAIN
from workflows.states import NotAllowedInState

log = logging.getLogger(__name__)

RUNGS = {
    action.name: action
    for action in (Warn, Escalate, DeemAccepted, ExpireSupplement, ExpireDeferral,
                   ExpireConsultation, ExpireAttendance, FireTimer)
}  # fmt: skip
BATCH = 200


def next_wake(session: Session) -> datetime | None:
    """When the next rung of any clock comes, or the day of a version; None when nothing waits."""
    rung = session.scalar(
        select(Deadline.next_at)
        .where(Deadline.next_at.is_not(None))
        .order_by(Deadline.next_at)
        .limit(1)
    )
    day = session.scalar(select(func.min(ProcessVersion.effective_at)))
    follow_up = session.scalar(
        select(FollowUpClock.next_at)
        .where(FollowUpClock.next_at.is_not(None))
        .order_by(FollowUpClock.next_at)
        .limit(1)
    )
    return min(filter(None, (rung, day, follow_up)), default=None)


def sweep(ctx: Context, reader: Session) -> int:
    """Climb every rung that has come; returns how many were climbed.

    A refusal (someone was faster) or a failure stops no other; it is left for the next sweep.
    Who meets another scheduler goes on at some other place, so that they share the work.
    """
    climbed = _take_effect(ctx, reader) + _lapse(ctx, reader)
    passed_over: set[int] = set()
    alone = True
    while found := _due(reader, ctx, passed_over):
        start = 0 if alone else randrange(len(found))
        for number, deadline, action in found[start:] + found[:start]:
            try:
                perform(number, RUNGS[action](deadline), ctx)
                climbed += 1
            except NotDue:
                log.info("case %s, clock %s: someone was faster", number, deadline)
                passed_over.add(deadline)
                alone = False
                break
            except Exception:  # one case that fails must not hold up all the others
                log.exception("case %s, clock %s: %s failed", number, deadline, action)
                passed_over.add(deadline)
    return climbed


def _take_effect(ctx: Context, reader: Session) -> int:
    """Let the versions take effect whose day has begun; returns how many."""
    begun = select(ProcessVersion.process, ProcessVersion.version)
    begun = begun.where(ProcessVersion.effective_at <= ctx.now)
    with reader.begin():
        found = reader.execute(begun.order_by(ProcessVersion.effective_at, ProcessVersion.id)).all()
    taken = 0
    for process, number in found:
        key = f"{process}@{number}"
        try:
            perform(key, TakeEffect(), ctx)
            taken += 1
        except (NotDue, NotAllowedInState):
            log.info("version %s: someone was faster", key)
        except Exception:  # one that fails must not hold up the clocks
            log.exception("version %s could not take effect", key)
    return taken


def _lapse(ctx: Context, reader: Session) -> int:
    """Say of every follow-up whose time is over that it is; returns of how many."""
    waiting = select(FollowUpClock.subject, FollowUpClock.id)
    waiting = waiting.where(FollowUpClock.next_at <= ctx.now, ~COUNTING_AGAIN)
    with reader.begin():
        found = reader.execute(waiting.order_by(FollowUpClock.next_at, FollowUpClock.id)).all()
    said = 0
    for subject, clock in found:
        try:
            perform(subject, LapseFollowUp(clock), ctx)
            said += 1
        except (NotDue, NotAllowedInState):
            log.info("%s, clock %s: someone was faster", subject, clock)
        except Exception:  # one that fails must not hold up the others
            log.exception("%s, clock %s: could not be said to be over", subject, clock)
    return said


def _due(reader: Session, ctx: Context, passed_over: set[int]) -> list[tuple[str, int, str]]:
    """(case number, deadline, action) of the clocks whose next rung has come, earliest first."""
    query = (
        select(Case, Deadline)
        .join(Deadline, Deadline.case_id == Case.id)
        .where(Deadline.next_at <= ctx.now, Deadline.id.not_in(passed_over), ~COUNTING_AGAIN)
        .order_by(Deadline.next_at, Deadline.id)
        .limit(BATCH)
        .options(load_only(Case.number, Case.region), joinedload(Case.version, innerjoin=True))
    )
    found = []
    with reader.begin():
        for case, deadline in reader.execute(query):
            rung = next_rung(deadline, catalogue_of(case), ctx.calendars(case.region))
            if rung is None or rung.at > ctx.now:  # a newer calendar may have put it off
                passed_over.add(deadline.id)
            else:
                found.append((case.number, deadline.id, rung.action))
        reader.expunge_all()
    return found
