"""A joint site visit (联合踏勘) or a joint meeting (联合会审) of the departments of a case.

Everybody comes once and together; each says for itself what it has found.  Nothing here decides
an item: what a department concluded is a fact for whoever decides.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Word, where
from workflows.models.consultation import Answer
from workflows.models.deadline import Deadline


class MeetingKind(StrEnum):
    """Where they meet: at the applicant's premises, or around a table."""

    VISIT = "visit"
    MEETING = "meeting"


class Meeting(Base):
    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    #: Runs from the time of the meeting; when it is over, who was silent was absent.
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"), index=True)
    kind: Mapped[MeetingKind] = mapped_column(Word(MeetingKind))
    number: Mapped[str]
    at: Mapped[datetime]
    place: Mapped[str]
    topic: Mapped[str] = mapped_column(Text)
    #: The department that leads it.
    leader_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    called_by: Mapped[str]
    minutes: Mapped[str] = mapped_column(Text, default="")
    concluded_at: Mapped[datetime | None]
    concluded_by: Mapped[str | None]

    @property
    def cancelled(self) -> bool:
        """It will not take place: it was ended, and there is nothing to write down."""
        return self.concluded_at is not None and not self.minutes

    deadline: Mapped[Deadline] = relationship()
    attendances: Mapped[list["Attendance"]] = relationship(
        back_populates="meeting", order_by="Attendance.id"
    )


class Attendance(Base):
    """One department's part in a meeting, for one of its items or for none."""

    __tablename__ = "attendances"
    __table_args__ = (
        Index("ix_attendances_awaited", "department_code", "id", **where("closed_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("case_items.id"), index=True)
    attends: Mapped[bool | None]
    conclusion: Mapped[Answer | None] = mapped_column(Word(Answer))
    finding: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str | None]
    acting_for: Mapped[str | None]
    #: Since when nothing more is expected: it concluded, was absent, or is not needed.
    closed_at: Mapped[datetime | None]

    @property
    def released(self) -> bool:
        """Nothing is expected any more, though nobody was absent: it was not needed."""
        return self.closed_at is not None and self.attends is not False and not self.conclusion

    meeting: Mapped[Meeting] = relationship(back_populates="attendances")
