"""Cases by number, applicant, or state."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from workflows.models import Case
from workflows.queries.calendars import Calendars
from workflows.queries.worklist import PAGE, CaseRow, case_rows
from workflows.states import CaseState

#: More than anyone goes through; whoever looks for one of them says more about it.
MOST = 1000
#: So many digits and nothing else are the beginning of a number, and not a part of a name.
DIGITS = 6
#: Of a case number.
LENGTH = 21


def find_case(session: Session, number: str) -> Case | None:
    """The case of this number."""
    return session.scalar(select(Case).where(Case.number == number))


def find_by_code(session: Session, code: str) -> Case | None:
    """The case of this query code; None also when two cases have the same."""
    found = session.scalars(select(Case).where(Case.query_code == code).limit(2)).all()
    return found[0] if len(found) == 1 else None


def search(
    session: Session,
    words: str,
    state: CaseState | None,
    now: datetime,
    calendars: Calendars,
    page: int = 1,
) -> tuple[list[CaseRow], int]:
    """Cases whose number begins with, or whose applicant's name contains, these words.

    An applicant's own number is found as well.  Only the latest thousand are counted and shown.
    """
    query = select(Case.id)
    if words:
        query = query.where(or_(*_matching(words)))
    if state is not None:
        query = query.where(Case.state == state)
    found = session.scalars(query.order_by(Case.id.desc()).limit(MOST)).all()
    shown = select(Case).where(Case.id.in_(found[PAGE * (page - 1) : PAGE * page]))
    cases = session.scalars(shown.order_by(Case.id.desc()))
    return case_rows(session, list(cases), now, calendars), len(found)


def _matching(words: str) -> list[ColumnElement[bool]]:
    """What may match: a number, found by an index; or a name, for which all are gone through."""
    found = [Case.applicant_number == words]
    if words.isdecimal():
        found.append(Case.number.between(words, words.ljust(LENGTH, "9")))
    if not words.isdecimal() or len(words) < DIGITS:
        found.append(Case.applicant.contains(words, autoescape=True))
    return found
