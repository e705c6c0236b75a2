"""What people keep for themselves: drafts, followed cases, read marks; it has no history."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server import forms
from server.context import Services, keeping, now, reader, today
from server.errors import wants_json
from server.form_fields import GROUP, Form
from server.form_files import taken
from server.parallel import in_charge
from server.published_forms import form_of
from server.rights import step_rights
from server.view import minute
from workflows.models import Case, Task
from workflows.personal import copies, drafts, follows

#: Of one form: more than any has.
FIELDS, LENGTH = 1000, 20_000

personal = Blueprint("personal", __name__)


@personal.post("/tasks/<int:task_id>/draft")
def save_draft(task_id: int) -> ResponseReturnValue:
    """Keep what was written into the form of a task; what comes too late is left."""
    task = reader().get(Task, task_id)
    if task is None:
        abort(404)
    saved = False
    if task.closed_at is None and _is_mine(task):
        case = reader().get_one(Case, task.case_id)
        item = next(item for item in case.items if item.id == task.item_id)
        form = form_of(case.version, task.form)
        posted, _unfit = taken(form, cut(request.form))
        data = written(form, posted)
        data |= step_rights(case.version, item.code, task).draft(case.form, posted)
        with keeping() as session:
            saved = drafts.save_draft(session, current_user.person.id, task_id, data, now())
    sentence = _("已暂存 %(at)s", at=minute(now())[-5:]) if saved else ""
    if wants_json():
        return {"saved": saved, "message": sentence}
    if saved:
        flash(sentence, "success")
    more = request.form.get("more")
    return redirect(url_for("review.task", task_id=task_id, _anchor=more and f"f-{more}"), 303)


def _is_mine(task: Task) -> bool:
    who = in_charge(reader(), [task], today()).get(task.id)
    return who is not None and who.person.id == current_user.person.id


def cut(posted: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was posted, cut to what a form may hold."""
    given = list(posted.items(multi=True))[:FIELDS]
    return MultiDict((name, text.replace("\x00", "")[:LENGTH]) for name, text in given)


def written(form: Form, posted: MultiDict[str, str]) -> dict[str, Any]:
    """What stands in the fields of a form; nothing is checked yet, only cut to a length."""
    data: dict[str, Any] = {}
    tables = forms.written(form, posted)
    for field in form.fields:
        given = posted.getlist(field.key)
        if field.type == GROUP:
            rows = tables[field.key]
            if any(any(row.values()) for row in rows) or posted.get("more") == field.key:
                data[field.key] = rows
        elif given and field.type == "checklist":
            data[field.key] = [text[:200] for text in given[:200]]
        elif given:
            data[field.key] = given[0][: max(200, 2 * field.longest)]
    return data


def forget_drafts(task_id: int) -> None:
    """A task was done: what anyone had written into it is needed no more."""
    with keeping() as session:
        drafts.drop_drafts(session, task_id)


def forget_stale(known: Services) -> int:
    """Drafts of tasks that were closed in another way; returns how many there were."""
    with known.database.writers() as session, session.begin():
        return drafts.drop_stale(session)


@personal.post("/cases/<number>/follow")
def follow(number: str) -> ResponseReturnValue:
    """Follow a case, or no more."""
    begin = request.form.get("follow") == "true"
    me = current_user.person.id
    with keeping() as session:
        if begin:
            found = follows.follow(session, me, number, now())
        else:
            found = follows.unfollow(session, me, number)
    if not found:
        abort(404)
    if wants_json():
        return {"follows": begin}
    flash(_("已关注，可在工作台查看。") if begin else _("已取消关注。"), "success")
    return redirect(url_for("cases.detail", number=number), 303)


@personal.post("/copies/<int:copy_id>/read")
def mark_read(copy_id: int) -> ResponseReturnValue:
    """Mark a copy as read; another person's stays as it is."""
    with keeping() as session:
        copies.mark_read(session, current_user.person.id, copy_id, now())
    if wants_json():
        return {"read": True}
    return redirect(url_for("desk.home", list="copied"), 303)
