"""A case (办件): one application, received once at one window, for all departments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import EXACT, Base, Word, where
from workflows.models.deadline import Deadline, DeadlinePause
from workflows.models.material import MaterialVersion
from workflows.models.process import ProcessInstance, ProcessVersion
from workflows.models.subject import Subject
from workflows.models.task import Task
from workflows.states import DECIDED_ITEMS, CaseState, ItemState


class CaseItem(Base):
    """An item (事项) within a case: one department, one legal decision."""

    __tablename__ = "case_items"
    __table_args__ = (
        UniqueConstraint("case_id", "code"),
        Index("ix_case_items_code", "code", "case_id"),
        Index("ix_case_items_department_code", "department_code", "case_id"),
        Index(
            "ix_case_items_document_number", "document_number", "case_id",
            **where("document_number IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    code: Mapped[str]
    name: Mapped[str]
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    commitment: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ItemState] = mapped_column(Word(ItemState))
    started_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    document_number: Mapped[str | None] = mapped_column(EXACT)

    deadlines: Mapped[list[Deadline]] = relationship(order_by=Deadline.id, viewonly=True)
    pauses: Mapped[list[DeadlinePause]] = relationship(order_by=DeadlinePause.id, viewonly=True)

    @property
    def decided(self) -> bool:
        return self.state in DECIDED_ITEMS


class CaseMaterial(Base):
    """A document of the case; handed in once, whichever items need it.

    When it was handed in, and how long it is valid, is that of its latest version.  One that was
    accepted for later (容缺) was promised for a day, with a clock and a numbered document.
    """

    __tablename__ = "case_materials"
    __table_args__ = (UniqueConstraint("case_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    code: Mapped[str]
    name: Mapped[str]
    required: Mapped[bool]
    deferrable: Mapped[bool]
    fetched: Mapped[bool]
    items: Mapped[list[Any]]
    received_at: Mapped[datetime | None]
    deferred: Mapped[bool] = mapped_column(default=False)
    fault: Mapped[str] = mapped_column(Text, default="")
    #: The number of its latest version; 0 while it was never handed in.
    version: Mapped[int] = mapped_column(default=0)
    valid_until: Mapped[date | None]
    promised_on: Mapped[date | None]
    promise_number: Mapped[str | None]
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadlines.id"))

    versions: Mapped[list[MaterialVersion]] = relationship(order_by=MaterialVersion.number)

    @property
    def owed(self) -> bool:
        """Promised for later, and not handed in yet."""
        return self.deferred and self.received_at is None


class Case(Subject, Base):
    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_going", "version_id", **where("closed_at IS NULL")),
        Index("ix_cases_state", "state", "id"),
        Index("ix_cases_received_by", "received_by_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    query_code: Mapped[str] = mapped_column(index=True)
    intake_token: Mapped[str] = mapped_column(unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("process_versions.id"), index=True)
    region: Mapped[str]
    title: Mapped[str]
    applicant: Mapped[str] = mapped_column(index=True)
    applicant_number: Mapped[str] = mapped_column(index=True)
    phone: Mapped[str]
    form: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]]
    state: Mapped[CaseState] = mapped_column(Word(CaseState))
    received_by: Mapped[str]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    received_at: Mapped[datetime] = mapped_column(index=True)
    supplement: Mapped[dict[str, Any] | None]
    supplemented_at: Mapped[datetime | None]
    decline: Mapped[dict[str, Any] | None]
    accepted_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None] = mapped_column(index=True)

    version: Mapped[ProcessVersion] = relationship()
    items: Mapped[list[CaseItem]] = relationship(order_by=CaseItem.id)
    materials: Mapped[list[CaseMaterial]] = relationship(order_by=CaseMaterial.id)
    instances: Mapped[list[ProcessInstance]] = relationship(order_by=ProcessInstance.id)
    tasks: Mapped[list[Task]] = relationship(order_by=Task.id)
    deadlines: Mapped[list[Deadline]] = relationship(order_by=Deadline.id)
    pauses: Mapped[list[DeadlinePause]] = relationship(order_by=DeadlinePause.id)

    @property
    def key(self) -> str:
        """How history names this case."""
        return self.number

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        return cls.number == key if key.isascii() and key.isdecimal() else None

    def item(self, code: str) -> CaseItem | None:
        return next((item for item in self.items if item.code == code), None)
