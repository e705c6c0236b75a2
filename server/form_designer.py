"""表单: the forms of a draft, each drawn in the browser: what it asks, and who may do what with it.

The page loads and saves the file through `server.drafts`, and has it checked there.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from server.context import keeping, now, reader
from server.errors import refused
from server.form_answers import KINDS_OF_TEXT
from server.form_check import APPLICATION, components_in, key_of, placed
from server.form_fields import FILE, MOST_ROWS
from server.form_kinds import CELLS, KEY, RESERVED, SHORT, TYPES
from server.labels import refusal_sentence
from workflows.catalogue import CatalogueInvalid, load
from workflows.catalogue.searchable import KINDS as SEARCHABLE
from workflows.drawing import blank, drafts
from workflows.drawing.bundle import CATALOGUE, DIAGRAM, FORM, FileUnreadable, check_name
from workflows.drawing.form_uses import StepRights, rights, uses
from workflows.errors import N_, WorkflowError
from workflows.models import DraftFile
from workflows.models.attachment import MEDIA

form_designer = Blueprint("form_designer", __name__)

Files = Mapping[str, DraftFile]
#: What a step says is the answer of this name: without one, nobody can conclude it.
OPINION = "opinion"
RIGHTS = {"read": N_("只读"), "write": N_("可改"), "hide": N_("不显示")}


class FormTaken(WorkflowError):
    """A form of this name is in the draft already."""

    sentence = N_("草稿里已经有表单 %(form)s，请另起一个代号。")


class FormNameless(WorkflowError):
    """A new form without a name that can be one."""

    sentence = N_("请填写表单代号（字母开头，只用字母、数字和下划线，最多 60 个）和标题。")


@form_designer.get("/drafts/<process>/forms")
def overview(process: str) -> ResponseReturnValue:
    """Every form: where it is used, and what is wrong with it."""
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
    except WorkflowError as refusal:
        return refused(refusal)
    used = uses(_diagrams(files))
    names = [name.removesuffix(FORM) for name in files if name.endswith(FORM)]
    lacking = sorted({use.form for use in used} - set(names))
    return render_template(
        "draft_forms.html", draft=draft, tab="forms", application=APPLICATION, lacking=lacking,
        copies=[(name, _("复制 %(form)s", form=name)) for name in names],
        forms=[_told(files, name) | {"uses": [use for use in used if use.form == name]}
               for name in names],
    )  # fmt: skip


def _diagrams(files: Files) -> dict[str, str]:
    return {name: row.text for name, row in files.items() if name.endswith(DIAGRAM)}


def _told(files: Files, name: str) -> dict[str, Any]:
    """One form in the list."""
    row = files[name + FORM]
    schema = schema_of(row.text)
    asked = [key_of(part) for place, part in components_in(schema) if len(place) == 1]
    faults = [fault.sentence for fault in placed(name, schema, row.text)]
    if schema is None:
        faults = [refusal_sentence(FileUnreadable(file=row.name))]
    return {"name": name, "row": row, "questions": len([*filter(None, asked)]), "faults": faults}


def schema_of(text: str) -> Any:
    """What a file says; None when it cannot be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


@form_designer.post("/drafts/<process>/forms")
def begin(process: str) -> ResponseReturnValue:
    """Begin a new form, or a copy of one."""
    name, title = (request.form.get(key, "").strip() for key in ("name", "title"))
    try:
        files = drafts.files(reader(), process)
        _check_new(files, name, title)
        text = _begun(files, name, title, request.form.get("copy", ""))
        with keeping() as session:
            edit = drafts.Edit(name + FORM, text)
            drafts.save(session, process, edit, current_user.name, now())
    except WorkflowError as refusal:
        flash(refusal_sentence(refusal), "error")
        return redirect(url_for("form_designer.overview", process=process), 303)
    return redirect(url_for("form_designer.design", process=process, form=name), 303)


def _check_new(files: Files, name: str, title: str) -> None:
    if not (title and len(title) <= 100 and len(name) <= 60 and KEY.fullmatch(name)):
        raise FormNameless
    check_name(name + FORM)
    if name + FORM in files:
        raise FormTaken(form=name)


def _begun(files: Files, name: str, title: str, copied: str) -> str:
    """The text of a new form, which passes the check."""
    source = files.get(copied + FORM)
    if copied and source is None:
        raise FileUnreadable(file=copied[:60] + FORM)
    schema = schema_of(source.text) if source else blank.form(name, title)
    if not isinstance(schema, dict):
        raise FileUnreadable(file=copied + FORM)
    return json.dumps({**schema, "id": name}, ensure_ascii=False, indent=2) + "\n"


@form_designer.get("/drafts/<process>/forms/<form>")
def design(process: str, form: str) -> ResponseReturnValue:
    """The designer of one form; without scripts its text, to be changed there."""
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
        row = file_of(files, form)
    except WorkflowError as refusal:
        return refused(refusal)
    schema = schema_of(row.text)
    return render_template(
        "draft_form.html", draft=draft, tab="forms", form=form, row=row,
        application=form == APPLICATION, schema=schema,
        room=json.dumps(_room(process, form), ensure_ascii=False),
        uses=[use for use in uses(_diagrams(files)) if use.form == form],
        fields=_fields(schema), opinion=OPINION, words=RIGHTS,
        steps=rights_of(process, form, files),
    )  # fmt: skip


def file_of(files: Files, form: str) -> DraftFile:
    """The file of a form; raises FileUnreadable."""
    row = files.get(form + FORM)
    if row is None:
        raise FileUnreadable(file=form[:60] + FORM)
    return row


def _room(process: str, form: str) -> dict[str, Any]:
    """What the page knows: where to ask, and what a form may consist of."""
    file = form + FORM
    return {
        "process": process,
        "file": file,
        "token": generate_csrf(),
        "save": url_for("drafts.save", process=process, file=file),
        "text": url_for("drafts.text", process=process, file=file),
        "check": url_for("drafts.check", process=process),
        "try": url_for("drafting.try_expression", process=process),
        "testing": current_app.testing or current_app.config["DEMO"],
        "types": TYPES,
        "cells": CELLS,
        "short": SHORT,
        "searchable": list(SEARCHABLE) if form == APPLICATION else [],
        "texts": KINDS_OF_TEXT,
        "endings": sorted(ending for endings in MEDIA.values() for ending in endings),
        "rows": MOST_ROWS,
        "reserved": RESERVED,
    }


def _fields(schema: Any) -> list[tuple[str, str]]:
    """Key and label of every question, in the order of the form."""
    return [
        (key_of(part), _legible(part.get("dateLabel") or part.get("label") or key_of(part)))
        for place, part in components_in(schema)
        if len(place) == 1 and key_of(part) and part.get("type") != FILE
    ]


def _legible(text: object) -> str:
    """What a file says, though it may say half a character."""
    return str(text).encode(errors="replace").decode()


def rights_of(process: str, form: str, files: Files) -> list[StepRights]:
    """Who may do what with the application; other forms are written by their own step."""
    if form != APPLICATION or CATALOGUE not in files:
        return []
    try:
        catalogue = load(files[CATALOGUE].text, CATALOGUE)
    except CatalogueInvalid:
        return []
    return rights(process, _diagrams(files), catalogue)
