"""部门之间: questions, joint visits and meetings, requests; as the pages show and offer them."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from server.context import reader, today
from server.labels import ANSWERS, MEETINGS, word
from server.names import case_title, department_name, item_name
from server.parallel import in_charge
from server.view import minute
from workflows.catalogue.published import published
from workflows.models import (
    Attendance,
    Case,
    CaseItem,
    ClockRequest,
    Consultation,
    Department,
    Meeting,
    Post,
    Task,
)
from workflows.models.consultation import ANSWERS as HANDLER
from workflows.permissions import ACTIONS, Role
from workflows.queries import talks
from workflows.queries.worklist import Mine
from workflows.states import CASES, ItemState

#: Items of which something is still to be found out.
GOING = frozenset({ItemState.RECEIVED, ItemState.REVIEWING, ItemState.PRE_REVIEWED,
                   ItemState.SUSPENDED, ItemState.RETURN_REVIEW})  # fmt: skip


def waiting_rows() -> list[dict[str, Any]]:
    """What waits for the reader besides tasks, for the top of the desk."""
    mine: Mine = current_user.tasks
    found = talks.waiting_for(reader(), mine, current_user.roles)
    return [
        {
            "what": _called(one.what),
            "item": item_name(one.case, one.item) if one.item else case_title(one.case),
            "number": one.case.number,
            "href": url_for("cases.detail", number=one.case.number) + "#talks",
            "due": minute(one.due_at) if one.due_at else "",
        }
        for one in found
    ]


def _called(what: Consultation | Attendance | ClockRequest) -> str:
    """What is to be done, in the words of the desk."""
    if isinstance(what, Consultation):
        return str(_("答复征求意见"))
    if isinstance(what, Attendance):
        return word(MEETINGS, what.meeting.kind)
    return str(_("停表审核") if what.kind == "pause" else _("延期审批"))


def talking(case: Case, may: set[str]) -> dict[str, Any]:
    """What the page of a case shows of it, and what this person may say."""
    mine: Mine = current_user.tasks
    answers = talks.answers_for(mine.posts)
    names = _names()
    questions = talks.consultations(reader(), case)
    gatherings = talks.meetings(reader(), case)
    requests = talks.requests_for(reader(), case, mine, current_user.roles)
    wanted = {"pause": "approve_pause", "extension": "extend_deadline"}
    return {
        "questions": [_question(case, row, names) for row in questions],
        "withdrawable": _asked_by_reader(case, questions, may),
        "meetings": [_meeting(case, row, names) for row in gatherings],
        "to_answer": [
            _question(case, row, names)
            for row in questions
            if row.is_open and row.department_code in answers and "answer_consultation" in may
        ],
        "to_attend": _seats(case, gatherings, answers, may, names),
        **_leading(case, gatherings, may, names),
        "to_decide": [_request(case, row) for row in requests if wanted[row.kind] in may],
        "answers": [(one.value, word(ANSWERS, one)) for one in ANSWERS],
        **_asking(case, may, answers, names),
    }


def _leading(
    case: Case, gatherings: list[Meeting], may: set[str], names: dict[str, str]
) -> dict[str, Any]:
    """The meetings that this person may conclude, and those that may still be called off."""
    led = [row for row in gatherings if row.concluded_at is None and _leads(row.leader_code)]
    empty = {row.id for row in led if not any(seat.conclusion for seat in row.attendances)}
    return {
        "to_conclude": [_meeting(case, row, names) for row in led if "conclude_meeting" in may],
        "cancellable": empty if "cancel_meeting" in may else set(),
    }


def _asking(case: Case, may: set[str], answers: set[str], names: dict[str, str]) -> dict[str, Any]:
    """What this person may ask for on the page of a case."""
    catalogue = published(case.version).catalogue
    mine = [item for item in case.items if item.department_code in answers]
    asked = _undecided(case)
    groups = {group.leader for group in catalogue.onsite_groups}
    leads = any(_leads(code) for code in {catalogue.theme.lead, *groups})
    lead = Role.WINDOW_LEAD in current_user.roles and "request_extension" in may
    return {
        "pausable": [
            row
            for item in mine
            if (row := pausable(case, item, may)) and _free(asked, item, "pause")
        ],
        "extendable": [
            item
            for item in mine
            if "request_extension" in may and _runs(item) and _free(asked, item, "extension")
        ],
        "whole": lead and _free(asked, None, "extension"),
        "asked": [_request(case, row) for row in asked],
        "callable": callable_items(case) if leads and "call_meeting" in may else [],
        "guests": names,
    }


def asking(case: Case, task: Task, item: CaseItem, mine: bool) -> dict[str, Any]:
    """What the page of a task shows of it, and what its holder may ask from here."""
    names = _names()
    questions = [row for row in talks.consultations(reader(), case) if row.item_id == item.id]
    gatherings = [
        row
        for row in talks.meetings(reader(), case)
        if any(seat.item_id == item.id for seat in row.attendances)
    ]
    may = _allowed(case) if mine and task.closed_at is None and task.kind != "check" else set()
    handles, asked = task.duty == "handler", _undecided(case)
    waiting = {row.department_code for row in questions if row.is_open}
    others = {code: name for code, name in names.items()
              if code != item.department_code and code not in waiting}  # fmt: skip
    catalogue = published(case.version).catalogue
    entry = catalogue.item(item.code)
    row = pausable(case, item, may) if handles else None
    longer = handles and "request_extension" in may and _runs(item)
    consults = "consult" in may and (item.state, "consult") in _ITEM_STEPS
    return {
        "questions": [_question(case, row, names) for row in questions],
        "withdrawable": _asked_by_reader(case, questions, _allowed(case)),
        "meetings": [_meeting(case, row, names) for row in gatherings],
        "others": others if consults else {},
        "expected": set(entry.consult) - {row.department_code for row in questions},
        "limit": str(entry.consultation or catalogue.rules.consultation),
        "silence": catalogue.rules.silence,
        "blocks": catalogue.rules.consultation_blocks,
        "pausable": [row] if row and _free(asked, item, "pause") else [],
        "extendable": [item] if longer and _free(asked, item, "extension") else [],
        "asked": [_request(case, one) for one in asked if one.item_id == item.id],
    }


def _asked_by_reader(case: Case, questions: list[Consultation], may: set[str]) -> set[int]:
    """The open questions whose task this person has: they may take them back."""
    asked = {row.task_id for row in questions if row.is_open}
    if not asked or "withdraw_consultation" not in may:
        return set()
    who = in_charge(reader(), [task for task in case.tasks if task.id in asked], today())
    mine = {task for task, one in who.items() if one and one.person.id == current_user.person.id}
    return {row.id for row in questions if row.is_open and row.task_id in mine}


_ITEM_STEPS = {(state, "consult") for state in (ItemState.REVIEWING, ItemState.PRE_REVIEWED,
                                                 ItemState.RETURN_REVIEW)}  # fmt: skip


def _allowed(case: Case) -> set[str]:
    roles: frozenset[Role] = current_user.roles
    return {action for (state, action) in CASES if state == case.state and ACTIONS[action] & roles}


def pausable(case: Case, item: CaseItem, may: set[str]) -> dict[str, Any] | None:
    """An item for which a pause may be asked, with the procedures that stop its clock."""
    catalogue = published(case.version).catalogue
    procedures = [one for one in catalogue.item(item.code).special if one.stops_clock]
    if item.state is not ItemState.REVIEWING or not procedures or "request_pause" not in may:
        return None
    return {"item": item, "procedures": procedures} if catalogue.rules.pause_approval else None


def _undecided(case: Case) -> list[ClockRequest]:
    """What was asked to be done to the clocks and still waits, where it still can be done."""
    over = {item.id for item in case.items if item.decided}
    return [
        row
        for row in talks.requests_of(reader(), case)
        if row.decided_at is None and row.item_id not in over
    ]


def _free(asked: list[ClockRequest], item: CaseItem | None, kind: str) -> bool:
    """Whether the same has not been asked for already."""
    item_id = item.id if item else None
    return not any((row.item_id, row.kind) == (item_id, kind) for row in asked)


def _runs(item: CaseItem) -> bool:
    return item.state in GOING and item.state is not ItemState.RETURN_REVIEW


def callable_items(case: Case) -> list[dict[str, Any]]:
    """The items that may be invited, those of a visiting group with its name and its time."""
    catalogue = published(case.version).catalogue
    groups = {group.code: group for group in catalogue.onsite_groups}
    return [
        {"item": item, "group": groups.get(catalogue.item(item.code).onsite or "")}
        for item in case.items
        if item.state in GOING
    ]


def _names() -> dict[str, str]:
    """The departments that can be asked and invited: those with a post that answers."""
    query = (
        select(Department)
        .join(Post, Post.department_code == Department.code)
        .where(Post.duty == HANDLER)
        .order_by(Department.code)
    )
    return {row.code: department_name(row) for row in reader().scalars(query)}


def _leads(department: str) -> bool:
    """Whether this person calls and concludes what a department leads."""
    if Role.WINDOW_LEAD in current_user.roles:
        return True
    return any(code == department for code, _duty in current_user.tasks.posts)


def _item(case: Case, item_id: int | None) -> CaseItem | None:
    return next((item for item in case.items if item.id == item_id), None)


def _question(case: Case, row: Consultation, names: dict[str, str]) -> dict[str, Any]:
    return {
        "row": row,
        "item": _item(case, row.item_id),
        "department": names.get(row.department_code, row.department_code),
        "answer": word(ANSWERS, row.answer) if row.answer else "",
        "silent": row.answer is not None and row.answered_by is None,
        "asked_at": row.deadline.started_at,
        "due_at": row.deadline.due_at,
        "open": row.is_open,
    }


def _meeting(case: Case, row: Meeting, names: dict[str, str]) -> dict[str, Any]:
    return {
        "row": row,
        "kind": word(MEETINGS, row.kind),
        "leader": names.get(row.leader_code, row.leader_code),
        "due_at": row.deadline.due_at,
        "seats": [_seat(case, seat, names) for seat in row.attendances],
    }


def _seat(case: Case, seat: Attendance, names: dict[str, str]) -> dict[str, Any]:
    if seat.released:
        comes = _("不必再参加")
    elif seat.attends is None:
        comes = ""
    else:
        comes = _("参加") if seat.attends else _("缺席")
    return {
        "row": seat,
        "item": _item(case, seat.item_id),
        "department": names.get(seat.department_code, seat.department_code),
        "comes": comes,
        "conclusion": word(ANSWERS, seat.conclusion) if seat.conclusion else "",
        "silent": seat.closed_at is not None and seat.by is None and not seat.released,
    }


def _seats(
    case: Case, gatherings: list[Meeting], answers: set[str], may: set[str], names: dict[str, str]
) -> list[dict[str, Any]]:
    """Where this person says whether their department comes, and what it found."""
    if "record_attendance" not in may:
        return []
    return [
        {**_seat(case, seat, names), "meeting": row, "kind": word(MEETINGS, row.kind)}
        for row in gatherings
        if row.concluded_at is None
        for seat in row.attendances
        if seat.closed_at is None and seat.department_code in answers
    ]


def _request(case: Case, row: ClockRequest) -> dict[str, Any]:
    return {"row": row, "item": _item(case, row.item_id)}
