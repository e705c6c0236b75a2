"""What the complaints of a period come to: by department that handled them, and by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from workflows.models import Complaint, Department, Finding, Way
from workflows.states import ComplaintState

PROVEN = (Finding.PROVEN, Finding.PARTLY)


@dataclass
class Heard:
    """The complaints registered in a period: of one department, of one kind, or all."""

    key: str
    name: Any = None
    registered: int = 0
    declined: int = 0
    accepted: int = 0
    #: Of those accepted: handled by the supervisors themselves, over, over with a second round.
    own: int = 0
    settled: int = 0
    again: int = 0
    found: int = 0
    proven: int = 0
    asked: int = 0
    satisfied: int = 0

    def add(self, counted: Sequence[int]) -> None:
        """Add what was counted of one department and kind."""
        for name, number in zip(COUNTED, counted, strict=True):
            setattr(self, name, getattr(self, name) + number)


#: What is counted → of which complaints.
COUNTED = {
    "registered": Complaint.id.is_not(None),
    "declined": Complaint.state == ComplaintState.NOT_ACCEPTED,
    "accepted": Complaint.way.is_not(None),
    "own": Complaint.way == Way.OWN,
    "settled": Complaint.state == ComplaintState.SETTLED,
    "again": Complaint.round > 1,
    "found": and_(Complaint.state == ComplaintState.SETTLED, Complaint.finding.is_not(None)),
    "proven": and_(Complaint.state == ComplaintState.SETTLED, Complaint.finding.in_(PROVEN)),
    "asked": Complaint.satisfied.is_not(None),
    "satisfied": Complaint.satisfied.is_(True),
}


@dataclass(frozen=True)
class Report:
    """Everything, by department and by kind."""

    everything: Heard
    departments: list[Heard]
    categories: list[Heard]


def report(session: Session, begins: datetime, ends: datetime) -> Report:
    """Count the complaints registered from one instant up to another."""
    everything = Heard("all")
    departments: dict[str, Heard] = {}
    categories: dict[str, Heard] = {}
    keys = (Complaint.department_code, Complaint.category)
    query = (
        select(*keys, *(func.count().filter(which) for which in COUNTED.values()))
        .where(Complaint.registered_at >= begins, Complaint.registered_at < ends)
        .group_by(*keys)
    )
    for department, category, *counted in session.execute(query):
        everything.add(counted)
        categories.setdefault(category, Heard(category)).add(counted)
        if department is not None:
            departments.setdefault(department, Heard(department)).add(counted)
    for row in session.scalars(select(Department).where(Department.code.in_(departments))):
        departments[row.code].name = row
    by_number = sorted(departments.values(), key=lambda one: (-one.registered, one.key))
    return Report(everything, by_number, [categories[key] for key in sorted(categories)])
