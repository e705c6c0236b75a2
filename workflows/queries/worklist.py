"""The desk (工作台): what there is to do, ordered by what is due first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from workflows.models import Case, CaseItem, Deadline, DeadlinePause, Notice, Task
from workflows.models.deadline import Basis, Clock
from workflows.queries.calendars import Calendars
from workflows.queries.standing import Standing, standing
from workflows.states import CaseState

PAGE = 20
Posts = list[tuple[str, str]]


@dataclass(frozen=True)
class Mine:
    """Whose tasks are shown: a person's own posts, and those where they stand in.

    ``stands_in`` are (department, duty, person): tasks that fall to me because that person did
    the step before them.
    """

    person_id: int
    posts: Posts
    stands_in: list[tuple[str, str, int]]


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
class TaskRow:
    """A task in a list."""

    task: Task
    item: CaseItem
    case: Case
    standing: Standing | None


@dataclass(frozen=True)
class CaseRow:
    """A case in a list."""

    case: Case
    standing: Standing | None


def open_tasks(
    session: Session, whose: Mine, now: datetime, calendars: Calendars, page: int = 1
) -> tuple[list[TaskRow], int]:
    """The open tasks that fall to a person, the nearest due first, and how many there are."""
    if not whose.posts and not whose.stands_in:
        return [], 0
    post = tuple_(Task.department_code, Task.duty)
    barred = tuple_(Task.department_code, Task.duty, Task.barred_id)
    not_barred = or_(Task.barred_id.is_(None), Task.barred_id != whose.person_id)
    falls_to_me = or_(and_(post.in_(whose.posts), not_barred), barred.in_(whose.stands_in))
    mine = and_(Task.closed_at.is_(None), falls_to_me)
    total = session.scalar(select(func.count()).select_from(Task).where(mine)) or 0
    due = and_(
        Deadline.item_id == Task.item_id,
        Deadline.clock.in_([Clock.ITEM, Clock.CHECK]),
        Deadline.basis == Basis.PROMISED,
        Deadline.closed_at.is_(None),
    )
    query = (
        _joined()
        .outerjoin(Deadline, due)
        .where(mine)
        .order_by(Deadline.due_at.is_(None), Deadline.due_at, Task.id)
    )
    return _task_rows(session, query, now, calendars, page), total


def done_tasks(
    session: Session, person_id: int, now: datetime, calendars: Calendars, page: int = 1
) -> list[TaskRow]:
    """What a person has done (已办), the latest first."""
    query = _joined().where(Task.closed_by_id == person_id).order_by(Task.closed_at.desc())
    return _task_rows(session, query, now, calendars, page)


def _joined() -> Select[Task, CaseItem, Case]:
    return (
        select(Task, CaseItem, Case)
        .join(CaseItem, CaseItem.id == Task.item_id)
        .join(Case, Case.id == Task.case_id)
    )


def _task_rows(
    session: Session,
    query: Select[Task, CaseItem, Case],
    now: datetime,
    calendars: Calendars,
    page: int,
) -> list[TaskRow]:
    found = session.execute(query.limit(PAGE).offset(PAGE * (page - 1))).all()
    clocks = _ledgers(session, Deadline.item_id.in_({item.id for _, item, _ in found}))
    pauses = _pauses(session, DeadlinePause.item_id.in_({item.id for _, item, _ in found}))
    rows = []
    for task, item, case in found:
        mine = [row for row in clocks if row.item_id == item.id]
        clock = Clock.CHECK if task.kind == "check" else Clock.ITEM
        rows.append(
            TaskRow(task, item, case, standing(mine, pauses, clock, now, calendars(case.region)))
        )
    return rows


def window_cases(
    session: Session, states: list[CaseState], now: datetime, calendars: Calendars, page: int = 1
) -> tuple[list[CaseRow], int]:
    """The cases in these states, the nearest due first, and how many there are."""
    here = Case.state.in_(states)
    total = session.scalar(select(func.count()).select_from(Case).where(here)) or 0
    due = or_(
        *(and_(Case.state == state, Deadline.clock == WINDOW_CLOCKS[state]) for state in states)
    )
    first = (
        select(func.min(Deadline.due_at))
        .where(Deadline.case_id == Case.id, Deadline.closed_at.is_(None), due)
        .scalar_subquery()
    )
    query = select(Case).where(here).order_by(first.is_(None), first, Case.id)
    cases = session.scalars(query.limit(PAGE).offset(PAGE * (page - 1))).all()
    return case_rows(session, list(cases), now, calendars), total


def case_rows(
    session: Session, cases: list[Case], now: datetime, calendars: Calendars
) -> list[CaseRow]:
    """Cases with their standing on the clock that matters in their state."""
    ids = {case.id for case in cases}
    clocks = _ledgers(session, and_(Deadline.case_id.in_(ids), Deadline.clock.in_(CASE_CLOCKS)))
    pauses = _pauses(session, DeadlinePause.case_id.in_(ids))
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


def notices(
    session: Session,
    posts: Posts,
    roles: list[str],
    person_id: int | None = None,
    limit: int = 10,
) -> list[Notice]:
    """What these posts, these roles and this person have been told lately.

    The latest are taken for each of them, and the latest of all: each is a step into an index.
    """
    told = [Notice.role == role for role in roles]
    told += [and_(Notice.department_code == code, Notice.duty == duty) for code, duty in posts]
    if person_id is not None:
        told.append(Notice.person_id == person_id)
    if not told:
        return []
    latest = [
        select(Notice.id).where(one, Notice.done_at.is_(None)).order_by(Notice.id.desc())
        .limit(limit).subquery()
        for one in told
    ]  # fmt: skip
    found = union_all(*(select(each.c.id) for each in latest))
    query = select(Notice).where(Notice.id.in_(found)).order_by(Notice.id.desc()).limit(limit)
    return list(session.scalars(query))


def _ledgers(session: Session, where: object) -> list[Deadline]:
    return list(session.scalars(select(Deadline).where(where)))  # type: ignore[arg-type]


def _pauses(session: Session, where: object) -> list[DeadlinePause]:
    return list(session.scalars(select(DeadlinePause).where(where)))  # type: ignore[arg-type]
