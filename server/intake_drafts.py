"""暂存: what a clerk has written into the form of intake is kept on the server as it is written.

The page does it a moment after the typing stops; without scripts there is a button.  The themes
share the draft, so that another theme begins with what is written already.
"""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server.context import keeping, now, reader
from server.errors import wants_json
from server.form_files import taken
from server.published_forms import form_of
from server.view import minute
from workflows.models import IntakeDraft, Ticket
from workflows.personal import intake
from workflows.queries.processes import published_versions

intake_drafts = Blueprint("intake_drafts", __name__)

#: Of one form: more than any has.
FIELDS, VALUES, LENGTH = 300, 300, 4000
#: What the buttons of the page add.
BUTTONS = frozenset({"csrf_token", "to", "then", "scan", "more"})


def my_draft() -> IntakeDraft | None:
    """What the clerk who asks has written so far."""
    return intake.draft_of(reader(), current_user.person.id)


def left_over(draft: IntakeDraft | None, ticket: Ticket | None) -> bool:
    """Whether what was kept is of another applicant than the one at the window."""
    kept = draft.data.get("ticket", [""])[0] if draft else ""
    return bool(ticket and kept) and kept != str(ticket.id if ticket else "")


def written(posted: MultiDict[str, str]) -> dict[str, list[str]]:
    """What stands in the fields of the page; nothing is checked yet, only cut to a length."""
    keys = [key for key in posted if key not in BUTTONS and len(key) <= 100]
    return {
        key: [text.replace("\x00", "")[:LENGTH] for text in posted.getlist(key)[:VALUES]]
        for key in keys[:FIELDS]
    }


def keep_draft(process: str, data: Mapping[str, list[str]]) -> bool:
    """Keep what was written; False when there is nothing to keep."""
    with keeping() as session:
        return intake.keep(session, current_user.person.id, process[:100], data, now())


def forget_draft() -> None:
    """It was received."""
    with keeping() as session:
        intake.discard(session, current_user.person.id)


def _with_slips(posted: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was posted, with a slip for each file that came with it."""
    if not request.files:
        return posted
    versions = published_versions(reader())
    version = next((row for row in versions if row.process == posted.get("process")), None)
    return taken(form_of(version), posted)[0] if version else posted


@intake_drafts.post("/intake/draft")
def keep() -> ResponseReturnValue:
    """Keep the form, and go on: with the items it asks for, with another theme, or later."""
    form = _with_slips(request.form)
    to = form.get("to") or form.get("process", "")
    kept = keep_draft(to, written(form))
    sentence = _("已暂存 %(at)s", at=minute(now())[-5:]) if kept else ""
    if wants_json():
        return {"saved": kept, "message": sentence}
    if more := form.get("more"):
        target = url_for("window.intake", process=to, more=more, _anchor=f"f-{more}")
        return redirect(target, 303)
    if "then" in form or "to" in form:
        anchors = {"items": "h-items", "materials": "h-materials"}
        anchor = anchors.get(form.get("then", ""), "h-theme")
        return redirect(url_for("window.intake", process=to, _anchor=anchor), 303)
    if kept:
        flash(sentence, "success")
    return redirect(url_for("window.intake", process=to), 303)


@intake_drafts.post("/intake/discard")
def discard() -> ResponseReturnValue:
    """Begin with an empty form; or go on with what was left, for whoever is at the window now."""
    draft = my_draft()
    if "keep" in request.form and draft:
        keep_draft(draft.process, {**draft.data, "ticket": [""]})
        return redirect(url_for("window.intake", process=draft.process), 303)
    forget_draft()
    flash(_("已清空暂存的内容。"), "success")
    return redirect(url_for("window.intake", process=request.form.get("process")), 303)
