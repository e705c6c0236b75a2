"""投诉办理: examined, handed on, investigated, weighed, handled, answered, called back.

The supervisors see all of them, a department those handed to it; who complains nobody sees but by
an act that stays in the history.
"""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy import select

from server.action_words import ACTIONS as WORDS
from server.auth import actor, door
from server.context import acting, reader
from server.doors import PAGES
from server.errors import again
from server.labels import any_state, refusal_sentence, word
from server.lists import page_number
from server.names import department_name, zh
from server.ratings import clock_of
from server.reading import FormInvalid, read_action
from server.view import minute
from server.voice_words import CALLED, CATEGORIES, COMES_BY, FINDINGS, MEASURES, WAYS
from workflows.actions import ACTIONS, perform
from workflows.actions.complaints import ComplaintAction, rules_for
from workflows.errors import N_, WorkflowError
from workflows.models import Complainant, Complaint, Department, Way
from workflows.models.complaint import HANDLES
from workflows.permissions import ACTIONS as PERMITTED
from workflows.permissions import Role
from workflows.queries import complaints as queries
from workflows.queries.ratings import SHOWN, clocks_of
from workflows.queries.timeline import timeline
from workflows.states import COMPLAINTS, ComplaintState

complaints = Blueprint("complaints", __name__)

TABS = (("ours", N_("待督查办理")), ("open", N_("全部在办")), ("closed", N_("已结投诉")))
UNSEAL = "unseal_complainant"
#: What is done on the page of a complaint.
VERBS = (
    "examine_complaint", "sign_for_complaint", "propose_outcome", "weigh_outcome",
    "handle_complaint", "answer_complaint", "call_back_complainant", "extend_complaint", UNSEAL,
)  # fmt: skip


def whose() -> queries.Hearer:
    """What this person may see."""
    if current_user.roles - {Role.APPROVER}:
        return queries.Hearer()
    return queries.Hearer(current_user.person.department_code or "")


def waiting_rows() -> list[dict[str, Any]]:
    """The complaints that wait for the reader's department, for the top of the desk."""
    mine = [code for code, duty in current_user.tasks.posts if duty == HANDLES]
    return [
        {
            "what": any_state(row.state),
            "item": word(CATEGORIES, row.category),
            "number": row.number,
            "href": url_for("complaints.detail", number=row.number),
            "due": "",
        }
        for row in queries.waiting_for(reader(), mine)
    ]


@complaints.get("/complaints")
def overview() -> str:
    """What waits, what is under way, what is over."""
    tabs = TABS if Role.SUPERVISOR in current_user.roles else TABS[1:]
    known = [key for key, _label in tabs]
    which = request.args.get("list", "")
    which = which if which in known else known[0]
    page = page_number()
    found = queries.heard(reader(), whose(), which, page)
    return render_template(
        "complaints.html",
        rows=[(row, [clock_of(one) for one in clocks]) for row, clocks in found.rows],
        total=found.total,
        which=which,
        tabs=[(key, _(label)) for key, label in tabs],
        page=page,
        pages=-(-found.total // SHOWN),
        may_register=bool(PERMITTED["register_complaint"] & current_user.roles),
        may_count=bool(PAGES["complaint_figures.figures"] & current_user.roles),
        **WORDED,
    )


@complaints.get("/complaints/<number>")
def detail(number: str) -> str:
    """One complaint: what is said, where its process is, what is to be done."""
    return detail_page(number)


@complaints.get("/complaints/<number>/diagram.bpmn")
def diagram(number: str) -> Response:
    """The diagram this complaint runs on."""
    return Response(_found(number).diagram.source, mimetype="application/xml")


def detail_page(
    number: str, refusal: WorkflowError | None = None, who: Complainant | None = None
) -> str:
    """The page, with what was posted when it is shown again; or with what was just unsealed."""
    found = _found(number)
    clocks = clocks_of(reader(), [found.key], stopped=True).get(found.key, [])
    posted = request.method == "POST" and refusal is not None
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    return render_template(
        "complaint.html",
        complaint=found,
        who=who,
        clocks=[clock_of(row) for row in clocks],
        states=_states(found),
        labels={"approved": _("已经过"), "reviewing": any_state(found.state)},
        may=_may(found),
        may_issue=Role.SUPERVISOR in current_user.roles,
        events=_events(found),
        tried=(request.view_args or {}).get("name") if posted else None,
        data=request.form if posted else {},
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
        **_offered(found),
        **WORDED,
    )


def _offered(found: Complaint) -> dict[str, Any]:
    """What is chosen from in the forms of the page."""
    departments = reader().scalars(select(Department).order_by(Department.code))
    calls = ("anonymous",) if not found.real_name else tuple(set(CALLED) - {"anonymous"})
    return {
        "departments": [(row.code, department_name(row)) for row in departments],
        "ways": [(key.value, word(WAYS, key)) for key in WAYS],
        "findings": [(key.value, word(FINDINGS, key)) for key in FINDINGS],
        "measures": [(key, word(MEASURES, key)) for key in rules_for(found).measures],
        "results": [(key, word(CALLED, key)) for key in CALLED if key in calls],
    }


@complaints.post("/complaints/<number>/<name>")
def act(number: str, name: str) -> ResponseReturnValue:
    """Any action on a complaint; who complains is shown once, to who has just unsealed it."""
    kind = ACTIONS.get(name)
    if kind is None or not issubclass(kind, ComplaintAction) or name not in VERBS:
        abort(404)
    door(name)
    found = _found(number)
    try:
        perform(found.key, read_action(kind, request.form), acting(actor()))
    except WorkflowError as refusal:
        return again(refusal, detail_page, number)
    if name == UNSEAL:
        return detail_page(number, who=queries.sealed(reader(), found))
    flash(_("已办理“%(action)s”。", action=word(WORDS, name)), "success")
    return redirect(url_for("complaints.detail", number=number), 303)


def _found(number: str) -> Complaint:
    """A complaint this person may see."""
    found = queries.complaint_of(reader(), number)
    if found is None or not whose().hears(found):
        abort(404)
    return found


def _may(found: Complaint) -> set[str]:
    """What roles and state allow; whose it is, the action itself asks."""
    may = {
        name
        for name in VERBS
        if (found.state, name) in COMPLAINTS and PERMITTED[name] & current_user.roles
    }
    if found.way is not Way.OWN and Role.APPROVER not in current_user.roles:
        may -= {"propose_outcome", "handle_complaint"}
    if not found.real_name:
        may.discard(UNSEAL)
    if found.extended:
        may.discard("extend_complaint")
    return may


def _states(found: Complaint) -> dict[str, str]:
    """How far the process is, for its picture: steps gone through, and the one it waits at."""
    gone = {event.from_state for event in timeline(reader(), found.key)}
    states = {state.value: "approved" for state in ComplaintState if state in gone}
    return states | {found.state.value: "approved" if found.closed_at else "reviewing"}


def _events(found: Complaint) -> list[dict[str, Any]]:
    """What was done, newest first."""
    return [
        {
            "at": minute(event.at),
            "who": zh(event.actor) if event.actor not in ("system", "applicant") else None,
            "what": word(WORDS, event.action),
            "details": _details(event.details),
            "light": event.details.get("light"),
        }
        for event in reversed(timeline(reader(), found.key))
    ]


#: What the details of an act hold as a code → its words.
CODES: dict[str, dict[Any, str]] = {
    "way": WAYS, "finding": FINDINGS, "measure": MEASURES, "result": CALLED, "channel": COMES_BY,
}  # fmt: skip
YES_NO = {
    "accepted": (N_("受理"), N_("不予受理")),
    "signed": (N_("已签收"), N_("退回")),
    "passed": (N_("通过"), N_("退回重新调查")),
}


def _details(details: dict[str, Any]) -> Markup:
    """What was said or decided, as far as a person reads it."""
    told = [word(CODES[key], details[key]) for key in CODES if details.get(key)]
    told += [_(YES_NO[key][0 if details[key] else 1]) for key in YES_NO if key in details]
    if details.get("round"):
        told.append(_("第 %(n)s 轮", n=details["round"]))
    if "due" in details:
        told.append(_("%(due)s 前", due=details["due"]))
    said = details.get("reason")
    return Markup(" · ").join([*told, *([zh(said)] if said else [])])


WORDED: dict[str, Any] = {
    "category_word": lambda code: f"{code} {word(CATEGORIES, code)}",
    "comes_by": lambda code: word(COMES_BY, code),
    "way_word": lambda way: word(WAYS, way),
    "finding_word": lambda finding: word(FINDINGS, finding),
    "measure_word": lambda code: word(MEASURES, code),
    "state_of": any_state,
}
