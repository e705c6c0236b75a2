"""Drafts of intake (暂存): what a clerk has written and not sent yet; a crash takes none of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.models import Case, IntakeDraft, Person

#: What the page itself puts into its form: alone, it is no draft; nor is an answer of nothing.
NOT_WRITTEN = frozenset({"process", "token", "ticket"})
NOTHING = frozenset({"", "0"})


def draft_of(session: Session, person_id: int) -> IntakeDraft | None:
    """What a clerk has written so far, unless it was received meanwhile."""
    draft = session.get(IntakeDraft, person_id)
    return None if draft is None or _received(session, draft.data) else draft


def keep(
    session: Session, person_id: int, process: str, data: Mapping[str, list[str]], now: datetime
) -> bool:
    """Keep what a clerk has written, in place of what was kept before.

    False when there is nothing to keep: an empty form, or one that was received meanwhile.
    """
    mine = select(Person.id).where(Person.id == person_id)
    session.execute(mine.with_for_update(key_share=True))
    written = any(set(values) - NOTHING for key, values in data.items() if key not in NOT_WRITTEN)
    if not written or _received(session, data):
        discard(session, person_id)
        return False
    draft = session.get(IntakeDraft, person_id)
    if draft is None:
        session.add(IntakeDraft(person_id=person_id, process=process, data=dict(data), at=now))
    else:
        draft.process, draft.data, draft.at = process, dict(data), now
    session.flush()
    return True


def discard(session: Session, person_id: int) -> None:
    """Forget it: it was received, or is not wanted."""
    session.execute(delete(IntakeDraft).where(IntakeDraft.person_id == person_id))


def _received(session: Session, data: Mapping[str, Any]) -> bool:
    """Whether the form was sent and received already."""
    token = next(iter(data.get("token", ())), "")
    query = select(Case.id).where(Case.intake_token == token)
    return bool(token) and session.scalar(query) is not None
