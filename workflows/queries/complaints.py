"""Complaints (投诉): those to be handled, those of a case, and one by its number and code.

Nothing here tells who complains but `sealed`, which follows an act of its own.
"""

import hmac
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflows.errors import N_, WorkflowError
from workflows.models import Complainant, Complaint, FollowUpClock
from workflows.queries.ratings import SHOWN, clocks_of
from workflows.states import ComplaintState

T = ComplaintState
#: The steps that a department has to take, and those of the supervisors.
THEIRS = (T.SIGNING, T.INVESTIGATING, T.HANDLING)
OURS = (T.EXAMINING, T.WEIGHING, T.ANSWERING, T.CALLING_BACK)


class ComplaintRefused(WorkflowError):
    """Number and code do not belong together; which of them is wrong is not told."""

    sentence = N_("投诉编号或查询码不正确，请核对。")


@dataclass(frozen=True)
class Hearer:
    """Whose complaints a person may see: those handed to a department, or (None) all."""

    department: str | None = None

    def hears(self, complaint: Complaint) -> bool:
        """Whether this complaint is among them."""
        return self.department is None or complaint.department_code == self.department

    @property
    def condition(self) -> list[ColumnElement[bool]]:
        """The same, asked of the database."""
        mine = Complaint.department_code == self.department
        return [] if self.department is None else [mine]


@dataclass(frozen=True)
class Heard:
    """A page of complaints with their open clocks, and how many there are."""

    rows: list[tuple[Complaint, list[FollowUpClock]]]
    total: int


def heard(session: Session, hearer: Hearer, which: str, page: int = 1) -> Heard:
    """The complaints that wait for the supervisors, are open, or are over."""
    conditions = [*hearer.condition, *_of_list(which)]
    total = session.scalar(select(func.count()).select_from(Complaint).where(*conditions)) or 0
    order = Complaint.id.desc() if which == "closed" else Complaint.id
    query = select(Complaint).where(*conditions).order_by(order)
    rows = list(session.scalars(query.limit(SHOWN).offset(SHOWN * (page - 1))))
    running = clocks_of(session, [row.key for row in rows])
    return Heard([(row, running.get(row.key, [])) for row in rows], total)


def _of_list(which: str) -> list[ColumnElement[bool]]:
    is_open = Complaint.closed_at.is_(None)
    match which:
        case "closed":
            return [~is_open]
        case "ours":
            return [is_open, Complaint.state.in_(OURS)]
    return [is_open]


def waiting_for(session: Session, departments: list[str]) -> list[Complaint]:
    """The complaints that these departments have to go on with."""
    query = select(Complaint).where(
        Complaint.closed_at.is_(None),
        Complaint.department_code.in_(departments),
        Complaint.state.in_(THEIRS),
    )
    return list(session.scalars(query.order_by(Complaint.id))) if departments else []


def complaint_of(session: Session, number: str) -> Complaint | None:
    """The complaint with this number."""
    return session.scalar(select(Complaint).where(Complaint.number == number))


def complaints_of(session: Session, case_id: int) -> list[Complaint]:
    """What was complained of a case."""
    query = select(Complaint).where(Complaint.case_id == case_id).order_by(Complaint.id)
    return list(session.scalars(query))


def follow(session: Session, number: str, code: str) -> Complaint:
    """The complaint that belongs to number and code; raises ComplaintRefused."""
    found = complaint_of(session, number.strip().upper())
    given = code.strip().upper().encode()
    if found is None or not hmac.compare_digest(found.query_code.encode(), given):
        raise ComplaintRefused
    return found


def sealed(session: Session, complaint: Complaint) -> Complainant | None:
    """Who complains: only for the page of who has just performed `unseal_complainant`."""
    return session.get(Complainant, complaint.id)
