"""What concerns one person: a copy of a case, and what people keep for themselves.

A copy (抄送) is made by an action; its read mark, a followed case (关注) and a draft (暂存) change
nothing of the case and have no history.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, where


class Copy(Base):
    """A case of which a person was given a copy (抄送); once, however often it is copied."""

    __tablename__ = "copies"
    __table_args__ = (
        UniqueConstraint("case_id", "person_id"),
        Index("ix_copies_unread", "person_id", "id", **where("read_at IS NULL")),
        Index("ix_copies_read", "person_id", "id", **where("read_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    #: When the person said to have read it.
    read_at: Mapped[datetime | None]


class Follow(Base):
    """A case that a person follows (关注)."""

    __tablename__ = "follows"
    __table_args__ = (
        UniqueConstraint("case_id", "person_id"),
        Index("ix_follows_of", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]


class Draft(Base):
    """What a person has written into the form of a task and not sent yet (暂存)."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("task_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    data: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
