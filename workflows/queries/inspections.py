"""Who has inspected an enterprise, who is going to, and what each department did of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.models import Inspection, InspectionKind
from workflows.states import InspectionState

#: What came to nothing disturbs nobody.
STANDS = Inspection.state.not_in((InspectionState.REFUSED, InspectionState.CANCELLED))
#: So many rows on a page of the list, and of one enterprise.
SHOWN, OF_ONE = 20, 60


@dataclass(frozen=True)
class Visit:
    """Whom somebody wants to inspect, and when."""

    department: str
    enterprise_number: str
    from_on: date
    to_on: date
    joint: Collection[str] = ()


@dataclass(frozen=True)
class Listed:
    """One page of inspections, and how many there are."""

    rows: list[Inspection]
    total: int


@dataclass(frozen=True)
class DepartmentFigures:
    """The inspections of a department that begin in a period."""

    department: str
    filed: int
    done: int
    joint: int
    exempt: int
    alone: int
    problems: int


def of_the_year(session: Session, visit: Visit, counted: Collection[str]) -> list[Inspection]:
    """The inspections of the enterprise by the department in the year of the visit."""
    year = (date(visit.from_on.year, 1, 1), date(visit.from_on.year, 12, 31))
    query = select(Inspection).where(
        Inspection.enterprise_number == visit.enterprise_number,
        Inspection.department_code == visit.department,
        Inspection.from_on.between(*year),
        Inspection.kind.in_([InspectionKind(kind) for kind in counted]),
        STANDS,
    )
    return list(session.scalars(query.order_by(Inspection.from_on, Inspection.id)))


def about_the_time(session: Session, visit: Visit, days: int) -> list[Inspection]:
    """The inspections of other departments within so many days that do not come together."""
    span = timedelta(days=days)
    query = (
        select(Inspection)
        .where(
            Inspection.enterprise_number == visit.enterprise_number,
            Inspection.department_code != visit.department,
            Inspection.department_code.not_in(visit.joint),
            Inspection.from_on <= visit.to_on + span,
            Inspection.to_on >= visit.from_on - span,
            STANDS,
        )
        .options(joinedload(Inspection.department, innerjoin=True))
        .order_by(Inspection.from_on, Inspection.id)
    )
    return [row for row in session.scalars(query) if visit.department not in row.joint]


def of_enterprise(session: Session, enterprise_number: str) -> list[Inspection]:
    """Everybody who came to an enterprise, or is going to, the latest first."""
    query = (
        select(Inspection)
        .where(Inspection.enterprise_number == enterprise_number)
        .options(joinedload(Inspection.department, innerjoin=True))
        .order_by(Inspection.from_on.desc(), Inspection.id.desc())
    )
    return list(session.scalars(query.limit(OF_ONE)))


def listed(
    session: Session, wanted: dict[str, str], page: int, department: str | None = None
) -> Listed:
    """The inspections of a department, or of all, for which a filter holds; the latest first."""
    holds: list[ColumnElement[bool]] = []
    if department is not None:
        holds.append(Inspection.department_code == department)
    if wanted.get("department"):
        holds.append(Inspection.department_code == wanted["department"])
    if wanted.get("state"):
        holds.append(Inspection.state == InspectionState(wanted["state"]))
    if words := wanted.get("q"):
        name = Inspection.enterprise.contains(words, autoescape=True)
        holds.append(or_(name, Inspection.enterprise_number == words, Inspection.number == words))
    total = session.scalar(select(func.count()).select_from(Inspection).where(*holds)) or 0
    query = (
        select(Inspection)
        .where(*holds)
        .options(joinedload(Inspection.department, innerjoin=True))
        .order_by(Inspection.id.desc())
        .limit(SHOWN)
        .offset((page - 1) * SHOWN)
    )
    return Listed(list(session.scalars(query)), total)


def figures(session: Session, begins: date, ends: date) -> list[DepartmentFigures]:
    """What each department did of the inspections that begin in a period."""
    exempt = Inspection.kind.in_((InspectionKind.COMPLAINT, InspectionKind.SPECIAL))
    query = (
        select(
            Inspection.department_code,
            func.count(),
            _how_many(Inspection.state == InspectionState.DONE),
            _how_many(func.json_array_length(Inspection.joint) > 0),
            _how_many(exempt),
            _how_many(Inspection.alone_because != ""),
            _how_many(Inspection.problems.is_(True)),
        )
        .where(Inspection.from_on.between(begins, ends), STANDS)
        .group_by(Inspection.department_code)
        .order_by(Inspection.department_code)
    )
    return [DepartmentFigures(*row) for row in session.execute(query)]


def _how_many(holds: Any) -> ColumnElement[int]:
    return func.sum(case((holds, 1), else_=0))
