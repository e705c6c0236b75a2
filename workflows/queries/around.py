"""Around a case: its attachments, its conversation, who was given a copy, who follows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from workflows.models import Attachment, Case, Copy, Department, Follow, HistoryEvent, Post
from workflows.queries.calendars import Calendars
from workflows.queries.filters import EVERYTHING, FIRST, Part, of_cases, of_words
from workflows.queries.queues import CaseRow, case_rows

#: More than anyone goes through: only the latest of a list are counted and shown.
MOST = 1000


@dataclass(frozen=True)
class CopyRow(CaseRow):
    """A case in the list of who was given a copy of it."""

    copy: Copy


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
    session: Session, person_id: int, now: datetime, calendars: Calendars, part: Part = FIRST
) -> tuple[list[CopyRow], int]:
    """What a person was given a copy of (抄送), what is unread first, and how many there are."""
    found = [*session.execute(_copies(person_id, read=False).limit(MOST))]
    found += session.execute(_copies(person_id, read=True).limit(MOST - len(found)))
    by_case = {row.case_id: row.id for row in found}
    rows, total = _listed(session, list(by_case), now, calendars, part)
    query = select(Copy).where(Copy.id.in_([by_case[row.case.id] for row in rows]))
    shown = {copy.case_id: copy for copy in session.scalars(query)}
    return [CopyRow(row.case, row.standing, shown[row.case.id]) for row in rows], total


def followed(
    session: Session, person_id: int, now: datetime, calendars: Calendars, part: Part = FIRST
) -> tuple[list[CaseRow], int]:
    """The cases a person follows (关注), the last one first, and how many there are."""
    query = select(Follow.case_id).where(Follow.person_id == person_id)
    ids = session.scalars(query.order_by(Follow.id.desc()).limit(MOST))
    return _listed(session, list(ids), now, calendars, part)


def received(
    session: Session, person_id: int, now: datetime, calendars: Calendars, part: Part = FIRST
) -> tuple[list[CaseRow], int]:
    """The cases a person has received at the window (我发起), the last one first."""
    query = select(Case.id).where(Case.received_by_id == person_id).order_by(Case.id.desc())
    return _listed(session, list(session.scalars(query.limit(MOST))), now, calendars, part)


def _listed(
    session: Session, ids: list[int], now: datetime, calendars: Calendars, part: Part
) -> tuple[list[CaseRow], int]:
    """One page of these cases, in this order, narrowed; and how many are left of them."""
    if ids and part.wanted != EVERYTHING:
        words = [of_words(part.wanted.words)] if part.wanted.words else []
        left = select(Case.id).where(Case.id.in_(ids), *words, *of_cases(part.wanted))
        holding = set(session.scalars(left))
        ids = [one for one in ids if one in holding]
    shown = ids[part.start : part.start + part.size]
    cases = list(session.scalars(select(Case).where(Case.id.in_(shown)))) if shown else []
    rows = {row.case.id: row for row in case_rows(session, cases, now, calendars)}
    return [rows[one] for one in shown], len(ids)


def _copies(person_id: int, read: bool) -> Select[int, int]:
    mark = Copy.read_at.is_not(None) if read else Copy.read_at.is_(None)
    query = select(Copy.id, Copy.case_id).where(Copy.person_id == person_id, mark)
    return query.order_by(Copy.id.desc())
