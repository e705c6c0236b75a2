"""The rows behind the numbers of the board: open items, tasks of a post, cases of an age."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from workflows.clock import office_day
from workflows.deadlines import Light
from workflows.models import Case, CaseItem, Deadline, Task
from workflows.models.deadline import Clock
from workflows.queries.board import BESIDE, CAPPED, OPEN, STATUTE, NearRow, light_of, near, paused
from workflows.queries.calendars import Calendars
from workflows.queries.dashboard import UNDER_WAY, age, days_of
from workflows.queries.standing import standing


def lit(
    session: Session, now: datetime, calendars: Calendars, light: Light | None, department: str
) -> list[NearRow]:
    """The open items with this light, of one department or of all."""
    held = paused(session, now, calendars, True)
    mine = [key for key, shown in held.items() if light in (None, shown)]
    query = _items().outerjoin(STATUTE, BESIDE)
    shines = and_(~exists().where(CAPPED), light_of(now) == light.value) if light else None
    if shines is not None:
        query = query.where(shines | CaseItem.id.in_(mine))
    if department:
        query = query.where(CaseItem.department_code == department)
    return near(session, query, now, calendars)


def turning(
    session: Session, now: datetime, calendars: Calendars, days: tuple[date, date], light: Light
) -> list[NearRow]:
    """The open items that turn yellow in these days, or whose last day is among them."""
    column = Deadline.yellow_at if light is Light.YELLOW else Deadline.due_at
    begins, ends = days_of(*days, now)
    after = column > now if begins == now else column >= begins
    return near(session, _items().where(after, column < ends), now, calendars)


def of_post(
    session: Session, now: datetime, calendars: Calendars, post: tuple[str, str], late: bool
) -> list[NearRow]:
    """The items of the open tasks of a post, one row a task; only the late ones, or all."""
    department, duty = post
    query = (
        select(Case, CaseItem)
        .join(CaseItem, CaseItem.case_id == Case.id)
        .join(Task, Task.item_id == CaseItem.id)
        .where(Task.closed_at.is_(None), Task.department_code == department, Task.duty == duty)
        .order_by(Task.opened_at, Task.id)
    )
    if late:
        query = query.join(Deadline, and_(Deadline.item_id == CaseItem.id, OPEN))
        query = query.where(Deadline.due_at < now)
    return near(session, query, now, calendars)


def aged(session: Session, now: datetime, calendars: Calendars, which: int) -> list[NearRow]:
    """The cases under way that are so old, with their joint clock."""
    today = office_day(now)
    query = select(Case).where(UNDER_WAY).order_by(Case.accepted_at, Case.id)
    return [
        NearRow(case, None, standing(_joint(case), case.pauses, Clock.CASE, now, calendar))
        for case in session.scalars(query)
        if case.accepted_at and (calendar := calendars(case.region))
        if age(office_day(case.accepted_at), today, calendar) == which
    ]


def _joint(case: Case) -> Sequence[Deadline]:
    return [row for row in case.deadlines if row.item_id is None]


def _items() -> Any:
    return (
        select(Case, CaseItem)
        .join(CaseItem, CaseItem.case_id == Case.id)
        .join(Deadline, and_(Deadline.item_id == CaseItem.id, OPEN))
        .order_by(Deadline.due_at.is_(None), Deadline.due_at, Deadline.id)
    )
