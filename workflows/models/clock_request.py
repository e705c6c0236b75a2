"""What someone asks to be done to a clock (申请停表、申请延期), until a superior has decided it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, Word, where


class RequestKind(StrEnum):
    """What is asked for: a pause (行政许可法 §45), or a longer limit (§42)."""

    PAUSE = "pause"
    EXTENSION = "extension"


class ClockRequest(Base):
    """It waits for a post of the item's department; for the joint limit, for the government."""

    __tablename__ = "clock_requests"
    __table_args__ = (
        Index("ix_clock_requests_open", "department_code", "duty", **where("decided_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("case_items.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(Word(RequestKind))
    procedure: Mapped[str | None]
    days: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    department_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))
    duty: Mapped[str | None]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
