"""A process that is being designed (流程草稿): one a process, its files one by one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base


class ProcessDraft(Base):
    __tablename__ = "process_drafts"

    process: Mapped[str] = mapped_column(primary_key=True)
    #: The number of the version it began with; none for a new process.
    based_on: Mapped[int | None]
    begun_by: Mapped[str]
    begun_at: Mapped[datetime]


class DraftFile(Base):
    """A file of a draft; its revision tells whether somebody else has saved it meanwhile."""

    __tablename__ = "draft_files"

    process: Mapped[str] = mapped_column(ForeignKey("process_drafts.process"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text, deferred=True)
    revision: Mapped[int]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
