"""Processes and their versions, as a designer sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.models import Case, DraftFile, ProcessDraft, ProcessVersion
from workflows.states import ProcessState


@dataclass
class Drafted:
    """The draft of a process: who last changed what in it, and when."""

    draft: ProcessDraft
    file: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass
class Overview:
    """A process: its versions, the newest first, and its draft."""

    process: str
    versions: list[ProcessVersion] = field(default_factory=list)
    drafted: Drafted | None = None

    def first(self, *states: ProcessState) -> ProcessVersion | None:
        """The newest version in one of these states."""
        return next((row for row in self.versions if row.state in states), None)

    @property
    def in_force(self) -> ProcessVersion | None:
        """The version that new cases use."""
        return self.first(ProcessState.PUBLISHED)

    @property
    def waiting(self) -> list[ProcessVersion]:
        """The versions that wait for a second person (待审)."""
        return [row for row in self.versions if row.state is ProcessState.DRAFT]

    @property
    def scheduled(self) -> list[ProcessVersion]:
        """The versions that take effect on a later day (待生效)."""
        return [row for row in self.versions if row.state is ProcessState.SCHEDULED]


def to_review(session: Session, reader: str) -> list[ProcessVersion]:
    """The versions that wait for a second person, for whoever did not hand them in."""
    query = select(ProcessVersion).where(
        ProcessVersion.state == ProcessState.DRAFT, ProcessVersion.uploaded_by != reader
    )
    return list(session.scalars(query.order_by(ProcessVersion.uploaded_at, ProcessVersion.id)))


def overviews(session: Session) -> list[Overview]:
    """Every process that has a version or a draft, by its name in addresses."""
    found: dict[str, Overview] = {}
    for row in versions(session):
        found.setdefault(row.process, Overview(row.process)).versions.append(row)
    for process, drafted in _drafted(session).items():
        found.setdefault(process, Overview(process)).drafted = drafted
    return [found[process] for process in sorted(found)]


def overview(session: Session, process: str) -> Overview | None:
    """One process; None when nobody has begun it."""
    return next((one for one in overviews(session) if one.process == process), None)


def _drafted(session: Session) -> dict[str, Drafted]:
    found = {row.process: Drafted(row) for row in session.scalars(select(ProcessDraft))}
    columns = DraftFile.process, DraftFile.name, DraftFile.changed_by, DraftFile.changed_at
    for process, name, by, at in session.execute(select(*columns).order_by(DraftFile.changed_at)):
        found[process] = Drafted(found[process].draft, name, by, at)
    return found


def versions(session: Session) -> Sequence[ProcessVersion]:
    """Every version, the newest of each process first."""
    query = select(ProcessVersion).order_by(ProcessVersion.process, ProcessVersion.version.desc())
    return session.scalars(query).all()


def version(session: Session, process: str, number: int) -> ProcessVersion | None:
    """One version."""
    query = select(ProcessVersion).where(
        ProcessVersion.process == process, ProcessVersion.version == number
    )
    return session.scalar(query)


def published_versions(session: Session) -> Sequence[ProcessVersion]:
    """The versions that new cases use, one a process."""
    query = select(ProcessVersion).where(ProcessVersion.state == ProcessState.PUBLISHED)
    return session.scalars(query.order_by(ProcessVersion.id)).all()


def in_force(session: Session, process: str) -> ProcessVersion | None:
    """The version of a process that new cases use."""
    query = select(ProcessVersion).where(
        ProcessVersion.process == process, ProcessVersion.state == ProcessState.PUBLISHED
    )
    return session.scalar(query)


def running_cases(session: Session) -> dict[int, int]:
    """How many unfinished cases each version carries."""
    query = (
        select(Case.version_id, func.count())
        .where(Case.closed_at.is_(None))
        .group_by(Case.version_id)
    )
    return {version_id: number for version_id, number in session.execute(query)}
