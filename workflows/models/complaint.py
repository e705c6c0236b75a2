"""A complaint (投诉): what somebody says went wrong, and the process that it runs through.

It is no case.  It runs a diagram of its own with the same engine: its state is the step that the
diagram waits at.  Who complains stands apart, and is read only by an act that history remembers.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Word, where
from workflows.models.case import Case
from workflows.models.organisation import Department
from workflows.models.subject import Subject, after
from workflows.states import ComplaintState

#: The post of a department that signs for, investigates and handles.
HANDLES = "checker"


class Way(StrEnum):
    """自办, 交办 (to be reported back), 转办 (to who is competent)."""

    OWN = "own"
    ASSIGNED = "assigned"
    REFERRED = "referred"


class Finding(StrEnum):
    """What the investigation came to."""

    PROVEN = "proven"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    UNDECIDED = "undecided"


class ComplaintDiagram(Base):
    """The diagram that complaints run on, as it was: who began on one keeps it."""

    __tablename__ = "complaint_diagrams"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str] = mapped_column(Text)


class Complaint(Subject, Base):
    __tablename__ = "complaints"
    __table_args__ = (
        Index("ix_complaints_open", "department_code", "id", **where("closed_at IS NULL")),
        Index("ix_complaints_case", "case_id", **where("case_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    query_code: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    region: Mapped[str]
    channel: Mapped[str]
    category: Mapped[str]
    #: Who or what it is about, in the words of who complains.
    against: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    real_name: Mapped[bool]
    registered_at: Mapped[datetime] = mapped_column(index=True)
    registered_by: Mapped[str]
    state: Mapped[ComplaintState] = mapped_column(Word(ComplaintState))
    diagram_id: Mapped[int] = mapped_column(ForeignKey("complaint_diagrams.id"))
    process: Mapped[bytes] = mapped_column(LargeBinary)
    way: Mapped[Way | None] = mapped_column(Word(Way))
    department_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))
    #: How often it was given back before it was signed for, and investigated.
    given_back: Mapped[int] = mapped_column(default=0)
    round: Mapped[int] = mapped_column(default=0)
    extended: Mapped[bool] = mapped_column(default=False)
    finding: Mapped[Finding | None] = mapped_column(Word(Finding))
    proposal: Mapped[str] = mapped_column(Text, default="")
    measure: Mapped[str] = mapped_column(Text, default="")
    #: What who complained was told: why it is not taken up, or what came of it.
    answer: Mapped[str] = mapped_column(Text, default="")
    satisfied: Mapped[bool | None]
    #: Whether it was reviewed because who complained was not satisfied: that is done once.
    reviewed: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]

    case: Mapped[Case | None] = relationship()
    department: Mapped[Department | None] = relationship()
    diagram: Mapped[ComplaintDiagram] = relationship()

    @property
    def key(self) -> str:
        """How history names it."""
        return f"complaint:{self.number}"

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        number = after("complaint:", key)
        return None if number is None else cls.number == number


class Complainant(Base):
    """Who complains under their own name; read by `unseal_complainant` and by nothing else."""

    __tablename__ = "complainants"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    name: Mapped[str]
    phone: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
