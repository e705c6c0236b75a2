"""The board of limits (时限看板): numbers that lead to lists."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Case as Case_
from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from workflows.deadlines import Light
from workflows.models import Case, CaseItem, Deadline, Department, Post
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
    def open(self) -> int:
        return sum(self.lights.values())


@dataclass(frozen=True)
class NearRow:
    """An open item near or past its limit."""

    case: Case
    item: CaseItem
    standing: Standing | None


#: The open items, each on its promised clock; those without a statute have no purple.
OPEN = and_(
    Deadline.closed_at.is_(None), Deadline.clock == Clock.ITEM, Deadline.basis == Basis.PROMISED
)


def _light(now: datetime) -> Case_[str]:
    """The light of a promised clock in SQL; a broken statute is laid over it afterwards."""
    return case(
        (Deadline.due_at.is_(None), Light.GREY.value),
        (Deadline.due_at < now, Light.RED.value),
        (Deadline.yellow_at <= now, Light.YELLOW.value),
        else_=Light.GREEN.value,
    )


def departments(session: Session, now: datetime) -> list[DepartmentRow]:
    """Departments with open items, the most overdue first."""
    shade = _light(now).label("light")
    query = (
        select(CaseItem.department_code, shade, func.count())
        .join(CaseItem, CaseItem.id == Deadline.item_id)
        .where(OPEN)
        .group_by(CaseItem.department_code, shade)
    )
    found: dict[str, dict[Light, int]] = {}
    for code, light, number in session.execute(query):
        found.setdefault(code, {})[Light(light)] = number
    names = session.scalars(select(Department).where(Department.code.in_(found)))
    rows = [DepartmentRow(department, found[department.code]) for department in names]
    return sorted(rows, key=lambda row: (-row.lights.get(Light.RED, 0), -row.open))


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
    rows = []
    for subject, item in session.execute(query):
        calendar = calendars(subject.region)
        stands = standing(item.deadlines, subject.pauses, Clock.ITEM, now, calendar)
        rows.append(NearRow(subject, item, stands))
    return rows


def case_counts(session: Session) -> dict[CaseState, int]:
    """How many cases are under way, by state."""
    going = [CaseState.SUBMITTED, CaseState.SUPPLEMENTING, CaseState.DECLINING,
             CaseState.IN_REVIEW, CaseState.DECIDED]  # fmt: skip
    query = select(Case.state, func.count()).where(Case.state.in_(going)).group_by(Case.state)
    return {state: number for state, number in session.execute(query)}


def posts(session: Session) -> list[Post]:
    """Every post, to see where nobody is at hand."""
    return list(session.scalars(select(Post)))
