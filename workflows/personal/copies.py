"""The read mark of a copy (已阅): only who was given the copy sets it."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflows.models import Copy


def mark_read(session: Session, person_id: int, copy_id: int, now: datetime) -> None:
    """Mark a copy of one's own as read; the first time counts, another's stays as it is."""
    mine = update(Copy).where(
        Copy.id == copy_id, Copy.person_id == person_id, Copy.read_at.is_(None)
    )
    session.execute(mine.values(read_at=now))
