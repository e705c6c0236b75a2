"""An example case of a catalogue, as far along as a template needs it; nobody in it is real.

It is made of the same records as a case and read by the same code, so that a template that can
be set with it can be set with a case.
"""

from datetime import datetime, time, timedelta
from typing import Any

from server.document_data import Place, Subject, data_of
from server.form_fields import CHOOSING, COMPUTED, FILE, GROUP, Field, Form
from workflows.calendar import WorkCalendar
from workflows.catalogue import Catalogue
from workflows.catalogue.records import Item
from workflows.clock import office_moment
from workflows.deadlines import Ledger, Limit, due
from workflows.documents.template import Template, When
from workflows.drawing.feasibility import everything
from workflows.models import Case, CaseItem, CaseMaterial, Deadline
from workflows.models.deadline import Basis, Clock
from workflows.states import CaseState, ItemState

NAME, NUMBER, PHONE = "示例餐饮管理有限公司", "91330700MA2EXAMP1E", "0579-80000000"
CASE_NUMBER, QUERY_CODE = "330700000000000000000", "ABC234"
CLERK = "张三"
NINE = time(9, 30)
#: At most so many items and materials: an example is looked at, not read to the end.
LONGEST = 12
FAULT = "缺少法定代表人签字，请补签后交到窗口。"
REASON = "经审查，申请材料真实有效，现场核查结果符合规定的条件。"
AGAINST = "现场核查发现操作间面积不足，排烟设施没有接入公共烟道，不符合规定的条件。"
ELSEWHERE = "县级主管部门"

STATES = {
    When.RECEIVED: CaseState.SUBMITTED,
    When.WAITING: CaseState.SUBMITTED,
    When.SUPPLEMENTING: CaseState.SUPPLEMENTING,
    When.ACCEPTED: CaseState.IN_REVIEW,
    When.DECLINED: CaseState.REFUSED,
    When.GRANTED: CaseState.DECIDED,
    When.REFUSED: CaseState.DECIDED,
}


def example(
    catalogue: Catalogue, form: Form, template: Template, calendar: WorkCalendar, place: Place
) -> dict[str, Any]:
    """The data of an example case, for which the template would be made."""
    when = template.when or When.RECEIVED
    case = _case(catalogue, form, when, office_moment(place.today, NINE))
    if when in (When.ACCEPTED, When.GRANTED, When.REFUSED):
        _accept(case, catalogue, calendar)
    item = _licence(case, catalogue) if when.of_item and case.items else None
    if item is not None:
        _decide(item, case, when)
    subject = Subject(case, catalogue, form, item, secret=True)
    return data_of(subject, template, place)


def _case(catalogue: Catalogue, form: Form, when: When, at: datetime) -> Case:
    items = catalogue.needed_items(everything(catalogue))[:LONGEST]
    listed = catalogue.materials_for(items, everything(catalogue))[:LONGEST]
    case = Case(
        number=CASE_NUMBER, query_code=QUERY_CODE, title=catalogue.theme.name,
        applicant=NAME, applicant_number=NUMBER, phone=PHONE, state=STATES[when],
        form={field.key: _answer(field) for field in form.fields}, answers={},
        received_by=CLERK, received_at=at,
    )  # fmt: skip
    case.items = [_item(number, item) for number, item in enumerate(items, 1)]
    case.materials = [
        CaseMaterial(
            code=material.code, name=material.name, required=material.need == "required",
            deferrable=material.need == "deferrable", fetched=material.fetched,
            items=[item.code for item in sharing], fault="", version=1,
            received_at=None if material.fetched else at, deferred=False,
        )
        for material, sharing in listed
    ]  # fmt: skip
    return _told(case, when, at)


def _licence(case: Case, catalogue: Catalogue) -> CaseItem:
    """The first item that is a licence, or else the first."""
    licences = (row for row in case.items if catalogue.item(row.code).is_licence)
    return next(licences, case.items[0])


def _told(case: Case, when: When, at: datetime) -> Case:
    """What was told to the applicant in this state."""
    if when is When.SUPPLEMENTING:
        faulty = [row for row in case.materials if not row.fetched][:2]
        for row in faulty:
            row.fault, row.received_at = FAULT, None
        case.supplement = {
            "number": "（示例）第000001号", "at": at.isoformat(),
            "due_at": (at + timedelta(days=20)).isoformat(),
            "faults": {row.code: FAULT for row in faulty},
        }  # fmt: skip
    if when is When.DECLINED:
        case.decline = {
            "number": "（示例）第000001号", "ground": "not_competent",
            "reason": "所申请的事项由县级主管部门受理，不属于本机关职权范围。",
            "where_to": ELSEWHERE,
        }  # fmt: skip
        case.closed_at = at
    return case


def _item(number: int, item: Item) -> CaseItem:
    return CaseItem(
        id=number, code=item.code, name=item.name, department_code=item.department,
        state=ItemState.RECEIVED, commitment=False, reason="",
    )  # fmt: skip


def _accept(case: Case, catalogue: Catalogue, calendar: WorkCalendar) -> None:
    """Accepted as it came, its clocks running, one material promised for later."""
    at = case.accepted_at = case.received_at
    limits = {
        Basis.PROMISED: catalogue.promised_limit(case.answers),
        Basis.STATUTORY: catalogue.theme.cap,
    }  # fmt: skip
    case.deadlines = [
        _clock(Clock.CASE, basis, length, at, calendar) for basis, length in limits.items()
    ]
    for row in case.items:
        promised = catalogue.limits(catalogue.item(row.code))[1]
        clock = _clock(Clock.ITEM, Basis.PROMISED, promised, at, calendar)
        clock.item_id = row.id
        case.deadlines.append(clock)
    late = next((row for row in case.materials if row.deferrable and not row.fetched), None)
    if late is not None:
        late.received_at, late.deferred = None, True
        late.promised_on = (at + timedelta(days=10)).date()


def _clock(
    clock: Clock, basis: Basis, length: Limit, at: datetime, calendar: WorkCalendar
) -> Deadline:
    due_at = due(Ledger(at, length), calendar).at
    return Deadline(
        clock=clock, basis=basis, limit=str(length), started_at=at, extension_days=0, due_at=due_at
    )


def _decide(item: CaseItem, case: Case, when: When) -> None:
    granted = when is When.GRANTED
    item.state = ItemState.APPROVED if granted else ItemState.REJECTED
    item.reason = REASON if granted else AGAINST
    item.document_number = f"{item.code}（示例）第000001号"
    item.decided_at = case.decided_at = case.received_at


def _answer(field: Field) -> Any:
    """Something that could be the answer to a question."""
    known = {"applicant_name": NAME, "applicant_number": NUMBER, "contact_phone": PHONE}
    if field.key in known:
        return known[field.key]
    if field.type in CHOOSING:
        first = field.choices[0].value
        return [first] if field.type == "checklist" else first
    if field.type == GROUP:
        return [{cell.key: _answer(cell) for cell in field.cells}]
    found = {
        "checkbox": True, "number": field.min or 1, "datetime": "2026-03-02",
        FILE: {"name": f"{field.label}.pdf"}, COMPUTED: None,
    }  # fmt: skip
    return found.get(field.type, f"（示例）{field.label}")
