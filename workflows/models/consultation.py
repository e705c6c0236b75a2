"""A question to another department about an item (征求意见), and what it answered.

Internal: the applicant is asked for nothing and the item's own clock runs on.  A question is open
while its clock runs; it is closed by an answer, by who asked it, and when its item is over.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Word, where
from workflows.models.deadline import Deadline

#: The post of a department that answers and attends; its deputy does while the holder is away.
ANSWERS = "handler"


class Answer(StrEnum):
    """The three lawful answers (同意、不同意并说明理由、同意但需转报); there is no fourth."""

    AGREE = "agree"
    DISAGREE = "disagree"
    REFER = "refer"


class Consultation(Base):
    __tablename__ = "consultations"
    __table_args__ = (
        Index("ix_consultations_asked", "department_code", "id", **where("answer IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("case_items.id"), index=True)
    #: The task from which it was asked.
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"), index=True)
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    number: Mapped[str]
    question: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str]
    answer: Mapped[Answer | None] = mapped_column(Word(Answer))
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    acting_for: Mapped[str | None]

    deadline: Mapped[Deadline] = relationship()

    @property
    def is_open(self) -> bool:
        return self.answer is None and self.deadline.closed_at is None
