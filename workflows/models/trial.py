"""What was tried with the files of a process, before and after they became a version.

A result belongs to the files it was got with, by their SHA-256: a version that is made of the
same files has it as well.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, Word


class RunState(StrEnum):
    """How far a simulation is."""

    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


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
    result: Mapped[dict[str, Any]]
    by: Mapped[str]
    at: Mapped[datetime]


class SimulationRun(Base):
    """A simulation (试算): what it was asked, how far it is, what it came to."""

    __tablename__ = "simulation_runs"
    __table_args__ = (Index("ix_simulation_runs_process", "process", "files"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process: Mapped[str]
    #: The number of the version it was begun from; None for the draft.
    version: Mapped[int | None]
    #: SHA-256 of what the process was made of, and the diagram it is shown on.
    files: Mapped[str]
    diagram: Mapped[str] = mapped_column(Text, deferred=True)
    inputs: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    cases: Mapped[int]
    seed: Mapped[int]
    state: Mapped[RunState] = mapped_column(Word(RunState))
    decided: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    by: Mapped[str]
    at: Mapped[datetime]
    #: When it last said how far it is, or ended.
    told_at: Mapped[datetime]
