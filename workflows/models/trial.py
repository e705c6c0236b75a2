"""What was tried with the files of a process, before and after they became a version.

A result belongs to the files it was got with, by their SHA-256: a version that is made of the
same files has it as well.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base


class TrialRun(Base):
    """The latest run of a test case (试办用例) in one wording, on the same files."""

    __tablename__ = "trial_runs"
    __table_args__ = (UniqueConstraint("process", "files", "name", "wording"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process: Mapped[str]
    #: SHA-256 of what the process is made of, and of the test case itself.
    files: Mapped[str]
    name: Mapped[str]
    wording: Mapped[str]
    passed: Mapped[bool]
    result: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True))
    by: Mapped[str]
    at: Mapped[datetime]
