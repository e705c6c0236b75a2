"""Drafts (暂存): what a person has written into the form of a task and not sent yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.models import Draft, Task


def draft_of(session: Session, person_id: int, task_id: int) -> Draft | None:
    """What a person has written so far."""
    query = select(Draft).where(Draft.task_id == task_id, Draft.person_id == person_id)
    return session.scalar(query)


def save_draft(
    session: Session, person_id: int, task_id: int, data: Mapping[str, Any], now: datetime
) -> bool:
    """Keep what a person has written; False when the task is closed: it came too late.

    An empty form is no draft.
    """
    task = session.scalar(select(Task).where(Task.id == task_id).with_for_update())
    if task is None or task.closed_at is not None:
        return False
    draft = draft_of(session, person_id, task_id)
    if not any(data.values()):
        session.execute(delete(Draft).where(Draft.task_id == task_id, Draft.person_id == person_id))
    elif draft is None:
        session.add(Draft(task_id=task_id, person_id=person_id, data=dict(data), saved_at=now))
    else:
        draft.data, draft.saved_at = dict(data), now
    session.flush()
    return True


def drop_drafts(session: Session, task_id: int) -> None:
    """Forget what anyone has written into a task that was done meanwhile."""
    session.execute(delete(Draft).where(Draft.task_id == task_id))


def drop_stale(session: Session) -> int:
    """Forget the drafts of all closed tasks; returns how many there were."""
    closed = select(Task.id).where(Task.id == Draft.task_id, Task.closed_at.is_not(None)).exists()
    stale = list(session.scalars(select(Draft.id).where(closed)))
    session.execute(delete(Draft).where(Draft.id.in_(stale)))
    return len(stale)
