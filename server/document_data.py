"""What a template may say of a case: one mapping, always in Chinese, the language of the hall.

Names and meanings stand in `document_fields`; a template gets nothing else.  What the reader may
not see of the application is not in it, and the query code only for whom it is meant.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import segno

from server.document_words import application, day, limit, minute, questionnaire
from server.dossier import material_word
from server.form_fields import Form
from server.labels import CASE_STATES, GROUNDS, ITEM_STATES
from workflows.catalogue import Catalogue
from workflows.catalogue.records import Item
from workflows.documents.template import Template, When
from workflows.models import Case, CaseItem, CaseMaterial
from workflows.models.deadline import Basis, Clock
from workflows.states import GRANTED_ITEMS, ItemState

SEAL = "行政许可专用章"
UNNUMBERED, UNISSUED = "预览件，未编号", "预览件，未签发"
#: The one document that is handed over as it is: it decides nothing.
RECEIPT = "receipt"
#: What comes of a supplement that is not made in time (`Rules.on_supplement_expiry`).
EXPIRY = {"withdrawn": "视为撤回申请", "refused": "不予受理", "terminated": "终止办理"}
#: The rule for each ground of not accepting, in 行政许可法.
BASIS = {
    "not_required": "第三十二条第一款第一项",
    "not_competent": "第三十二条第一款第二项",
    "incomplete": "第三十二条第一款第四项",
    "not_qualified": "第三十二条",
}
DECISIONS = {
    ItemState.APPROVED: "准予", ItemState.COMMITTED: "准予", ItemState.REJECTED: "不予",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where and when it is printed: the hall, what people reach it by from outside, the day."""

    code: str
    name: str
    address: str
    today: date


@dataclass(frozen=True)
class Subject:
    """The case that a document is about, with what its version says, and who will read it.

    ``item`` is the one that a decision is about.  ``hidden`` are questions that the reader does
    not see; the query code is there for the applicant and the window only (``secret``), the name
    of the clerk for everyone but the applicant's own page (``names``).
    """

    case: Case
    catalogue: Catalogue
    form: Form
    item: CaseItem | None = None
    hidden: Container[str] = ()
    secret: bool = False
    names: bool = True


def data_of(subject: Subject, template: Template, place: Place) -> dict[str, Any]:
    """Everything a template may say; the same names for every case and every template."""
    case, catalogue = subject.case, subject.catalogue
    filled = application(subject.form, case.form, subject.hidden)
    answers = {field.key: said for field, said in filled}
    hall = place.name or catalogue.department(catalogue.theme.lead).name
    return {
        "document": _document(subject, template, place),
        "hall": {"code": place.code, "name": hall, "seal": SEAL},
        "case": _case(subject),
        "applicant": {
            "name": case.applicant,
            "number": case.applicant_number,
            "phone": case.phone,
            "address": answers.get("contact_address"),
            "contact": answers.get("contact_name"),
        },
        "agent": {key: answers.get(f"agent_{key}") for key in ("name", "number", "phone")},
        "items": [_item(subject, item) for item in case.items],
        "item": _item(subject, subject.item) if subject.item else None,
        "materials": [_material(catalogue, row) for row in case.materials],
        "supplement": _supplement(subject),
        "decline": _decline(case),
        "form": answers,
        "application": [{"label": field.label, "answer": said} for field, said in filled],
        "answers": questionnaire(catalogue, case.answers),
        "qr": _code(f"{place.address.rstrip('/')}/track") if place.address else None,
    }


def _document(subject: Subject, template: Template, place: Place) -> dict[str, Any]:
    case, item = subject.case, subject.item
    number = None
    if template.when is When.SUPPLEMENTING and case.supplement:
        number = case.supplement["number"]
    elif template.when is When.DECLINED and case.decline:
        number = case.decline.get("number")
    elif item is not None:
        number = item.document_number
    mark = UNISSUED if number else UNNUMBERED
    return {
        "name": template.name,
        "title": template.title,
        "number": number,
        "mark": None if template.name == RECEIPT else mark,
        "printed_on": day(place.today),
    }


def _case(subject: Subject) -> dict[str, Any]:
    case, catalogue = subject.case, subject.catalogue
    rules, theme = catalogue.rules, catalogue.theme
    due = {
        row.basis: row.due_at
        for row in case.deadlines
        if row.item_id is None and row.clock is Clock.CASE
    }
    return {
        "number": case.number,
        "query_code": case.query_code if subject.secret else None,
        "theme": case.title,
        "state": CASE_STATES[case.state],
        "received_on": day(case.received_at),
        "received_at": minute(case.received_at),
        "received_by": case.received_by if subject.names else None,
        "accepted_on": day(case.accepted_at),
        "decided_on": day(case.decided_at),
        "due_on": day(due.get(Basis.PROMISED)),
        "statutory_on": day(due.get(Basis.STATUTORY)),
        "promised": limit(catalogue.promised_limit(case.answers)),
        "cap": limit(theme.cap),
        "notice_limit": limit(rules.notice),
        "delivery_limit": limit(rules.delivery),
        "check_limit": limit(rules.commitment_check),
    }


def _item(subject: Subject, row: CaseItem) -> dict[str, Any]:
    catalogue = subject.catalogue
    item: Item = catalogue.item(row.code)
    statutory, promised = catalogue.limits(item)
    due = [
        one.due_at
        for one in subject.case.deadlines
        if one.item_id == row.id and (one.clock, one.basis) == (Clock.ITEM, Basis.PROMISED)
    ]
    return {
        "code": row.code,
        "name": row.name,
        "department": catalogue.department(item.department).name,
        "kind": item.kind,
        "licence": item.is_licence,
        "state": ITEM_STATES[row.state],
        "decision": DECISIONS.get(row.state),
        "committed": row.state is ItemState.COMMITTED,
        "granted": row.state in GRANTED_ITEMS,
        "reason": row.reason or None,
        "number": row.document_number,
        "statutory": limit(statutory),
        "promised": None if item.excluded_from_clock else limit(promised),
        "due_on": day(due[-1]) if due else None,
        "decided_on": day(row.decided_at),
        "result": item.result,
        "fee": item.fee.amount if item.fee else None,
    }


def _material(catalogue: Catalogue, row: CaseMaterial) -> dict[str, Any]:
    known = next((each for each in catalogue.materials if each.code == row.code), None)
    return {
        "code": row.code,
        "name": row.name,
        "form": known.form if known else None,
        "criterion": known.criterion if known else None,
        "required": row.required,
        "received": row.received_at is not None,
        "received_on": day(row.received_at),
        "standing": material_word(row),
        "valid_until": day(row.valid_until),
        "promised_on": day(row.promised_on),
        "fault": row.fault or None,
        "items": list(row.items),
    }


def _supplement(subject: Subject) -> dict[str, Any] | None:
    told = subject.case.supplement
    if told is None:
        return None
    rows = {row.code: row for row in subject.case.materials}
    return {
        "number": told["number"],
        "told_on": day(told["at"]),
        "due_on": day(told.get("due_at")),
        "expiry": EXPIRY[subject.catalogue.rules.on_supplement_expiry],
        "materials": [
            {**_material(subject.catalogue, rows[code]), "fault": fault}
            for code, fault in told["faults"].items()
            if code in rows
        ],
    }


def _decline(case: Case) -> dict[str, Any] | None:
    told = case.decline
    if not told or not told.get("number"):
        return None
    return {
        "number": told["number"],
        "ground": GROUNDS[told["ground"]],
        "not_required": told["ground"] == "not_required",
        "basis": BASIS[told["ground"]],
        "reason": told["reason"],
        "where_to": told["where_to"] or None,
        "decided_on": day(case.closed_at),
    }


def _code(text: str) -> dict[str, str]:
    """A code to be read by a telephone, as a picture without any connection to anywhere."""
    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
    return {"text": text, "svg": picture.getvalue().decode()}
