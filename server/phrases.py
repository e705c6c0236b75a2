"""常用意见: kept by each approver for himself, put into the opinion with one key or one button."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from server import review
from server.context import keeping, reader
from server.labels import refusal_sentence
from workflows.errors import WorkflowError
from workflows.personal import phrases as own

phrases = Blueprint("phrases", __name__)


@phrases.get("/phrases")
def list_phrases() -> str:
    """The own phrases: add, remove, order."""
    rows = own.phrases(reader(), current_user.person.id)
    return render_template("phrases.html", phrases=rows, most=own.MOST, longest=own.LONGEST)


@phrases.post("/phrases")
def add() -> ResponseReturnValue:
    """Keep one more."""
    _keep(request.form.get("text", ""))
    return redirect(url_for("phrases.list_phrases"), 303)


@phrases.post("/phrases/<int:phrase_id>")
def change(phrase_id: int) -> ResponseReturnValue:
    """Take one out, or move it up."""
    act = own.raise_phrase if "up" in request.form else own.remove_phrase
    with keeping() as session:
        act(session, current_user.person.id, phrase_id)
    return redirect(url_for("phrases.list_phrases"), 303)


@phrases.post("/tasks/<int:task_id>/phrase")
def use(task_id: int) -> str:
    """The page of a task again, with a phrase in the opinion; or with the opinion kept as one."""
    if "keep_phrase" in request.form:
        _keep(request.form.get("opinion", ""))
    return review.task_page(task_id)


def _keep(text: str) -> None:
    try:
        with keeping() as session:
            own.add_phrase(session, current_user.person.id, text)
    except WorkflowError as refused:
        flash(refusal_sentence(refused), "error")
    else:
        flash(_("已存为常用意见。"), "info")
