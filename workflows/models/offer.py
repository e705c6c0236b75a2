"""A task that one person hands to another: for good (转办), or to have it back (委派)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Word, where
from workflows.models.organisation import Person


class OfferKind(StrEnum):
    FORWARD = "forward"
    DELEGATE = "delegate"


class TaskOffer(Base):
    """Waits until it is answered; ``accepted`` is false when it was refused or taken back."""

    __tablename__ = "task_offers"
    __table_args__ = (Index("ix_task_offers_open", "to_id", **where("answered_at IS NULL")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    kind: Mapped[OfferKind] = mapped_column(Word(OfferKind))
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
    #: Why it was refused, or the opinion with which it came back.
    answer: Mapped[str] = mapped_column(Text, default="")

    giver: Mapped[Person] = relationship(foreign_keys=from_id)
    taker: Mapped[Person] = relationship(foreign_keys=to_id)
