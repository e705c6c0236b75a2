"""POST: every change goes through here, and from here through `perform`.

A refusal shows the page it came from again, with what was written and the sentence; a program
that asks for JSON gets the code and the sentence.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import bindparam, exists, select

from server import applicant, cases, forms, papers, review, window
from server.action_words import ACTIONS as WORDS
from server.around import BESIDE
from server.auth import actor, door
from server.context import acting, reader, today
from server.errors import again, refused, wants_json
from server.files import read_attachment
from server.form_files import taken
from server.intake_drafts import forget_draft
from server.labels import refusal_sentence, word
from server.personal import forget_drafts
from server.published_forms import form_of
from server.queue import received
from server.reading import FormInvalid, read_action
from server.rehearsal import REHEARSED, foretell
from server.rights import step_rights, writes_application
from workflows.actions import ACTIONS, Action, perform
from workflows.actions.base import CaseAction, CaseNotFound
from workflows.actions.receive import AlreadyReceived
from workflows.errors import WorkflowError
from workflows.models import Case, CaseItem, Draft, ProcessVersion, Task

#: One form of the task page hands a task to a colleague: for good, or to have it back.
HANDING_ON = ("forward", "delegate")

actions = Blueprint("actions", __name__)

#: What is asked from the page of a task that goes on.
STAYS = frozenset({
    "sign_for", "claim", "accept_forward", "consult", "withdraw_consultation", "request_pause",
    "request_extension",
})  # fmt: skip

Page = Callable[..., str]


#: A task, its item, the version of the process that has its form, and whether it has a draft.
FORM = (
    select(ProcessVersion, Task, CaseItem.code, exists().where(Draft.task_id == Task.id))
    .join(Case, Case.version_id == ProcessVersion.id)
    .join(Task, Task.case_id == Case.id)
    .join(CaseItem, CaseItem.id == Task.item_id)
    .where(Task.id == bindparam("task"), Case.number == bindparam("number"))
)


@actions.post("/cases")
def receive() -> ResponseReturnValue:
    """Receive an application; sent twice, it is received once."""
    door("receive")
    form = request.form
    try:
        action = window.read_receipt(form)
        case = perform("", action, acting(actor()))
    except AlreadyReceived as twice:
        forget_draft()
        flash(refusal_sentence(twice), "success")
        return redirect(url_for("window.receipt", number=twice.params["number"], print=1))
    except WorkflowError as refusal:
        return again(refusal, window.intake_page, form.get("process", ""))
    received(case.number)
    return _done(case, "receive", url_for("window.receipt", number=case.number, print=1))


@actions.post("/cases/<number>/<name>")
def act_on_case(number: str, name: str) -> ResponseReturnValue:
    """Any other action on a case."""
    if name in HANDING_ON and request.form.get("as") in HANDING_ON:
        name = request.form["as"]
    kind = ACTIONS.get(name)
    if kind is None or not issubclass(kind, CaseAction) or name == "receive":
        abort(404)
    door(name)
    _own_case_only(number)
    try:
        action = _read(kind, number)
        if name in REHEARSED and "rehearse" in request.form:
            return _foretold(number, action)
        case = perform(number, action, acting(actor()))
    except WorkflowError as refusal:
        if name == "migrate_case":
            return refused(refusal)  # designers see no case
        return again(refusal, *_page_of(number, name))
    if g.pop("drafted", False):
        forget_drafts(int(request.form["task"]))
    return _done(case, name, _next_page(number, name))


def _foretold(number: str, action: Action) -> str:
    """The page once more, with what the move on it would come to."""
    page, subject = _page_of(number, action.name)
    return page(subject, foretold=foretell(number, action, acting(actor())))


def _own_case_only(number: str) -> None:
    """An applicant reaches only the case whose code was shown."""
    from_applicant = not actor().person_id and session.get("tracked") != number
    if from_applicant:
        abort(403)


def _read(kind: type[Action], number: str) -> Action:
    """The action from the form; a task's own form is validated against its schema."""
    if kind.name == "attach":
        return read_attachment(request.files.get("file"), request.form)
    if "reuse" in kind.__dataclass_fields__:  # type: ignore[attr-defined]
        return _read_papers(kind)
    task_id = request.form.get("task", "")
    if not task_id.isdecimal() or "form" not in kind.__dataclass_fields__:  # type: ignore[attr-defined]
        return read_action(kind, request.form)
    asked = {"task": int(task_id), "number": number}
    found = reader().execute(FORM, asked).one_or_none()
    if found is None:
        raise CaseNotFound(number=number)
    version, task, item, g.drafted = found
    form = form_of(version, task.form)
    posted, unfit = taken(form, request.form)
    data, errors = forms.validate(form, posted, today())
    errors |= unfit
    known: dict[str, Any] = {"form": data, "opinion": data.get("opinion") or ""}
    if writes_application(request.form) and "application" in kind.__dataclass_fields__:  # type: ignore[attr-defined]
        kept = reader().scalars(select(Case.form).where(Case.number == number)).one()
        rights = step_rights(version, item, task)
        known["application"], wrong = rights.read(kept, request.form)
        errors |= wrong
    if errors:
        raise FormInvalid(errors)
    return read_action(kind, request.form, **known)


def _read_papers(kind: type[Action]) -> Action:
    """An action that takes in materials: what stands on them, and what is taken over."""
    dates, reuse, errors = papers.read(request.form)
    if errors:
        raise FormInvalid(errors)
    return read_action(kind, request.form, dates=dates, reuse=reuse)


def _page_of(number: str, name: str) -> tuple[Page, Any]:
    """The page that an action is done on, to show it again."""
    if not actor().person_id:
        return applicant.progress_page, number
    task_id = request.form.get("task", "")
    if task_id.isdecimal() and name not in ("sign_for", "jump"):
        return review.task_page, int(task_id)
    return cases.case_page, number


def _next_page(number: str, name: str) -> str:
    if name == "accept" and request.form.get("deferred"):
        return url_for("window.deferral_notice", number=number)
    if name == "return_for_supplement":
        return url_for("window.supplement_notice", number=number)
    if name in STAYS and request.form.get("task"):
        anchor = "h-opinion" if name == "sign_for" else None
        return url_for("review.task", task_id=request.form["task"], _anchor=anchor)
    if name in BESIDE and actor().person_id:
        return _beside(number, name)
    if request.form.get("task") and name != "jump":
        return url_for("desk.home")
    if name == "migrate_case":
        return url_for("designer.processes")
    if not actor().person_id:
        return url_for("applicant.progress")
    return url_for("cases.detail", number=number)


def _beside(number: str, name: str) -> str:
    """Back to where somebody was: the task, or the case, at what was done."""
    place = {"comment": "talk", "attach": "files", "detach": "files"}.get(name)
    task_id = request.form.get("task", "")
    if task_id.isdecimal():
        return url_for("review.task", task_id=int(task_id), _anchor=place)
    return url_for("cases.detail", number=number, _anchor=place)


def _done(case: Case, name: str, target: str) -> ResponseReturnValue:
    if wants_json():
        return {"number": case.number, "state": case.state.value}
    words = word(WORDS, name)
    flash(_("已办理“%(action)s”：%(number)s", action=words, number=case.number), "success")
    return redirect(target, 303)
