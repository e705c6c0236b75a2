"""投诉: brought without an account, or taken in by who hears it; followed with number and code."""

import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from server.auth import actor, limiter
from server.context import acting, reader, services, today
from server.errors import refused, status_of, wants_json
from server.labels import any_state, limit_words, refusal_sentence, word
from server.rating import ANONYMOUS
from server.ratings import clock_of
from server.reading import FormInvalid, read_action
from server.settings import ROOT
from server.voice_words import CATEGORIES, COMES_BY
from workflows.actions import perform
from workflows.actions.complaints import LONGEST_TEXT
from workflows.actions.register_complaint import ComplaintThere, RegisterComplaint
from workflows.errors import WorkflowError
from workflows.models import Complaint
from workflows.queries.complaints import complaint_of, follow
from workflows.queries.ratings import clocks_of
from workflows.voices import rules_on

complaint = Blueprint("complaint", __name__)

#: The diagram that complaints run on; who began on an older one keeps it.
DIAGRAM = ROOT / "bpmn/complaint/complaint.bpmn"
#: By what a complaint comes when nobody took it in.
ONLINE = "online"


@complaint.get("/complaint")
def new() -> str:
    """The form: what happened, who it is about; a name only if one likes."""
    return _form()


def _form(refusal: WorkflowError | None = None) -> str:
    rules = rules_on(today())
    posted = request.method == "POST"
    return render_template(
        "complaint_new.html",
        categories=[(code, f"{code} {word(CATEGORIES, code)}") for code in rules.categories],
        channels=[(code, word(COMES_BY, code)) for code in rules.channels],
        taken_in=current_user.is_authenticated,
        token=request.form.get("token") or secrets.token_urlsafe(16),
        data=request.form if posted else {"case": session.get("tracked", "")},
        errors=refusal.errors if isinstance(refusal, FormInvalid) else {},
        sentence=refusal_sentence(refusal) if refusal else None,
        longest=LONGEST_TEXT,
        limit=limit_words(str(rules.limits["accept"].limit)),
    )


@complaint.post("/complaint")
@limiter.limit("10/minute")
def register() -> ResponseReturnValue:
    """Register it; sent twice, it is registered once."""
    staff = bool(current_user.is_authenticated)
    known = {"diagram": DIAGRAM.read_text("utf-8")} | ({} if staff else {"channel": ONLINE})
    try:
        number = _registered(read_action(RegisterComplaint, request.form, **known), staff)
    except WorkflowError as refusal:
        return refused(refusal) if wants_json() else (_form(refusal), status_of(refusal))
    session["complaint"] = number
    return redirect(url_for("complaint.progress"), 303)


def _registered(action: Any, staff: bool) -> str:
    """The number it has now; of a form that was sent twice, the one it was given first."""
    context = acting(actor() if staff else ANONYMOUS)
    try:
        found: Complaint = perform("", action, context)
    except ComplaintThere as twice:
        return str(twice.params["number"])
    return found.number


@complaint.get("/complaint/track")
def ask() -> str:
    """Ask for number and code."""
    return render_template("complaint_track.html", values={})


@complaint.post("/complaint/track")
@limiter.limit("60/minute")
def asked() -> ResponseReturnValue:
    """Check number and code; the session then knows this one complaint."""
    try:
        found = follow(reader(), request.form.get("number", ""), request.form.get("code", ""))
    except WorkflowError as refusal:
        values = {"values": request.form, "sentence": refusal_sentence(refusal)}
        return render_template("complaint_track.html", **values), status_of(refusal)
    session["complaint"] = found.number
    return redirect(url_for("complaint.progress"), 303)


@complaint.get("/complaint/progress")
def progress() -> ResponseReturnValue:
    """How far it is, by when it goes on, what came of it; no names of anybody."""
    with services().database.readers() as fresh:
        found = complaint_of(fresh, session.get("complaint", ""))
        if found is None:
            return redirect(url_for("complaint.ask"))
        clocks = clocks_of(fresh, [found.key]).get(found.key, [])
        return render_template(
            "complaint_progress.html",
            complaint=found,
            state=any_state(found.state),
            category=word(CATEGORIES, found.category),
            clocks=[clock_of(row) for row in clocks],
        )
