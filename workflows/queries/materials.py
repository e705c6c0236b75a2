"""The versions of materials, what may be taken over from earlier cases, and what was promised."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from workflows.models import Attachment, Case, CaseMaterial, Deadline, MaterialVersion
from workflows.models.deadline import Basis, Clock

#: As many cases of an applicant are looked through, the latest first.
LATEST = 100
#: As many promises stand on a desk.
SHOWN = 20


@dataclass(frozen=True)
class Reusable:
    """A document that the applicant handed in with an earlier case."""

    version_id: int
    name: str
    case: str
    at: datetime
    valid_until: date | None


@dataclass(frozen=True)
class Version:
    """A version of a material; ``origin`` is the number of the case it was taken over from."""

    id: int
    number: int
    at: datetime
    by: str
    valid_until: date | None
    origin_id: int | None
    origin: str | None


@dataclass(frozen=True)
class Promise:
    """A material that was accepted for later (容缺) and is not here yet."""

    number: str
    region: str
    material: str
    promised_on: date | None
    due_at: datetime | None
    yellow_at: datetime | None


def reusable(
    session: Session, applicant_number: str, names: Collection[str], today: date,
    case_id: int | None = None,
) -> dict[str, Reusable]:  # fmt: skip
    """By name, the latest valid document that an applicant handed in with another case.

    What was itself taken over is not offered again: its origin is.
    """
    if not applicant_number or not names:
        return {}
    cases = select(Case.id).where(Case.applicant_number == applicant_number, Case.id != case_id)
    latest = cases.order_by(Case.id.desc()).limit(LATEST).subquery()
    query = (
        select(MaterialVersion.id, CaseMaterial.name, Case.number, MaterialVersion.at,
               MaterialVersion.valid_until)
        .select_from(latest)
        .join(Case, Case.id == latest.c.id)
        .join(CaseMaterial, CaseMaterial.case_id == Case.id)
        .join(MaterialVersion, MaterialVersion.material_id == CaseMaterial.id)
        .where(
            CaseMaterial.name.in_(names),
            CaseMaterial.received_at.is_not(None),
            MaterialVersion.number == CaseMaterial.version,
            MaterialVersion.origin_id.is_(None),
            or_(MaterialVersion.valid_until.is_(None), MaterialVersion.valid_until >= today),
        )
        .order_by(MaterialVersion.at, MaterialVersion.id)
    )  # fmt: skip
    found = [Reusable(*row) for row in session.execute(query)]
    return {one.name: one for one in found}


def versions(session: Session, case: Case) -> dict[int, list[Version]]:
    """The versions of every material of a case, by its key, the latest first."""
    origin, material, earlier = aliased(MaterialVersion), aliased(CaseMaterial), aliased(Case)
    query = (
        select(
            MaterialVersion.material_id, MaterialVersion.id, MaterialVersion.number,
            MaterialVersion.at, MaterialVersion.by, MaterialVersion.valid_until,
            MaterialVersion.origin_id, earlier.number,
        )
        .join(CaseMaterial, CaseMaterial.id == MaterialVersion.material_id)
        .outerjoin(origin, origin.id == MaterialVersion.origin_id)
        .outerjoin(material, material.id == origin.material_id)
        .outerjoin(earlier, earlier.id == material.case_id)
        .where(CaseMaterial.case_id == case.id)
        .order_by(MaterialVersion.number.desc())
    )  # fmt: skip
    found: dict[int, list[Version]] = {}
    for row in session.execute(query):
        found.setdefault(row[0], []).append(Version(*row[1:]))
    return found


def scans(session: Session, kept: Iterable[list[Version]]) -> list[Attachment]:
    """The pictures of those versions of earlier cases that these were taken over from."""
    ids = {one.origin_id for each in kept for one in each if one.origin_id}
    query = select(Attachment).where(
        Attachment.version_id.in_(ids), Attachment.removed_at.is_(None)
    )
    return list(session.scalars(query.order_by(Attachment.id))) if ids else []


def promises(session: Session) -> list[Promise]:
    """What was promised for later and is not here, the nearest due first."""
    query = (
        select(Case.number, Case.region, CaseMaterial.name, CaseMaterial.promised_on,
               Deadline.due_at, Deadline.yellow_at)
        .select_from(Deadline)
        .join(CaseMaterial, (CaseMaterial.case_id == Deadline.case_id)
              & (CaseMaterial.deadline_id == Deadline.id))
        .join(Case, Case.id == Deadline.case_id)
        .where(
            Deadline.clock == Clock.DEFERRAL,
            Deadline.basis == Basis.PROMISED,
            Deadline.closed_at.is_(None),
        )
        .order_by(Deadline.due_at, Deadline.id)
        .limit(SHOWN)
    )  # fmt: skip
    return [Promise(*row) for row in session.execute(query)]
