"""材料 on the pages: versions, validity, what may be taken over, what is promised for when."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from server import dossier
from server.context import calendars, now, reader, today
from server.labels import word
from server.view import standing_text
from workflows.actions.deferral import last_day
from workflows.actions.materials import valid_until
from workflows.calendar import ONE_DAY
from workflows.catalogue import Catalogue
from workflows.catalogue.published import published
from workflows.catalogue.records import Material
from workflows.deadlines import Due, days_left, light
from workflows.errors import N_
from workflows.models import Attachment, Case, CaseMaterial
from workflows.models.deadline import Clock
from workflows.queries.materials import Reusable, Version, promises, reusable, scans, versions
from workflows.queries.standing import Standing, standing

#: What a promise that is not kept comes to, as the applicant reads it.
CONSEQUENCES: dict[Any, str] = {
    "open": N_("需要这些材料的事项，补交前不能准予"),
    "revoked": N_("需要这些材料的事项撤销受理"),
    "refused": N_("需要这些材料的事项不予审批"),
    "withdrawn": N_("需要这些材料的事项视为撤回申请"),
}
Validity = tuple[str, str]


@dataclass(frozen=True)
class Paper:
    """A material of a case; its validity as light and words, its promise with what is left."""

    row: CaseMaterial
    state: str
    trust: str | None
    validity: Validity | None
    owed: Standing | None
    left: str
    versions: list[Version]
    scans: dict[int | None, list[Attachment]]

    @property
    def told(self) -> bool:
        """Whether there is more to say of its versions than that it is here."""
        return (
            len(self.versions) > 1 or any(one.origin for one in self.versions) or bool(self.scans)
        )


@dataclass(frozen=True)
class Slip:
    """A material that may be handed in now: what stands on it, what may be taken over."""

    material: Material
    offer: Reusable | None
    validity: Validity | None
    row: CaseMaterial | None = None


def papers(case: Case, beside: dict[str, Any], item: str | None = None) -> list[Paper]:
    """The materials of a case, or those that one of its items needs.

    ``beside`` is what stands around the case: its files may be pictures of materials.
    """
    catalogue = published(case.version).catalogue
    kept = versions(reader(), case)
    pictures = [one["row"] for one in beside["files"]] + scans(reader(), kept.values())
    return [
        _paper(case, row, catalogue, kept.get(row.id, []), pictures)
        for row in case.materials
        if item is None or item in row.items
    ]


def _paper(
    case: Case, row: CaseMaterial, catalogue: Catalogue, kept: list[Version],
    pictures: list[Attachment],
) -> Paper:  # fmt: skip
    trust = next((each.trust for each in catalogue.materials if each.code == row.code), None)
    clock = next((one for one in case.deadlines if one.id == row.deadline_id), None)
    stands = None
    if row.owed and clock is not None:
        stands = standing([clock], (), Clock.DEFERRAL, now(), calendars(case.region))
    mine: dict[int | None, list[Attachment]] = {}
    for version in kept:
        for one in pictures:
            if one.version_id in (version.id, version.origin_id):
                mine.setdefault(version.id, []).append(one)
    shown = validity(row.valid_until, catalogue) if row.received_at else None
    state, left = dossier.material_state(row), standing_text(stands)
    return Paper(row, state, trust, shown, stands, left, kept, mine)


def validity(until: date | None, catalogue: Catalogue) -> Validity | None:
    """How long a document is still valid: (light, words)."""
    if until is None:
        return None
    if until < today():
        return "red", _("%(on)s 已过期", on=until)
    if until - today() <= timedelta(days=catalogue.rules.expiring.days):
        return "yellow", _("%(on)s 到期", on=until)
    return "green", _("有效期至 %(on)s", on=until)


def slips(
    catalogue: Catalogue, materials: Iterable[Material], number: str, posted: MultiDict[str, str],
    case: Case | None = None,
) -> dict[str, Slip]:  # fmt: skip
    """By code: what these materials ask for, and what this applicant could take over."""
    listed = [material for material in materials if not material.fetched]
    trusted = {one.name for one in listed if one.trust in catalogue.rules.reuse}
    plain = unicodedata.normalize("NFKC", number).strip().upper()
    found = reusable(reader(), plain, trusted, today(), case.id if case else None)
    dates, _reuse, _errors = read(posted)
    rows = {row.code: row for row in case.materials} if case else {}
    return {
        one.code: Slip(
            one,
            found.get(one.name),
            validity(valid_until(one, dates.get(one.code), today()), catalogue)
            if one.code in dates
            else None,
            rows.get(one.code),
        )
        for one in listed
    }


def taking(case: Case, may: set[str], posted: MultiDict[str, str]) -> list[Slip]:
    """What can be handed in on the page of a case, for whoever may take it in."""
    catalogue = published(case.version).catalogue
    if "supplement" in may:
        wanted = [row for row in case.materials if row.fault]
    elif "hand_in" in may:
        wanted = [row for row in case.materials if not row.fetched]
    else:
        return []
    materials = [catalogue.material(row.code) for row in wanted]
    found = slips(catalogue, materials, case.applicant_number, posted, case)
    return [found[row.code] for row in wanted if row.code in found]


def promising(case: Case) -> tuple[date, date]:
    """Between which days a material may be promised."""
    calendar, rules = calendars(case.region), published(case.version).catalogue.rules
    return today() + ONE_DAY, last_day(rules.deferral, now(), calendar)


def promise_rows() -> list[dict[str, Any]]:
    """What was promised for later and is not here, for the desk of a window."""
    found = []
    for one in promises(reader()):
        left = days_left(now(), Due(one.due_at, False, 0), calendars(one.region)) or 0
        shown = light(now(), one.due_at, None, one.yellow_at)
        if left < 0:
            words = ngettext("超 %(num)s 天", "超 %(num)s 天", -left)
        else:
            words = ngettext("剩 %(num)s 天", "剩 %(num)s 天", left)
        found.append({"row": one, "light": shown.value, "left": words})
    return found


def consequence(case: Case) -> str:
    """What a promise that is not kept comes to, by the rule of the place."""
    return word(CONSEQUENCES, published(case.version).catalogue.rules.on_deferral_expiry)


def read(
    posted: MultiDict[str, str],
) -> tuple[dict[str, date], dict[str, int], dict[str, str]]:
    """The dates on documents, the versions to be taken over, and what is wrong, by field."""
    dates: dict[str, date] = {}
    reuse: dict[str, int] = {}
    errors: dict[str, str] = {}
    for field in posted:
        kind, _dot, code = field.partition(".")
        text = posted[field].strip()
        if kind == "reuse" and text.isdecimal():
            reuse[code] = int(text[:9])
        elif kind == "dates" and text:
            try:
                dates[code] = date.fromisoformat(text)
            except ValueError:
                errors[field] = _("材料 %(code)s 的日期应写作 2026-03-02。", code=code)
    return dates, reuse, errors
