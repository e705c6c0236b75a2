"""The history: one row an action, added and never changed, each sealed with the one before.

The table refuses UPDATE and DELETE by a trigger (see the first migration).
Every subject (a case, a version of a process) has a chain of its own.  The hash of a row covers
its content and the hash of the row before; the subject carries the length and the last hash, so
that missing newest rows show as well.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base


class HistoryEvent(Base):
    __tablename__ = "history"
    __table_args__ = (
        UniqueConstraint("subject", "sequence"),
        Index("ix_history_action_at", "action", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    sequence: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str]
    acting_for: Mapped[str | None]
    action: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    details: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]

    def sealed(self) -> str:
        """The hash of this row's content and of the row before."""
        content = [
            self.subject,
            self.sequence,
            self.at.astimezone(UTC).isoformat(),
            self.actor,
            self.acting_for,
            self.action,
            self.from_state,
            self.to_state,
            self.details,
            self.previous_hash,
        ]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
