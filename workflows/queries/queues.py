"""The queues of a window (窗口): the cases in a state, and the clock that runs in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from workflows.models import Case, Deadline, DeadlinePause
from workflows.models.deadline import Basis, Clock
from workflows.queries.calendars import Calendars
from workflows.queries.filters import EVERYTHING, FIRST, Filter, Part, of_cases, of_light, of_words
from workflows.queries.standing import Standing, ledgers, pauses_of, standing
from workflows.queries.unindexed import Unindexed
from workflows.states import CaseState

#: What a window still has to do with a case, and the clock that runs meanwhile.
WINDOW_CLOCKS = {
    CaseState.SUBMITTED: Clock.NOTICE,
    CaseState.SUPPLEMENTING: Clock.SUPPLEMENT,
    CaseState.DECLINING: Clock.NOTICE,
    CaseState.IN_REVIEW: Clock.CASE,
    CaseState.SUSPENDED: Clock.CASE,
    CaseState.DECIDED: Clock.DELIVERY,
    CaseState.DELIVERED: Clock.DELIVERY,
}


#: The clocks of a case as a whole.
CASE_CLOCKS = sorted({Clock.CASE, *WINDOW_CLOCKS.values()})


@dataclass(frozen=True)
class CaseRow:
    """A case in a list."""

    case: Case
    standing: Standing | None


#: The promised and the statutory clock that runs in the state of a case.
OWED, LAW = aliased(Deadline), aliased(Deadline)


def _clock_of_case(
    clock: type[Deadline], states: list[CaseState], basis: Basis
) -> ColumnElement[bool]:
    """The clock beside a case: found by the case, and by nothing that many share."""
    running = or_(
        *(and_(Case.state == state, clock.clock == WINDOW_CLOCKS[state]) for state in states)
    )
    return and_(
        clock.case_id == Case.id,
        Unindexed(clock.basis) == basis,
        clock.closed_at.is_(None), running,
    )  # fmt: skip


def window_cases(
    session: Session,
    states: list[CaseState],
    now: datetime,
    calendars: Calendars,
    part: Part = FIRST,
) -> tuple[list[CaseRow], int]:
    """The cases in these states, the nearest due first, and how many there are."""
    query, due = queue_ids(session, states, now, calendars, part.wanted)
    if part.wanted == EVERYTHING and not part.size:
        return [], session.scalar(select(func.count(Case.id)).where(Case.state.in_(states))) or 0
    first = query.order_by(due.is_(None), due, Case.id)
    # Counted in the same pass, which has to sort them all anyway.
    shown = first.limit(part.size or 1).offset(part.start).add_columns(func.count().over())
    pairs = session.execute(shown).all()
    if not part.size or not pairs:
        return [], pairs[0][1] if pairs else 0
    ids = [key for key, _ in pairs]
    found = sorted(
        session.scalars(select(Case).where(Case.id.in_(ids))), key=lambda case: ids.index(case.id)
    )
    return case_rows(session, found, now, calendars), pairs[0][1]


def queue_ids(
    session: Session, states: list[CaseState], now: datetime, calendars: Calendars, wanted: Filter
) -> tuple[Select[int], ColumnElement[datetime]]:
    """The keys of the cases in a queue, and what they are ordered by."""
    due = func.coalesce(OWED.due_at, LAW.due_at)
    query = (
        select(Case.id)
        .outerjoin(OWED, _clock_of_case(OWED, states, Basis.PROMISED))
        .outerjoin(LAW, _clock_of_case(LAW, states, Basis.STATUTORY))
        .where(Case.state.in_(states))
    )
    if wanted.words:
        query = query.where(of_words(wanted.words))
    if wanted.light is not None:
        shown = of_light(session, wanted.light, now, calendars, (OWED, LAW), Case.id)
        query = query.where(shown)
    return query.where(*of_cases(wanted), *wanted.due.holds(due)), due


def case_rows(
    session: Session, cases: list[Case], now: datetime, calendars: Calendars
) -> list[CaseRow]:
    """Cases with their standing on the clock that matters in their state."""
    ids = {case.id for case in cases}
    clocks = ledgers(session, and_(Deadline.case_id.in_(ids), Deadline.clock.in_(CASE_CLOCKS)))
    pauses = pauses_of(session, DeadlinePause.case_id.in_(ids))
    rows = []
    for case in cases:
        mine = [row for row in clocks if row.case_id == case.id]
        held = [row for row in pauses if row.case_id == case.id]
        clock = WINDOW_CLOCKS.get(case.state, Clock.CASE)
        rows.append(CaseRow(case, standing(mine, held, clock, now, calendars(case.region))))
    return rows


def counts(session: Session) -> dict[CaseState, int]:
    """How many cases rest in each state that a window has to do with."""
    query = (
        select(Case.state, func.count())
        .where(Case.state.in_(list(WINDOW_CLOCKS)))
        .group_by(Case.state)
    )
    return {state: number for state, number in session.execute(query)}


#: Since when a case has been in a queue that others fill.
ARRIVED = {
    CaseState.SUBMITTED: Case.received_at,
    CaseState.IN_REVIEW: Case.accepted_at,
    CaseState.DECIDED: Case.decided_at,
}


def arrived(session: Session, state: CaseState, after: datetime) -> int:
    """How many cases have come into a queue since."""
    if state not in ARRIVED:
        return 0
    came = select(func.count()).where(Case.state == state, ARRIVED[state] > after)
    return session.scalar(came.select_from(Case)) or 0
