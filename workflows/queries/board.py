"""The board of limits (时限看板): numbers that lead to lists."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Case as Case_
from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from workflows.deadlines import Light
from workflows.models import Case, CaseItem, Deadline, DeadlinePause, Department
from workflows.models.deadline import Basis, Clock
from workflows.queries.calendars import Calendars
from workflows.queries.standing import Standing, standing
from workflows.states import CaseState


@dataclass(frozen=True)
class DepartmentRow:
    """The open items of a department by light."""

    department: Department
    lights: dict[Light, int]

    @property
    def late(self) -> int:
        return self.lights.get(Light.PURPLE, 0) + self.lights.get(Light.RED, 0)

    @property
    def open(self) -> int:
        return sum(self.lights.values())


@dataclass(frozen=True)
class NearRow:
    """An open item near or past its limit; of a whole case without one."""

    case: Case
    item: CaseItem | None
    standing: Standing | None


#: The open items, each on its promised clock.
OPEN = and_(
    Deadline.closed_at.is_(None), Deadline.clock == Clock.ITEM, Deadline.basis == Basis.PROMISED
)


#: The statutory clock beside it: an item without a statute has none.
STATUTE = aliased(Deadline)
BESIDE = and_(
    STATUTE.item_id == Deadline.item_id,
    STATUTE.clock == Clock.ITEM,
    STATUTE.basis == Basis.STATUTORY,
    STATUTE.closed_at.is_(None),
)
#: A pause that runs now and ends by itself: whether it still does takes the calendar to tell.
CAPPED = and_(
    DeadlinePause.item_id == Deadline.item_id,
    DeadlinePause.ended_on.is_(None),
    DeadlinePause.cap_days.is_not(None),
)


def light_of(
    now: datetime, promised: Any = Deadline, statute: Any = STATUTE,
    applicants: ColumnElement[bool] | None = None,
) -> Case_[str]:  # fmt: skip
    """The light of an open item, or of a case, from its two clocks in SQL.

    ``applicants`` holds while the time is the applicant's.
    """
    due = func.coalesce(promised.due_at, statute.due_at)
    return case(
        (statute.due_at < now, Light.PURPLE.value),
        (promised.due_at < now, Light.RED.value),
        (false() if applicants is None else applicants, Light.BLUE.value),
        (due.is_(None), Light.GREY.value),
        (func.coalesce(promised.yellow_at, statute.yellow_at) <= now, Light.YELLOW.value),
        else_=Light.GREEN.value,
    )


def departments(session: Session, now: datetime, calendars: Calendars) -> list[DepartmentRow]:
    """Departments with open items, the most overdue first."""
    shade = light_of(now).label("light")
    query = (
        select(CaseItem.department_code, shade, func.count())
        .select_from(Deadline)
        .join(CaseItem, CaseItem.id == Deadline.item_id)
        .outerjoin(STATUTE, BESIDE)
        .where(OPEN, ~exists().where(CAPPED))
        .group_by(CaseItem.department_code, shade)
    )
    found: dict[str, Counter[Light]] = {}
    for code, light, number in session.execute(query):
        found.setdefault(code, Counter())[Light(light)] += number
    for row in _paused(session, now, calendars):
        assert row.standing is not None and row.item is not None, "the clock of an item runs"
        found.setdefault(row.item.department_code, Counter())[row.standing.light] += 1
    names = session.scalars(select(Department).where(Department.code.in_(found)))
    rows = [DepartmentRow(department, dict(found[department.code])) for department in names]
    return sorted(rows, key=lambda row: (-row.late, -row.open, row.department.code))


def _paused(session: Session, now: datetime, calendars: Calendars) -> list[NearRow]:
    """The open items in a pause with a cap; there are never many."""
    query = (
        select(Case, CaseItem)
        .join(CaseItem, CaseItem.case_id == Case.id)
        .join(Deadline, and_(Deadline.item_id == CaseItem.id, OPEN))
        .where(CaseItem.id.in_(_held(DeadlinePause.item_id)))
    )
    return near(session, query, now, calendars)


def _held(column: InstrumentedAttribute[Any]) -> Select[Any]:
    """The items, or the cases, in a pause that runs now and ends by itself."""
    running = (DeadlinePause.ended_on.is_(None), DeadlinePause.cap_days.is_not(None))
    return select(column).where(*running)


def paused(
    session: Session, now: datetime, calendars: Calendars, of_items: bool
) -> dict[int, Light]:
    """The lamps of items (or of cases) in a pause that ends by itself, by their keys."""
    if of_items:
        rows = _paused(session, now, calendars)
        return {row.item.id: row.standing.light for row in rows if row.item and row.standing}
    whole = DeadlinePause.item_id.is_(None)
    query = select(Case).where(Case.id.in_(_held(DeadlinePause.case_id).where(whole)))
    found = {}
    for subject in session.scalars(query):
        clocks = [row for row in subject.deadlines if row.item_id is None]
        calendar = calendars(subject.region)
        if stands := standing(clocks, subject.pauses, Clock.CASE, now, calendar):
            found[subject.id] = stands.light
    return found


def nearest(
    session: Session, now: datetime, calendars: Calendars, limit: int = 20
) -> list[NearRow]:
    """The open items that are due first."""
    query = (
        select(Case, CaseItem)
        .join(CaseItem, CaseItem.case_id == Case.id)
        .join(Deadline, and_(Deadline.item_id == CaseItem.id, OPEN))
        .where(Deadline.due_at.is_not(None))
        .order_by(Deadline.due_at, Deadline.id)
        .limit(limit)
    )
    return near(session, query, now, calendars)


def near(
    session: Session, query: Select[Case, CaseItem], now: datetime, calendars: Calendars
) -> list[NearRow]:
    """Items with how they stand."""
    rows = []
    for subject, item in session.execute(query):
        calendar = calendars(subject.region)
        stands = standing(item.deadlines, subject.pauses, Clock.ITEM, now, calendar)
        rows.append(NearRow(subject, item, stands))
    return rows


def case_counts(session: Session) -> dict[CaseState, int]:
    """How many cases are under way, by state."""
    going = [CaseState.SUBMITTED, CaseState.SUPPLEMENTING, CaseState.DECLINING,
             CaseState.IN_REVIEW, CaseState.SUSPENDED, CaseState.DECIDED]  # fmt: skip
    query = select(Case.state, func.count()).where(Case.state.in_(going)).group_by(Case.state)
    return {state: number for state, number in session.execute(query)}
