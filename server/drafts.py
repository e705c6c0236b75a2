"""流程草稿: the drawing room of a process; its files are read and saved one by one.

A page saves a file with the revision it read; the answer to a program is JSON.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from server.context import keeping, now, reader
from server.designer import current
from server.document_checks import check_documents
from server.errors import refused, wants_json
from server.form_check import faults_of_forms
from server.labels import refusal_sentence
from server.placed import faults_of
from server.tried import tried
from workflows.actions.bundle import check_bundle
from workflows.actions.fields import check_rights
from workflows.catalogue import CatalogueInvalid
from workflows.drawing import drafts as kept
from workflows.drawing.bundle import NAME, Bundle, FileUnreadable, from_files
from workflows.engine import ProcessInvalid
from workflows.engine.sandbox import examine
from workflows.errors import WorkflowError
from workflows.queries import processes as queries

drafts = Blueprint("drafts", __name__)


@drafts.post("/drafts/<process>/begin")
def begin(process: str) -> ResponseReturnValue:
    """Begin a draft with what is published, or go on with the one there is."""
    if not NAME.fullmatch(process):
        raise FileUnreadable(file=process[:80])
    version = queries.in_force(reader(), process)
    based_on = version.version if version else None
    with keeping() as session:
        kept.start(session, process, current(process), based_on, current_user.name, now())
    return redirect(url_for("drafts.room", process=process), 303)


@drafts.get("/drafts/<process>")
def room(process: str) -> ResponseReturnValue:
    """The draft: its files, and what is wrong with them."""
    try:
        return room_page(process)
    except WorkflowError as refusal:
        return refused(refusal)


def room_page(process: str, refusal: WorkflowError | None = None) -> str:
    """The room, with why what was asked here was refused; raises DraftGone."""
    draft, files = kept.find(reader(), process), kept.files(reader(), process)
    try:
        shown = tried(process, kept.bundle(reader(), process))
    except WorkflowError:  # a file that cannot be read is told among the faults
        shown = {}
    return render_template(
        "draft.html",
        draft=draft,
        files=files,
        faults=_faults(process, {}),
        tab="room",
        note=request.form.get("note", ""),
        sentence=refusal_sentence(refusal) if refusal else None,
        **shown,
    )


@drafts.get("/drafts/<process>/files/<file>")
def text(process: str, file: str) -> ResponseReturnValue:
    """The text of a file; its revision is the entity tag."""
    row = kept.files(reader(), process).get(file)
    if row is None:
        raise FileUnreadable(file=file)
    answer = Response(row.text, mimetype="text/plain")
    answer.set_etag(str(row.revision))
    return answer


@drafts.post("/drafts/<process>/files/<file>")
def save(process: str, file: str) -> ResponseReturnValue:
    """Save a file over the revision that was read; what another saved meanwhile is kept."""
    edit = kept.Edit(file, request.form.get("text", ""), request.form.get("revision", 0, int))
    with keeping() as session:
        revision = kept.save(session, process, edit, current_user.name, now())
    if wants_json():
        return {"revision": revision}
    flash(_("已保存 %(file)s。", file=file), "success")
    return redirect(url_for("drafts.room", process=process), 303)


@drafts.post("/drafts/<process>/check")
def check(process: str) -> ResponseReturnValue:
    """What publication would refuse, with some files as they are being written.

    The same rules as at publication, because it is the same call; nothing is saved.
    """
    return {"faults": _faults(process, dict(request.form.items()))}


def _faults(process: str, written: dict[str, str]) -> list[dict[str, Any]]:
    """Each fault with its file, line, element and sentence; of a form, which component it is."""
    texts = {name: row.text for name, row in kept.files(reader(), process).items()}
    texts |= {name: text for name, text in written.items() if name != "csrf_token"}
    try:
        bundle = from_files(texts)
        found: list[Any] = faults_of_forms(bundle.forms, texts)
    except WorkflowError as refusal:
        return [asdict(fault) for fault in faults_of(refusal)]
    refusals = _refusals(process, bundle, forms_fit=not found)
    found += [fault for one in refusals for fault in faults_of(one)]
    return [asdict(fault) for fault in found]


def _refusals(process: str, bundle: Bundle, forms_fit: bool) -> Iterator[WorkflowError]:
    """Why the process could not be published, besides its forms; rights need forms that fit."""
    try:
        catalogue = check_bundle(process, bundle.sources, bundle.catalogue, bundle.tables)
        if forms_fit:
            check_rights(catalogue, bundle.forms, bundle.sources)
    except CatalogueInvalid as refusal:  # which keeps nobody from drawing
        if drawn := examine(bundle.sources, None, {}, bundle.tables).faults:
            yield ProcessInvalid(drawn)
        yield refusal
    except WorkflowError as refusal:
        yield refusal
    try:
        check_documents(bundle)
    except WorkflowError as refusal:
        yield refusal


@drafts.post("/drafts/<process>/drop")
def drop(process: str) -> ResponseReturnValue:
    """Throw the draft away."""
    with keeping() as session:
        kept.drop(session, process)
    flash(_("已放弃 %(process)s 的草稿。", process=process), "success")
    return redirect(url_for("designer.processes"), 303)
