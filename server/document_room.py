"""文书模板 of a draft: begun from built-in ones, written as text beside how they come out.

A page that is shown sets nothing: it asks for its preview afterwards, or when 预览 is pressed.
"""

from base64 import b64encode
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from server.context import keeping, now, reader
from server.document_fields import described
from server.document_sources import HEAD, built_in, example_copy, own
from server.documents import copy_for
from server.errors import refused, status_of
from server.labels import refusal_sentence
from server.placed import faults_of
from workflows.catalogue import load
from workflows.documents.setting import Copy, preview
from workflows.documents.template import END, Template, read, templates
from workflows.drawing import drafts as kept
from workflows.drawing.bundle import Bundle
from workflows.errors import N_, WorkflowError
from workflows.permissions import READERS
from workflows.queries.search import find_case

document_room = Blueprint("document_room", __name__)

#: What a new template begins with when it begins with no other.
BLANK = """// 文书名称 / Name of the document
// when: received
#import "_head.typ": *
#show: sheet.with(paper.title)

#to(applicant.name)

你（单位）申请的“#case.theme”（办件号#case.number）……

#sign(hall.name, paper.printed_on)
"""
#: A part that others import is looked at in this one.
SAMPLE = "acceptance"
#: So many pages are shown; the others are in the PDF.
SHOWN = 8


class TemplateThere(WorkflowError):
    """A template of this name is in the draft already."""

    sentence = N_("草稿里已经有 %(file)s，请在列表里继续修改，或者另起一个名字。")


class CaseUnfit(WorkflowError):
    """A case for which the template would not be made."""

    sentence = N_("没有办件 %(number)s，或者它现在还不能出这份文书。")


@document_room.get("/drafts/<process>/documents")
def list_templates(process: str) -> ResponseReturnValue:
    """Every document of the process, with its own template or a built-in one."""
    return _list(process)


def _list(process: str, refusal: WorkflowError | None = None) -> ResponseReturnValue:
    try:
        draft, files = kept.find(reader(), process), kept.files(reader(), process)
    except WorkflowError as gone:
        return refused(gone)
    texts = own({name: row.text for name, row in files.items()})
    found = templates(texts, built_in())
    page = render_template(
        "documents.html", draft=draft, tab="documents", files=files, templates=found.values(),
        parts=sorted(name for name in {HEAD, *texts} if name.startswith("_")),
        sentence=refusal_sentence(refusal) if refusal else None,
    )  # fmt: skip
    return (page, status_of(refusal)) if refusal else page


@document_room.post("/drafts/<process>/documents")
def begin(process: str) -> ResponseReturnValue:
    """Put a template into the draft: a copy of another one, or nearly nothing."""
    name = request.form.get("name", "").strip()
    file = f"{name}{END}"
    try:
        files = kept.files(reader(), process)
        if file in files:
            raise TemplateThere(file=file[:80])
        known = {**built_in(), **{each: row.text for each, row in files.items()}}
        text = known.get(f"{request.form.get('like', '')}{END}", BLANK)
        with keeping() as session:
            kept.save(session, process, kept.Edit(file, text), current_user.name, now())
    except WorkflowError as refusal:
        return _list(process, refusal)
    return redirect(url_for("document_room.edit", process=process, document=name), 303)


@document_room.get("/drafts/<process>/documents/<document>")
def edit(process: str, document: str) -> ResponseReturnValue:
    """One template: its text, and beside it how it comes out."""
    try:
        return _page(process, document)
    except WorkflowError as refusal:
        return refused(refusal)


def _page(process: str, document: str, **more: Any) -> str:
    draft, files = kept.find(reader(), process), kept.files(reader(), process)
    file = f"{document}{END}"
    row = files.get(file)
    if row is None and file not in built_in():
        abort(404)
    text = more.pop("text", row.text if row else built_in()[file])
    room = {
        "token": generate_csrf(),
        "save": url_for("drafts.save", process=process, file=file),
        "text": url_for("drafts.text", process=process, file=file),
        "preview": url_for("document_room.try_out", process=process, document=document),
        "revision": row.revision if row else 0,
        "file": file,
    }
    return render_template(
        "document.html", draft=draft, tab="documents", row=row, file=file, text=text, room=room,
        template=read(file, text, row is not None), may_see_cases=current_user.roles & READERS,
        document=document, number=request.form.get("case", ""), **{"shown": None, **more},
    )  # fmt: skip


@document_room.post("/drafts/<process>/documents/<document>")
def save(process: str, document: str) -> ResponseReturnValue:
    """Without a script: keep what was written, or only look at it (预览)."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    if request.form.get("act") == "preview":
        return _page(process, document, text=text, shown=_shown(process, document, text))
    edit = kept.Edit(f"{document}{END}", text, request.form.get("revision", 0, int))
    try:
        with keeping() as session:
            kept.save(session, process, edit, current_user.name, now())
    except kept.DraftChanged as refusal:
        return _page(process, document, text=text, sentence=refusal_sentence(refusal)), 409
    flash(_("已保存 %(file)s。", file=edit.name), "success")
    return redirect(url_for("document_room.edit", process=process, document=document), 303)


@document_room.post("/drafts/<process>/documents/<document>/preview")
def try_out(process: str, document: str) -> ResponseReturnValue:
    """How it comes out as it is being written: pages, or what is wrong; nothing is saved."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    shown = _shown(process, document, text)
    files = kept.files(reader(), process)
    return render_template(
        "_document_shown.html", shown=shown, file=f"{document}{END}", files=files, process=process
    )


def _shown(process: str, document: str, text: str) -> dict[str, Any]:
    """The pages as pictures, or the faults, of a template with this text."""
    file = f"{document}{END}"
    try:
        bundle = kept.bundle(reader(), process, {file: text})
        printed = preview(_copy(_seen(document, bundle), bundle))
    except WorkflowError as refusal:
        return {"faults": faults_of(refusal), "pages": [], "count": 0}
    pages = [b64encode(page).decode("ascii") for page in printed.pages[:SHOWN]]
    return {"faults": [], "pages": pages, "count": len(printed.pages)}


def _seen(document: str, bundle: Bundle) -> Template:
    """The template that is looked at: itself, or for a part one that imports it."""
    found = templates(own(bundle.others), built_in())
    alone = Template(f"{document}{END}", True, document, document)
    return found.get(document) or found.get(SAMPLE) or alone


def _copy(template: Template, bundle: Bundle) -> Copy:
    """With the data of an example, or of the case that somebody who sees cases has asked for."""
    number = request.form.get("case", "").strip()
    if number and current_user.roles & READERS:
        case = find_case(reader(), number)
        copy = copy_for(case, template, own(bundle.others)) if case else None
        if copy is None:
            raise CaseUnfit(number=number[:40])
        return copy
    return example_copy(template, bundle, load(bundle.catalogue, "catalogue.yaml"))


@document_room.get("/drafts/<process>/document-fields")
def fields(process: str) -> ResponseReturnValue:
    """模板里可以写什么: every name, what it means, and what it says in an example."""
    try:
        draft, bundle = kept.find(reader(), process), kept.bundle(reader(), process)
        catalogue = load(bundle.catalogue, "catalogue.yaml")
    except WorkflowError as refusal:
        return refused(refusal)
    return render_template(
        "document_fields.html", draft=draft, tab="documents", groups=described(bundle, catalogue)
    )
