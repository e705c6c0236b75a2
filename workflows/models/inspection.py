"""An inspection of an enterprise (涉企检查): filed and approved before anybody goes there."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Word
from workflows.models.organisation import Department
from workflows.models.subject import Subject, after
from workflows.states import InspectionState


class InspectionKind(StrEnum):
    """Why somebody goes there."""

    PLANNED = "planned"  # of the year's plan
    RANDOM = "random"  # 双随机: enterprise and inspectors drawn by lot
    COMPLAINT = "complaint"  # somebody complained or gave a lead
    SPECIAL = "special"  # a special action, with a danger as its reason


class Inspection(Subject, Base):
    __tablename__ = "inspections"
    __table_args__ = (
        Index("ix_inspections_enterprise_number", "enterprise_number", "from_on"),
        Index("ix_inspections_department_code", "department_code", "id"),
        Index("ix_inspections_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: By year: 检〔2026〕12号.
    number: Mapped[str] = mapped_column(unique=True)
    #: Of the form it was filed with: sent twice, it is one inspection.
    token: Mapped[str] = mapped_column(unique=True)
    state: Mapped[InspectionState] = mapped_column(Word(InspectionState))
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    enterprise: Mapped[str]
    enterprise_number: Mapped[str]
    kind: Mapped[InspectionKind] = mapped_column(Word(InspectionKind))
    matter: Mapped[str]
    basis: Mapped[str]
    #: The days on which they may come, both included.
    from_on: Mapped[date]
    to_on: Mapped[date]
    #: Codes of the departments that come along (综合查一次).
    joint: Mapped[list[Any]]
    #: Why they do not come together with those who come about the same time.
    alone_because: Mapped[str] = mapped_column(Text, default="")
    filed_by: Mapped[str]
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    filed_at: Mapped[datetime]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    #: Why it was not approved, or was called off.
    reason: Mapped[str] = mapped_column(Text, default="")
    done_on: Mapped[date | None]
    #: Names of those who were there, with the numbers of their 执法证.
    inspectors: Mapped[list[Any]]
    problems: Mapped[bool | None]
    result: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]

    department: Mapped[Department] = relationship()

    @property
    def key(self) -> str:
        """How history names it."""
        return f"inspection:{self.number}"

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        number = after("inspection:", key)
        return None if number is None else cls.number == number
