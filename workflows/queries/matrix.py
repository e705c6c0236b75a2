"""The parallel work of a case on one screen: department × lamp × person × limit × conclusion."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.calendar import WorkCalendar
from workflows.models import Case, CaseItem, Department, Task
from workflows.models.deadline import Clock
from workflows.queries.standing import Standing, standing
from workflows.states import GRANTED_ITEMS


@dataclass(frozen=True)
class MatrixRow:
    """One item of a case, and who is at it."""

    item: CaseItem
    department: Department
    standing: Standing | None
    task: Task | None
    last: Task | None

    @property
    def granted(self) -> bool:
        return self.item.state in GRANTED_ITEMS


def matrix(session: Session, case: Case, now: datetime, calendar: WorkCalendar) -> list[MatrixRow]:
    """Every item of the case with its department, its time, and its latest step."""
    codes = {item.department_code for item in case.items}
    query = select(Department).where(Department.code.in_(codes))
    departments = {department.code: department for department in session.scalars(query)}
    rows = []
    for item in case.items:
        tasks = [task for task in case.tasks if task.item_id == item.id]
        clocks = [row for row in case.deadlines if row.item_id == item.id]
        rows.append(
            MatrixRow(
                item=item,
                department=departments[item.department_code],
                standing=standing(clocks, case.pauses, Clock.ITEM, now, calendar),
                task=next((task for task in tasks if task.closed_at is None), None),
                last=next((task for task in reversed(tasks) if _counts(task)), None),
            )
        )
    return rows


def _counts(task: Task) -> bool:
    """Whether it was concluded, and not taken back since."""
    return bool(task.conclusion) and task.void_at is None


def case_standing(case: Case, now: datetime, calendar: WorkCalendar) -> Standing | None:
    """How the whole case stands with the joint limit."""
    clocks = [row for row in case.deadlines if row.item_id is None]
    return standing(clocks, case.pauses, Clock.CASE, now, calendar)
