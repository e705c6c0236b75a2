"""What happens because time passed.  Safe to run twice, late, after a crash, or by two at once.

The sweep only suggests: one short read finds the clocks whose next rung has come, and each is
climbed by an action of its own that looks again under the lock.  With nothing due it costs one
look into an index, however many clocks are running.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from random import randrange
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, load_only

from workflows.actions import Action, Context, perform
from workflows.actions.base import catalogue_of
from workflows.actions.climb import NotDue
from workflows.actions.climb_card import ClimbCard
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
from workflows.models import Card, Case, Deadline, FollowUpClock, ProcessVersion
from workflows.models.calendar import COUNTING_AGAIN
from workflows.states import NotAllowedInState

log = logging.getLogger(__name__)

RUNGS: dict[str, Any] = {
    action.name: action
    for action in (Warn, Escalate, DeemAccepted, ExpireSupplement, ExpireDeferral,
                   ExpireConsultation, ExpireAttendance, FireTimer)
}  # fmt: skip
BATCH = 200
#: What is locked, the key of the clock or card, and the action that climbs it.
Rung = tuple[str, int, Action]


def next_wake(session: Session) -> datetime | None:
    """When the next rung of any clock or card comes, or the day of a version; None for never."""
    rung = session.scalar(
        select(Deadline.next_at)
        .where(Deadline.next_at.is_not(None))
        .order_by(Deadline.next_at)
        .limit(1)
    )
    day = session.scalar(select(func.min(ProcessVersion.effective_at)))
    card = session.scalar(
        select(Card.next_at).where(Card.next_at.is_not(None)).order_by(Card.next_at).limit(1)
    )
    follow_up = session.scalar(
        select(FollowUpClock.next_at)
        .where(FollowUpClock.next_at.is_not(None))
        .order_by(FollowUpClock.next_at)
        .limit(1)
    )
    return min(filter(None, (rung, day, card, follow_up)), default=None)


def sweep(ctx: Context, reader: Session) -> int:
    """Climb every rung that has come; returns how many were climbed.

    A refusal (someone was faster) or a failure stops no other; it is left for the next sweep.
    Who meets another scheduler goes on at some other place, so that they share the work.
    """
    climbed = _take_effect(ctx, reader)
    climbed += _climb(lambda passed_over: _due(reader, ctx, passed_over), ctx)
    climbed += _climb(lambda passed_over: _due_cards(reader, ctx, passed_over), ctx)
    climbed += _climb(lambda passed_over: _due_follow_ups(reader, ctx, passed_over), ctx)
    return climbed


def _climb(due: Callable[[set[int]], list[Rung]], ctx: Context) -> int:
    """Climb what is due for as long as there is something; returns how many."""
    climbed = 0
    passed_over: set[int] = set()
    alone = True
    while found := due(passed_over):
        start = 0 if alone else randrange(len(found))
        for subject, row, action in found[start:] + found[:start]:
            try:
                perform(subject, action, ctx)
                climbed += 1
            except (NotDue, NotAllowedInState):
                log.info("%s, %s: someone was faster", subject, row)
                passed_over.add(row)
                alone = False
                break
            except Exception:  # one that fails must not hold up all the others
                log.exception("%s, %s: %s failed", subject, row, action.name)
                passed_over.add(row)
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


def _due(reader: Session, ctx: Context, passed_over: set[int]) -> list[Rung]:
    """The clocks whose next rung has come, earliest first."""
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
            table = ctx.ladder(case, deadline.started_at)
            rung = next_rung(deadline, catalogue_of(case), ctx.calendars(case.region), table)
            if rung is None or rung.at > ctx.now:  # a newer calendar may have put it off
                passed_over.add(deadline.id)
            else:
                found.append((case.number, deadline.id, RUNGS[rung.action](deadline.id)))
        reader.expunge_all()
    return found


def _due_cards(reader: Session, ctx: Context, passed_over: set[int]) -> list[Rung]:
    """The cards without an answer whose next rung has come, earliest first."""
    query = (
        select(Card)
        .where(Card.next_at <= ctx.now, Card.id.not_in(passed_over))
        .order_by(Card.next_at, Card.id)
        .limit(BATCH)
        .options(load_only(Card.number, Card.rung))
    )
    with reader.begin():
        found = [(card.code, card.id, ClimbCard(card.rung)) for card in reader.scalars(query)]
        reader.expunge_all()
    return [*found]


def _due_follow_ups(reader: Session, ctx: Context, passed_over: set[int]) -> list[Rung]:
    """The follow-ups of ratings and complaints whose time is over, earliest first."""
    clock = FollowUpClock
    query = (
        select(clock.subject, clock.id)
        .where(clock.next_at <= ctx.now, clock.id.not_in(passed_over), ~COUNTING_AGAIN)
        .order_by(clock.next_at, clock.id)
        .limit(BATCH)
    )
    with reader.begin():
        return [(subject, row, LapseFollowUp(row)) for subject, row in reader.execute(query)]
