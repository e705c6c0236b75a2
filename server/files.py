"""附件: to look at a file beside a case, to download it, and to take one in.

Pictures, PDF and text are shown in the page, everything else is downloaded.  Whatever a file
holds, its answer lets the browser run nothing.
"""

from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, send_file
from flask_login import current_user
from werkzeug.datastructures import FileStorage, MultiDict

from server.context import reader, services
from server.labels import word
from server.media import FileMissing, text_of
from server.reading import read_action
from server.rights import hidden_from_reader
from server.settings import Settings
from server.uploads import MB, size_words, store, take
from workflows.actions import Action
from workflows.actions.attach import Attach
from workflows.errors import N_
from workflows.models import Attachment, Case
from workflows.permissions import ACTIONS

files = Blueprint("files", __name__)

#: What else an upload needs: the other fields, and the lines between them.
AROUND = 64 * 1024
#: Actions, and other posts, that may bring files: attachments, and forms that ask for some.
WITH_FILES = frozenset({
    "attach", "give_opinion", "pre_review", "decide", "confirm_refusal", "check_commitment",
})  # fmt: skip
SENDING = frozenset({"actions.receive", "intake_drafts.keep", "personal.save_draft"})
IMAGES = frozenset({"image/png", "image/jpeg", "image/webp"})
KINDS = {
    "application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WebP",
    "text/plain": N_("文本"),
}  # fmt: skip
PDF = "application/pdf"
#: As many characters of a text are shown in the page.
SHOWN = 100_000
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
#: A browser's own viewer of PDF will not start in a sandbox, and brings its own style.
VIEWER = f"{NOTHING}; object-src 'self'; style-src 'unsafe-inline'"
SANDBOX = f"{NOTHING}; sandbox"


def kind_word(media_type: str) -> str:
    """What a kind of file is called."""
    office = "DOCX" if "wordprocessing" in media_type else "XLSX"
    return word(KINDS, media_type) if media_type in KINDS else office


def allow_size() -> None:
    """Before anything is read: only who may attach a file may send one that is large."""
    named = (request.view_args or {}).get("name") in WITH_FILES
    sending = named if request.endpoint == "actions.act_on_case" else request.endpoint in SENDING
    if sending and current_user.is_authenticated and ACTIONS["attach"] & current_user.roles:
        request.max_content_length = most_bytes(services().settings)


def most_bytes(settings: Settings) -> int:
    """How much a request may bring at most: one attachment."""
    return settings.attachment_mb * MB + AROUND


def read_attachment(sent: FileStorage | None, posted: MultiDict[str, str]) -> Action:
    """The action of an upload; its bytes are in the store then, whatever becomes of it."""
    if sent is None or not sent.filename:
        raise FileMissing
    facts = take(sent)
    return read_action(Attach, posted, file=facts.pop("name"), **facts)


@files.get("/attachments/<int:attachment_id>")
def show(attachment_id: int) -> str:
    """A file in its page, with what is known of it."""
    row = _found(attachment_id)
    case = reader().get_one(Case, row.case_id)
    item = next((item for item in case.items if item.id == row.item_id), None)
    facts = {"kind": kind_word(row.media_type), "size": size_words(row.size), **_preview(row)}
    return render_template("attachment.html", row=row, case=case, item=item, **facts)


def _preview(row: Attachment) -> dict[str, Any]:
    if row.media_type != "text/plain":
        shown = "image" if row.media_type in IMAGES else "pdf" if row.media_type == PDF else ""
        return {"shown": shown}
    path = store().path(row.sha256)
    text = (text_of(path.read_bytes()) or "") if path.exists() else ""
    return {"shown": "text", "text": text[:SHOWN], "cut": len(text) > SHOWN}


@files.get("/attachments/<int:attachment_id>/content")
def content(attachment_id: int) -> Response:
    """The bytes."""
    return content_of(_found(attachment_id), "download" in request.args)


def _found(attachment_id: int) -> Attachment:
    """An attachment that was not taken away again."""
    row = reader().get(Attachment, attachment_id)
    if row is None or row.removed_at is not None or _kept_back(row):
        abort(404)
    return row


def _kept_back(row: Attachment) -> bool:
    """Whether it is the answer to a question of the application that the reader does not see."""
    if row.field is None or row.task_id is not None:
        return False
    return row.field in hidden_from_reader(reader().get_one(Case, row.case_id))


def content_of(row: Attachment, download: bool) -> Response:
    """The bytes of an attachment, to show or to keep."""
    path = store().path(row.sha256)
    if not path.exists():
        current_app.logger.error("attachment %s: %s is not in the store", row.id, row.sha256)
        abort(404)
    inline = row.media_type in IMAGES or row.media_type == PDF
    response = send_file(
        path, row.media_type, download or not inline, download_name=row.name, etag=row.sha256
    )
    response.headers["Content-Security-Policy"] = VIEWER if row.media_type == PDF else SANDBOX
    return response
