"""A version of a process, and the running instances of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, Text, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import WHOLE, Base, Word
from workflows.models.subject import Subject
from workflows.states import ProcessState

#: The end of the name of a file with decision tables (规则表).
TABLE = ".dmn"


class ProcessVersion(Subject, Base):
    """Diagrams, catalogue and forms that were checked and published together.

    Immutable once published; a running case keeps the version it began with.
    """

    __tablename__ = "process_versions"
    __table_args__ = (UniqueConstraint("process", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process: Mapped[str]
    version: Mapped[int]
    name: Mapped[str]
    state: Mapped[ProcessState] = mapped_column(Word(ProcessState))
    sha256: Mapped[str]
    sources: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    catalogue: Mapped[str] = mapped_column(Text, deferred=True)
    forms: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    #: Files that are none of these, by name: test cases and what else belongs to the process.
    others: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    note: Mapped[str] = mapped_column(Text, default="")
    uploaded_by: Mapped[str]
    uploaded_at: Mapped[datetime]
    published_by: Mapped[str | None]
    published_at: Mapped[datetime | None]
    #: While it waits for its day (生效日): the instant at which it takes effect.
    effective_at: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def tables(self) -> dict[str, str]:
        """Its decision tables, by the name of their file."""
        return {name: text for name, text in self.others.items() if name.endswith(TABLE)}

    @property
    def key(self) -> str:
        """How history names this version."""
        return f"{self.process}@{self.version}"

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        process, _, version = key.partition("@")
        number = int(version) if version.isdecimal() else 0
        return and_(cls.process == process, cls.version == number) if number in WHOLE else None


class ProcessInstance(Base):
    """A running process of a case: the joint approval itself, or a later check of one item."""

    __tablename__ = "process_instances"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("case_items.id"), index=True)
    process: Mapped[str]
    state: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    finished: Mapped[bool] = mapped_column(default=False)
    #: Whether any of its timers is armed, so that a process without timers asks for none.
    armed: Mapped[bool] = mapped_column(default=False)

    version_id: Mapped[int] = mapped_column(ForeignKey("process_versions.id"))
    version: Mapped[ProcessVersion] = relationship()
