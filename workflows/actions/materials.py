"""The materials of a case: what is owed, what is handed in, and what may be taken over.

A document that is handed in is a version of its material; earlier ones stay.  One that has run
out is not taken.  What the same applicant handed in with an earlier case may be taken over (沿用)
where its trust level allows that, and is recorded with its origin.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from workflows.actions.base import Context, catalogue_of
from workflows.actions.tell import tell_post
from workflows.actions.work import item_of
from workflows.catalogue.records import Material
from workflows.deadlines import Light, Limit
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseMaterial, MaterialVersion
from workflows.models.rows import add_last
from workflows.queries.materials import Reusable, reusable

CAME = N_("%(what)s：材料“%(material)s”交来第 %(version)s 版，请查看。")


class MaterialUnknown(WorkflowError):
    """A material that this application does not need (行政许可法 §31: nothing irrelevant)."""

    sentence = N_("材料 %(code)s 不在本次申请的材料清单里。")


class NothingHandedIn(WorkflowError):
    """Nothing was ticked."""

    sentence = N_("请勾选本次补交的材料。")


class MaterialExpired(WorkflowError):
    """What has run out proves nothing."""

    sentence = N_("材料“%(name)s”的有效期到 %(on)s 为止，已经过期，不能收取；请申请人提交有效的。")


class MadeOutAhead(WorkflowError):
    """The day on which a document was made out is not to come."""

    sentence = N_("材料“%(name)s”的出具日期 %(on)s 还没有到，请您核对。")


class NewOrReused(WorkflowError):
    """Either a new one was handed in, or the earlier one is taken over."""

    sentence = N_("材料“%(name)s”请只选一样：收到新的，或者沿用以前的。")


class NotReusable(WorkflowError):
    """Only what this applicant handed in before, still valid, and of a level to be relied on."""

    sentence = N_("材料“%(name)s”不能沿用：不是同一申请人以前提交的、仍然有效的材料。")


@dataclass(frozen=True)
class Handed:
    """What comes in at once: codes, the dates written on the documents, what is taken over."""

    codes: Collection[str] = ()
    dates: Mapping[str, date] = field(default_factory=dict)
    reuse: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> list[str]:
        return sorted({*self.codes, *self.reuse})


def missing(case: Case) -> list[CaseMaterial]:
    """The required materials that the applicant still owes."""
    return [
        row for row in case.materials if row.required and not row.fetched and not row.received_at
    ]


def hand_in(
    case: Case, rows: Mapping[str, CaseMaterial], handed: Handed, ctx: Context
) -> dict[str, Any]:
    """Take in documents: each is a new version of its material; what history remembers."""
    if unknown := [code for code in handed.all if code not in rows]:
        raise MaterialUnknown(code="、".join(unknown))
    for code in handed.all:
        if code in handed.codes and code in handed.reuse:
            raise NewOrReused(name=rows[code].name)
    origins = _origins(case, rows, handed.reuse, ctx)
    for code in handed.all:
        row, origin = rows[code], origins.get(code)
        row.version += 1
        row.received_at = ctx.now
        row.valid_until = origin.valid_until if origin else _until(case, row, handed, ctx)
        _add(row, origin, ctx)
    facts: dict[str, Any] = {"materials": handed.all}
    if origins:
        facts["reused"] = {code: origin.case for code, origin in origins.items()}
    if until := {c: str(rows[c].valid_until) for c in handed.all if rows[c].valid_until}:
        facts["valid_until"] = until
    return facts


def _add(row: CaseMaterial, origin: Reusable | None, ctx: Context) -> None:
    version = MaterialVersion(
        material_id=row.id,
        number=row.version,
        at=ctx.now,
        by=ctx.actor.name,
        by_id=ctx.actor.person_id,
        valid_until=row.valid_until,
        origin_id=origin.version_id if origin else None,
    )
    if row.id is None:  # with the case itself, which is new
        row.versions.append(version)
    else:
        add_last(ctx.session, version)


def _until(case: Case, row: CaseMaterial, handed: Handed, ctx: Context) -> date | None:
    """The last day on which a document is valid, which is not over; or the refusal."""
    material = catalogue_of(case).material(row.code)
    given = handed.dates.get(row.code)
    if isinstance(material.validity, Limit) and given and given > ctx.today:
        raise MadeOutAhead(name=row.name, on=given)
    until = valid_until(material, given, ctx.today)
    if until is not None and until < ctx.today:
        raise MaterialExpired(name=row.name, on=until)
    return until


def valid_until(material: Material, given: date | None, today: date) -> date | None:
    """The last day of validity: as written on it, or so long after it was made out."""
    if isinstance(material.validity, Limit):
        return (given or today) + timedelta(days=material.validity.days)
    return given


def _origins(
    case: Case, rows: Mapping[str, CaseMaterial], reuse: Mapping[str, int], ctx: Context
) -> dict[str, Reusable]:
    """The versions that are taken over, or NotReusable."""
    if not reuse:
        return {}
    catalogue = catalogue_of(case)
    names = {rows[code].name for code in reuse}
    found = reusable(ctx.session, case.applicant_number, names, ctx.today, case.id)
    for code, version_id in reuse.items():
        name = rows[code].name
        offered = found.get(name)
        trusted = catalogue.material(code).trust in catalogue.rules.reuse
        if offered is None or offered.version_id != version_id or not trusted:
            raise NotReusable(name=name)
    return {code: found[rows[code].name] for code in reuse}


def tell_of_versions(case: Case, rows: Collection[CaseMaterial], ctx: Context) -> None:
    """Whoever works with a material hears that there is another version of it."""
    for row in rows:
        for item in (item_of(case, code) for code in row.items):
            if item.started_at is not None and not item.decided:
                params = {"what": item.name, "material": row.name, "version": row.version}
                tell_post(case, item, "handler", Light.GREEN, CAME, params, ctx)
