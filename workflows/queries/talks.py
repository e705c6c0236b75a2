"""What departments owe each other: questions to answer, meetings to attend, requests to decide."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, or_, select, tuple_
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from workflows.models import (
    Attendance,
    Case,
    CaseItem,
    ClockRequest,
    Consultation,
    Deadline,
    Meeting,
)
from workflows.models.consultation import ANSWERS
from workflows.permissions import Role
from workflows.queries.worklist import Mine, Posts
from workflows.states import DECIDED_ITEMS, FINAL_CASES, CaseState

#: How many of each kind are shown on a desk.
MOST = 20


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person besides their tasks: what, until when, in which case."""

    what: Consultation | Attendance | ClockRequest
    case: Case
    item: CaseItem | None
    due_at: datetime | None


def waiting_for(session: Session, whose: Mine, roles: frozenset[Role]) -> list[Waiting]:
    """What waits for a person's word, the nearest due first."""
    answering = [code for code, duty in whose.posts if duty == ANSWERS]
    found: list[Waiting] = []
    if answering:
        for query in (QUESTIONS, SEATS):
            asked = session.execute(query, {"departments": answering})
            found += [Waiting(*row) for row in asked]
    if whose.posts or whose.stands_in or Role.GOVERNMENT in roles:
        found += _requests(session, whose, Role.GOVERNMENT in roles)
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at, one.case.id))


#: Said once: these are asked for on every desk.
DEPARTMENTS: BindParameter[str] = bindparam("departments", expanding=True)
QUESTIONS = (
    select(Consultation, Case, CaseItem, Deadline.due_at)
    .join(Deadline, Deadline.id == Consultation.deadline_id)
    .join(Case, Case.id == Consultation.case_id)
    .join(CaseItem, CaseItem.id == Consultation.item_id)
    .where(
        Consultation.department_code.in_(DEPARTMENTS),
        Consultation.answer.is_(None),
        Deadline.closed_at.is_(None),
    )
    .order_by(Consultation.id)
    .limit(MOST)
)
SEATS = (
    select(Attendance, Case, CaseItem, Deadline.due_at)
    .join(Meeting, Meeting.id == Attendance.meeting_id)
    .join(Deadline, Deadline.id == Meeting.deadline_id)
    .join(Case, Case.id == Meeting.case_id)
    .outerjoin(CaseItem, CaseItem.id == Attendance.item_id)
    .where(
        Attendance.department_code.in_(DEPARTMENTS),
        Attendance.closed_at.is_(None),
        Deadline.closed_at.is_(None),
        Case.state.not_in(FINAL_CASES),
    )
    .options(joinedload(Attendance.meeting))
    .order_by(Attendance.id)
    .limit(MOST)
)


def _requests(session: Session, whose: Mine, government: bool) -> list[Waiting]:
    query = _undecided().where(or_(*_falling_to(whose, government))).limit(MOST)
    return [Waiting(row, case, item, None) for row, case, item in session.execute(query)]


def _undecided() -> Select[ClockRequest, Case, CaseItem]:
    """Requests that can still be granted or refused."""
    return (
        select(ClockRequest, Case, CaseItem)
        .join(Case, Case.id == ClockRequest.case_id)
        .outerjoin(CaseItem, CaseItem.id == ClockRequest.item_id)
        .where(
            ClockRequest.decided_at.is_(None),
            Case.state == CaseState.IN_REVIEW,
            or_(ClockRequest.item_id.is_(None), CaseItem.state.not_in(DECIDED_ITEMS)),
        )
        .order_by(ClockRequest.id)
    )


def _falling_to(whose: Mine, government: bool) -> list[ColumnElement[bool]]:
    """Which requests a person decides: never the own pause, which falls to the deputy."""
    post = tuple_(ClockRequest.department_code, ClockRequest.duty)
    asked = tuple_(ClockRequest.department_code, ClockRequest.duty, ClockRequest.asked_by_id)
    mine: list[ColumnElement[bool]] = []
    if whose.posts:
        mine.append(and_(post.in_(whose.posts), _not_by(whose.person_id)))
    if whose.stands_in:
        mine.append(asked.in_(whose.stands_in))
    if government:
        mine.append(ClockRequest.department_code.is_(None))
    return mine


def _not_by(person_id: int) -> ColumnElement[bool]:
    return or_(ClockRequest.asked_by_id.is_(None), ClockRequest.asked_by_id != person_id,
               ClockRequest.kind == "extension")  # fmt: skip


def requests_for(
    session: Session, case: Case, whose: Mine, roles: frozenset[Role]
) -> list[ClockRequest]:
    """The undecided requests of a case that this person decides."""
    falling = _falling_to(whose, Role.GOVERNMENT in roles)
    if not falling:
        return []
    query = _undecided().where(ClockRequest.case_id == case.id, or_(*falling))
    return [row for row, _case, _item in session.execute(query)]


def requests_of(session: Session, case: Case) -> list[ClockRequest]:
    """Everything that was asked to be done to the clocks of a case."""
    query = select(ClockRequest).where(ClockRequest.case_id == case.id)
    return list(session.scalars(query.order_by(ClockRequest.id)))


def consultations(session: Session, case: Case) -> list[Consultation]:
    """Every question asked about the items of a case, with its clock."""
    query = (
        select(Consultation)
        .join(Consultation.deadline)
        .where(Consultation.case_id == case.id)
        .options(contains_eager(Consultation.deadline))
    )
    return list(session.scalars(query.order_by(Consultation.id)))


def meetings(session: Session, case: Case) -> list[Meeting]:
    """Every joint visit and meeting of a case, with what each department said."""
    query = (
        select(Meeting)
        .where(Meeting.case_id == case.id)
        .options(joinedload(Meeting.deadline), selectinload(Meeting.attendances))
    )
    return list(session.scalars(query.order_by(Meeting.id)))


def answers_for(posts: Posts) -> set[str]:
    """The departments that a person with these posts answers for."""
    return {code for code, duty in posts if duty == ANSWERS}
