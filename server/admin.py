"""机构与人员: who fills which post today, who is away, whose qualification has run out."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from server.auth import actor
from server.context import acting, reader, today
from server.errors import refused, status_of, wants_json
from server.labels import ACTIONS as WORDS
from server.labels import refusal_sentence, word
from server.reading import read_action
from workflows.actions import ACTIONS, perform
from workflows.actions.base import OrganisationAction
from workflows.actions.people import responsible
from workflows.errors import WorkflowError
from workflows.queries.board import posts

admin = Blueprint("admin", __name__)


@admin.get("/people")
def people() -> str:
    """Every post with holder, deputy, and who acts today."""
    return people_page()


def people_page(refusal: WorkflowError | None = None) -> str:
    """The page, with what was posted when it is shown again."""
    rows = [(post, responsible(post, today())) for post in posts(reader())]
    return render_template(
        "people.html",
        rows=sorted(rows, key=lambda row: (row[0].department_code, row[0].id)),
        today=today(),
        data=request.form if request.method == "POST" else {},
        sentence=refusal_sentence(refusal) if refusal else None,
    )


@admin.post("/people/<name>")
def act_on_people(name: str) -> ResponseReturnValue:
    """Record an absence, set or suspend a qualification."""
    kind = ACTIONS.get(name)
    if kind is None or not issubclass(kind, OrganisationAction) or name.startswith("import"):
        abort(404)
    try:
        perform("organisation", read_action(kind, request.form), acting(actor()))
    except WorkflowError as refusal:
        if wants_json():
            return refused(refusal)
        return people_page(refusal), status_of(refusal)
    flash(_("已%(action)s", action=word(WORDS, name)), "success")
    return redirect(url_for("admin.people"), 303)
