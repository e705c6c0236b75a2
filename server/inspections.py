"""涉企检查: inspections of enterprises, filed, approved and recorded; who comes too often or alone.

Every department sees every inspection: only so can two of them come together.
"""

from datetime import date
from secrets import token_hex
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from server.action_words import ACTIONS as WORDS
from server.auth import actor, door
from server.context import acting, reader, today
from server.errors import again
from server.inspection_words import KINDS, STATES
from server.labels import refusal_sentence, word
from server.lists import page_number
from server.names import department_name, zh
from server.reading import FormInvalid, read_action
from server.view import minute
from workflows.actions import ACTIONS, perform
from workflows.actions.file_inspection import FileInspection
from workflows.actions.inspections import APPROVES, FILES, InspectionAction
from workflows.errors import WorkflowError
from workflows.inspecting import rules_on
from workflows.models import Department, Inspection, Person
from workflows.permissions import ACTIONS as PERMITTED
from workflows.permissions import Role
from workflows.queries import inspections as queries
from workflows.queries.timeline import timeline
from workflows.states import INSPECTIONS

inspections = Blueprint("inspections", __name__)

#: What is done on the page of an inspection, and the post that does it.
VERBS = {
    "approve_inspection": APPROVES, "record_inspection": FILES, "cancel_inspection": FILES,
}  # fmt: skip


@inspections.get("/inspections")
def overview() -> str:
    """The inspections, those of one's own department first if one has one."""
    wanted = {name: request.args.get(name, "").strip()[:100] for name in ("q", "state")}
    wanted["state"] = wanted["state"] if wanted["state"] in set(STATES) else ""
    wanted["department"] = request.args.get("department", own_department() or "")[:40]
    page = page_number()
    found = queries.listed(reader(), wanted, page)
    return render_template(
        "inspections.html",
        found=found,
        wanted=wanted,
        departments=departments(),
        states=[(state.value, word(STATES, state)) for state in STATES if state != "new"],
        page=page,
        pages=-(-found.total // queries.SHOWN),
        may_file=bool(PERMITTED["file_inspection"] & current_user.roles),
        **WORDED,
    )


@inspections.get("/inspections/new")
def new() -> str:
    """The form to file one."""
    return new_page()


def new_page(_subject: object = None, refusal: WorkflowError | None = None) -> str:
    """The form, with what was posted when it is shown again."""
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    return render_template(
        "inspection_new.html",
        data=request.form if request.method == "POST" else request.args,
        chosen=request.form.getlist("joint"),
        token=request.form.get("token") or token_hex(16),
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
        kinds=[(kind.value, word(KINDS, kind)) for kind in KINDS],
        others=[one for one in departments() if one[0] != own_department()],
        rules=rules_on(today()),
        today=today(),
    )


@inspections.post("/inspections/new")
def file_one() -> ResponseReturnValue:
    """File it."""
    door("file_inspection")
    try:
        filed = perform("", read_action(FileInspection, request.form), acting(actor()))
    except WorkflowError as refusal:
        return again(refusal, new_page, None)
    flash(_("已备案，编号 %(number)s，等待审批。", number=filed.number), "success")
    return redirect(url_for("inspections.detail", inspection=filed.number), 303)


@inspections.get("/inspections/<inspection>")
def detail(inspection: str) -> str:
    """One inspection, what is to be done, and everybody who goes to the enterprise."""
    return detail_page(inspection)


def detail_page(inspection: str, refusal: WorkflowError | None = None) -> str:
    """The page, with what was posted when it is shown again."""
    one = reader().scalar(select(Inspection).where(Inspection.number == inspection))
    if one is None:
        abort(404)
    posted = request.method == "POST"
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    visits = queries.of_enterprise(reader(), one.enterprise_number)
    names = dict(departments())
    return render_template(
        "inspection.html",
        one=one,
        joint=[names.get(code, code) for code in one.joint],
        visits=visits,
        bars=calendar_of(visits, one),
        year=one.from_on.year,
        may=_may(one),
        people=_people(one),
        rules=rules_on(one.from_on),
        events=_events(one),
        tried=(request.view_args or {}).get("name") if posted else None,
        data=request.form if posted else {},
        chosen=request.form.getlist("inspectors"),
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
        latest=min(one.to_on, today()),
        **WORDED,
    )


@inspections.post("/inspections/<inspection>/<name>")
def act(inspection: str, name: str) -> ResponseReturnValue:
    """Approve, record, call off."""
    kind = ACTIONS.get(name)
    if kind is None or not issubclass(kind, InspectionAction) or name not in VERBS:
        abort(404)
    door(name)
    try:
        perform(f"inspection:{inspection}", read_action(kind, request.form), acting(actor()))
    except WorkflowError as refusal:
        return again(refusal, detail_page, inspection)
    flash(_("已办理“%(action)s”。", action=word(WORDS, name)), "success")
    return redirect(url_for("inspections.detail", inspection=inspection), 303)


@inspections.get("/inspections/figures")
def figures() -> str:
    """What each department did in a year."""
    asked = request.args.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and asked > "2000" else today().year
    found = queries.figures(reader(), date(year, 1, 1), date(year, 12, 31))
    return render_template(
        "inspection_figures.html",
        year=year,
        this_year=today().year,
        rows=[(dict(departments()).get(row.department, row.department), row) for row in found],
        most=max([row.filed for row in found], default=1),
        rules=rules_on(min(today(), date(year, 12, 31))),
    )


def own_department() -> str | None:
    """The department of who is signed in, where they work for one."""
    return current_user.person.department_code if Role.APPROVER in current_user.roles else None


def departments() -> list[tuple[str, str]]:
    """Every department, by its code, with its name."""
    found = reader().scalars(select(Department).order_by(Department.code))
    return [(one.code, department_name(one)) for one in found]


def calendar_of(visits: list[Inspection], this: Inspection) -> list[dict[str, Any]]:
    """Where in the year each visit is, in days from the first of January; this one on top."""
    first = date(this.from_on.year, 1, 1)
    stands = [
        one for one in visits
        if one.from_on.year == first.year and one.state not in ("refused", "cancelled")
    ]  # fmt: skip
    return [
        {"at": (one.from_on - first).days, "days": (one.to_on - one.from_on).days + 1, "one": one}
        for one in sorted(stands, key=lambda one: one.number == this.number)
    ]


def _may(one: Inspection) -> set[str]:
    """What the state allows to who acts for the post today."""
    mine = current_user.tasks.posts
    return {
        name for name, duty in VERBS.items()
        if (one.state, name) in INSPECTIONS and (one.department_code, duty) in mine
    }  # fmt: skip


def _people(one: Inspection) -> list[tuple[str, str]]:
    """Those who may have been there: of the departments that come, with a 执法证."""
    codes = [one.department_code, *one.joint]
    query = select(Person).where(Person.department_code.in_(codes), Person.active)
    found = reader().scalars(query.order_by(Person.department_code, Person.id))
    day = min(one.to_on, today())
    return [(person.username, person.name) for person in found if person.qualified_on(day)]


def _events(one: Inspection) -> list[dict[str, Any]]:
    """What was done, newest first."""
    return [
        {
            "at": minute(event.at),
            "who": zh(event.actor),
            "what": word(WORDS, event.action),
            "details": zh(event.details.get("reason") or event.details.get("result") or ""),
        }
        for event in reversed(timeline(reader(), one.key))
    ]


WORDED: dict[str, Any] = {
    "inspection_kind": lambda kind: word(KINDS, kind),
    "inspection_state": lambda state: word(STATES, state),
}
