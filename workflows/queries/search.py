"""Cases by number, applicant, or state."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from workflows.models import Case
from workflows.queries.calendars import Calendars
from workflows.queries.worklist import PAGE, CaseRow, case_rows
from workflows.states import CaseState


def find_case(session: Session, number: str) -> Case | None:
    """The case of this number."""
    return session.scalar(select(Case).where(Case.number == number))


def search(
    session: Session,
    words: str,
    state: CaseState | None,
    now: datetime,
    calendars: Calendars,
    page: int = 1,
) -> tuple[list[CaseRow], int]:
    """Cases whose number or applicant begins with, or whose name contains, these words."""
    query = select(Case)
    if words:
        query = query.where(
            or_(
                Case.number.startswith(words, autoescape=True),
                Case.applicant_number == words,
                Case.applicant.contains(words, autoescape=True),
            )
        )
    if state is not None:
        query = query.where(Case.state == state)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    found = session.scalars(query.order_by(Case.id.desc()).limit(PAGE).offset(PAGE * (page - 1)))
    return case_rows(session, list(found), now, calendars), total
