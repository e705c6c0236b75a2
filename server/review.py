"""办理页: one task, with everything that is needed to decide it on one screen."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server import dossier
from server.adjusting import returning
from server.ahead import ahead
from server.around import BESIDE, around
from server.cases import allowed, posted_to
from server.context import calendars, now, reader, today
from server.form_fields import Form
from server.form_files import again
from server.form_script import live
from server.forms import written
from server.handing import handing
from server.labels import refusal_sentence
from server.papers import papers
from server.parallel import in_charge, matrix_rows
from server.published_forms import form_of
from server.reading import FormInvalid
from server.rights import step_rights
from server.signing import signing
from server.talks import asking
from server.view import standing_text
from workflows.actions.clocks import undecided_gates
from workflows.catalogue.published import published
from workflows.errors import WorkflowError
from workflows.models import Case, CaseItem, Task
from workflows.models.deadline import Clock
from workflows.personal.drafts import draft_of
from workflows.personal.phrases import phrases
from workflows.queries.matrix import matrix
from workflows.queries.standing import standing
from workflows.states import CaseState, ItemState

review = Blueprint("review", __name__)


@review.get("/tasks/<int:task_id>")
def task(task_id: int) -> str:
    """A task with its form, its limits and the parallel work around it."""
    return task_page(task_id)


def task_page(
    task_id: int, refusal: WorkflowError | None = None, foretold: dict[str, Any] | None = None
) -> str:
    """The page, with what was posted when it is shown again."""
    row = reader().get(Task, task_id)
    if row is None:
        abort(404)
    case = reader().get(Case, row.case_id)
    assert case is not None
    item = next(item for item in case.items if item.id == row.item_id)
    errors = refusal.errors if isinstance(refusal, FormInvalid) else {}
    people = _people(case, row)
    return render_template(
        "task.html",
        case=case,
        task=row,
        item=item,
        entry=published(case.version).catalogue.item(item.code),
        errors=errors,
        sentence=refusal_sentence(refusal) if refusal and not errors else None,
        waiting_for=undecided_gates(case, item, "decision"),
        steps=[t for t in case.tasks if t.item_id == item.id and t.conclusion],
        may_decide=item.state is ItemState.REVIEWING,
        posted=posted_to,
        foretold=foretold,
        **_form(case, row, item),
        **_moves(case, row, item),
        **_beside(case, row),
        **_time(case, row, item),
        hand=handing(case, row, people["mine"]),
        **people,
        talks=asking(case, row, item, people["mine"]),
    )


def _moves(case: Case, row: Task, item: CaseItem) -> dict[str, Any]:
    """Where the task may go, and what each way of concluding it comes to."""
    return {
        "back": returning(case, row),
        "ahead": ahead(case, row),
        "may_take_back": _may_take_back(case, row, item),
    }


def _beside(case: Case, row: Task) -> dict[str, Any]:
    """What stands around the task."""
    may = allowed(case)
    beside = around(case, may, row)
    item = next(item for item in case.items if item.id == row.item_id)
    return {"may": may, "around": beside, "papers": papers(case, beside, item.code)}


def _form(case: Case, row: Task, item: CaseItem) -> dict[str, Any]:
    """The form of the task: as posted, as kept, or as before; and what of the case it shows."""
    form, rights = form_of(case.version, row.form), step_rights(case.version, item.code, row)
    for_form = request.method == "POST" and (request.view_args or {}).get("name") not in BESIDE
    posted = again() if for_form else MultiDict[str, str]()
    draft = None if row.closed_at else draft_of(reader(), current_user.person.id, row.id)
    kept = draft.data if draft else _said_before(case, row)
    return {
        "form": form,
        "live": live(form),
        "live_application": rights.live(case.form),
        "draft": draft,
        "data": _posted(form, posted) or kept,
        "phrases": phrases(reader(), current_user.person.id),
        "writable": rights.asked,
        "written": rights.shown(case.form, posted, kept),
        "application": dossier.application(case, rights.hidden),
    }


def _time(case: Case, row: Task, item: CaseItem) -> dict[str, Any]:
    """How the item stands with its limits, or the check of its commitment."""
    clock = Clock.CHECK if row.kind == "check" else Clock.ITEM
    clocks = [deadline for deadline in case.deadlines if deadline.item_id == item.id]
    stands = standing(clocks, case.pauses, clock, now(), calendars(case.region))
    return {"standing": stands, "left": standing_text(stands)}


def _people(case: Case, row: Task) -> dict[str, Any]:
    """Who has this task today, whether that is the reader, and who has the others."""
    rows = matrix(reader(), case, now(), calendars(case.region))
    asker = next((task for task in case.tasks if task.id == row.signer_of), row)
    beside = [one for one in case.tasks if one.item_id == row.item_id and one.closed_at is None]
    tasks = [row, asker, *beside, *(one.task for one in rows if one.task)]
    who = in_charge(reader(), tasks, today())
    mine, asks = who.get(row.id), who.get(asker.id)
    return {
        "who": mine,
        "mine": bool(mine and mine.person.id == current_user.person.id),
        "asks": bool(asks and asks.person.id == current_user.person.id),
        "rows": matrix_rows(case, rows, who),
        "signing": signing(case, row, who),
    }


def _may_take_back(case: Case, row: Task, item: CaseItem) -> bool:
    """Whether the reader concluded it, and may still find that nobody has gone on."""
    mine = row.closed_by_id == current_user.person.id and bool(row.conclusion)
    here = case.state is CaseState.IN_REVIEW and not item.decided
    return mine and here and row.void_at is None and row.signer_of is None


def _said_before(case: Case, row: Task) -> dict[str, Any]:
    """What the reader wrote when the task was done before; it is open again."""
    rounds = [one for one in case.tasks if (one.instance_id, one.number) == _place(row)]
    mine = [one for one in rounds if one.closed_by_id == current_user.person.id and one.form_data]
    return dict(mine[-1].form_data or {}) if mine and row.closed_at is None else {}


def _place(row: Task) -> tuple[int, int]:
    return row.instance_id, row.number


def _posted(form: Form, posted: MultiDict[str, str]) -> dict[str, Any]:
    """What was written, with the phrase that was asked for behind what stands there."""
    if not posted:
        return {}
    data = {key: posted[key] for key in posted} | written(form, posted)
    for phrase in phrases(reader(), current_user.person.id):
        if posted.get("phrase") == str(phrase.id):
            data["opinion"] = (posted.get("opinion", "").rstrip() + "\n" + phrase.text).strip()
    return data
