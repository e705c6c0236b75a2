"""Around a case: its attachments, its conversation, who was given a copy, who follows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from workflows.models import Attachment, Case, Copy, Department, Follow, HistoryEvent, Post
from workflows.queries.calendars import Calendars
from workflows.queries.filters import PAGE
from workflows.queries.queues import CaseRow, case_rows
from workflows.queries.standing import Standing

#: More than anyone goes through: only the latest of a list are counted and shown.
MOST = 1000


@dataclass(frozen=True)
class CopyRow:
    """A copy in the list of who was given it."""

    copy: Copy
    case: Case
    standing: Standing | None


def attachments(session: Session, case_id: int) -> list[Attachment]:
    """The attachments of a case that nobody has taken away again, in order."""
    query = select(Attachment).where(Attachment.case_id == case_id, Attachment.removed_at.is_(None))
    return list(session.scalars(query.order_by(Attachment.id)))


def attached(session: Session) -> set[str]:
    """The contents that attachments refer to, also those that were taken away again."""
    return set(session.scalars(select(Attachment.sha256).distinct()))


def comments(session: Session, number: str) -> list[HistoryEvent]:
    """What was said about a case, in order."""
    query = select(HistoryEvent).where(
        HistoryEvent.subject == number, HistoryEvent.action == "comment"
    )
    return list(session.scalars(query.order_by(HistoryEvent.sequence)))


def last_reminder(session: Session, number: str) -> HistoryEvent | None:
    """When a case was last reminded of, and by whom."""
    query = select(HistoryEvent).where(
        HistoryEvent.subject == number, HistoryEvent.action == "remind"
    )
    return session.scalars(query.order_by(HistoryEvent.sequence.desc()).limit(1)).first()


def posts_around(session: Session, case: Case) -> list[tuple[Post, Department]]:
    """The posts of the departments that take part in a case."""
    codes = {item.department_code for item in case.items}
    query = (
        select(Post, Department)
        .join(Department, Department.code == Post.department_code)
        .where(Department.code.in_(codes))
        .order_by(Department.code, Post.id)
    )
    return [(post, department) for post, department in session.execute(query)]


def my_copy(session: Session, case_id: int, person_id: int) -> Copy | None:
    """The copy of a case that a person was given."""
    query = select(Copy).where(Copy.case_id == case_id, Copy.person_id == person_id)
    return session.scalar(query)


def is_followed(session: Session, case_id: int, person_id: int) -> bool:
    """Whether a person follows a case."""
    query = select(Follow.id).where(Follow.case_id == case_id, Follow.person_id == person_id)
    return session.scalar(query) is not None


def unread(session: Session, person_id: int) -> int:
    """How many copies a person has not read; not more than are ever shown."""
    latest = _copies(person_id, read=False).limit(MOST).subquery()
    return session.scalar(select(func.count()).select_from(latest)) or 0


def copies(
    session: Session, person_id: int, now: datetime, calendars: Calendars, page: int = 1
) -> tuple[list[CopyRow], int]:
    """What a person was given a copy of (抄送), what is unread first, and how many there are."""
    found = [*session.scalars(_copies(person_id, read=False).limit(MOST))]
    found += session.scalars(_copies(person_id, read=True).limit(MOST - len(found)))
    query = select(Copy).where(Copy.id.in_(_on(page, found)))
    shown = {copy.id: copy for copy in session.scalars(query)}
    cases = _cases(session, [copy.case_id for copy in shown.values()], now, calendars)
    rows = []
    for copy in (shown[one] for one in _on(page, found)):
        row = cases[copy.case_id]
        rows.append(CopyRow(copy, row.case, row.standing))
    return rows, len(found)


def followed(
    session: Session, person_id: int, now: datetime, calendars: Calendars, page: int = 1
) -> tuple[list[CaseRow], int]:
    """The cases a person follows (关注), the last one first, and how many there are."""
    query = select(Follow.case_id).where(Follow.person_id == person_id)
    return _listed(session, query.order_by(Follow.id.desc()), now, calendars, page)


def received(
    session: Session, person_id: int, now: datetime, calendars: Calendars, page: int = 1
) -> tuple[list[CaseRow], int]:
    """The cases a person has received at the window (我发起), the last one first."""
    query = select(Case.id).where(Case.received_by_id == person_id).order_by(Case.id.desc())
    return _listed(session, query, now, calendars, page)


def _listed(
    session: Session, ids: Select[Any], now: datetime, calendars: Calendars, page: int
) -> tuple[list[CaseRow], int]:
    found = list(session.scalars(ids.limit(MOST)))
    shown = _on(page, found)
    rows = _cases(session, shown, now, calendars)
    return [rows[one] for one in shown], len(found)


def _copies(person_id: int, read: bool) -> Select[Any]:
    mark = Copy.read_at.is_not(None) if read else Copy.read_at.is_(None)
    return select(Copy.id).where(Copy.person_id == person_id, mark).order_by(Copy.id.desc())


def _cases(
    session: Session, ids: list[int], now: datetime, calendars: Calendars
) -> dict[int, CaseRow]:
    cases = list(session.scalars(select(Case).where(Case.id.in_(ids))))
    return {row.case.id: row for row in case_rows(session, cases, now, calendars)}


def _on(page: int, found: list[int]) -> list[int]:
    return found[PAGE * (page - 1) : PAGE * page]
