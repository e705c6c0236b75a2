"""Processes and their versions, as a designer sees them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.models import Case, ProcessVersion
from workflows.states import ProcessState


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


def running_cases(session: Session) -> dict[int, int]:
    """How many unfinished cases each version carries."""
    query = (
        select(Case.version_id, func.count())
        .where(Case.closed_at.is_(None))
        .group_by(Case.version_id)
    )
    return {version_id: number for version_id, number in session.execute(query)}
