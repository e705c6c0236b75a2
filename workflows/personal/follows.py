"""Following a case (关注)."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.models import Case, Follow


def follow(session: Session, person_id: int, number: str, now: datetime) -> bool:
    """Follow the case of this number; False when there is none.  Twice is once."""
    case_id = session.scalar(select(Case.id).where(Case.number == number).with_for_update())
    if case_id is None:
        return False
    known = select(Follow.id).where(Follow.person_id == person_id, Follow.case_id == case_id)
    if session.scalar(known) is None:
        session.add(Follow(person_id=person_id, case_id=case_id, at=now))
        session.flush()
    return True


def unfollow(session: Session, person_id: int, number: str) -> bool:
    """Follow it no more; False when there is no such case."""
    case_id = session.scalar(select(Case.id).where(Case.number == number))
    if case_id is None:
        return False
    mine = delete(Follow).where(Follow.person_id == person_id, Follow.case_id == case_id)
    session.execute(mine)
    return True
