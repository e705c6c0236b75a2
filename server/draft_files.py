"""The files of a draft for whoever works with files: looked at by line, replaced, taken out.

What is uploaded or removed is over the revisions the page has shown, like everything in a draft.
"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from server.context import keeping, now, reader
from server.drafts import room_page
from server.errors import again
from server.publishing import NothingUploaded, revisions
from workflows.drawing import drafts as kept
from workflows.drawing.bundle import FileUnreadable
from workflows.errors import WorkflowError

draft_files = Blueprint("draft_files", __name__)


@draft_files.get("/drafts/<process>/text/<file>")
def show(process: str, file: str) -> str:
    """The text of a file with the numbers of its lines: where a fault points to."""
    draft, row = kept.find(reader(), process), kept.files(reader(), process).get(file)
    if row is None:
        raise FileUnreadable(file=file[:80])
    return render_template(
        "draft_text.html", draft=draft, row=row, lines=row.text.splitlines(), tab="room"
    )


@draft_files.post("/drafts/<process>/upload")
def put(process: str) -> ResponseReturnValue:
    """Put files into the draft, over those of the same name: all of them, or none."""
    known = revisions(request.form)
    try:
        edits = [kept.Edit(name, text, known.get(name, 0)) for name, text in _uploaded().items()]
        with keeping() as session:
            for edit in edits:
                kept.save(session, process, edit, current_user.name, now())
    except WorkflowError as refusal:
        return again(refusal, room_page, process)
    flash(_("已保存 %(file)s。", file=", ".join(edit.name for edit in edits)), "success")
    return redirect(url_for("drafts.room", process=process), 303)


def _uploaded() -> dict[str, str]:
    """What was uploaded, as text; raises NothingUploaded or FileUnreadable."""
    found: dict[str, str] = {}
    for file in request.files.getlist("files"):
        if file.filename:
            name = file.filename.replace("\\", "/").rpartition("/")[2]
            try:
                found[name] = file.read().decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError:
                raise FileUnreadable(file=name[:80]) from None
    if not found:
        raise NothingUploaded
    return found


@draft_files.post("/drafts/<process>/files/<file>/remove")
def remove(process: str, file: str) -> ResponseReturnValue:
    """Take a file out of the draft."""
    try:
        with keeping() as session:
            kept.remove(session, process, file, request.form.get("revision", 0, int))
    except WorkflowError as refusal:
        return again(refusal, room_page, process)
    flash(_("已移除 %(file)s。", file=file), "success")
    return redirect(url_for("drafts.room", process=process), 303)
