"""目录: every record of the catalogue of a draft, in a list and in a form of its own.

What is saved is put in its place in the text, and the rest of it stays as people wrote it.  What
the catalogue may not say is refused in the form; what it does not say yet hinders publication.
"""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server.catalogue_form import (
    controls,
    errors_of,
    filled,
    options_in,
    place_words,
    read_record,
    sentence_of,
    shown,
)
from server.context import reader, services
from server.doors import PAGES
from server.errors import refused, status_of
from server.labels import refusal_sentence
from server.redrawing import keep_catalogue, text_of
from workflows.actions.bundle import DUTIES, unstaffed
from workflows.catalogue import CatalogueInvalid
from workflows.catalogue.editing import add, drop, put
from workflows.catalogue.faults import Fault, Path
from workflows.catalogue.fields import (
    SECTIONS,
    SINGLE,
    Plain,
    change,
    code_key,
    fields_of,
)
from workflows.catalogue.places import place_of, records_in, tree
from workflows.catalogue.reading import read
from workflows.catalogue.skeleton import begun
from workflows.catalogue.words import SECTION_WORDS, label_of
from workflows.drawing import drafts
from workflows.drawing.bundle import CATALOGUE
from workflows.errors import N_, WorkflowError
from workflows.models import DraftFile

cataloguing = Blueprint("cataloguing", __name__)

#: In place of a code: a record that is not there yet, or the only one of its section.
NEW = "-"
#: What a list shows of each record, behind its code and its name.
COLUMNS = {
    "departments": ("enforcement_subject",),
    "items": ("department", "kind", "promised", "statutory", "materials"),
    "materials": ("need", "source", "trust"),
    "questionnaire": ("type", "unit", "default"),
    "onsite_groups": ("leader", "within"),
}


class RecordUnknown(WorkflowError):
    """The catalogue of the draft has no such record."""

    sentence = N_("目录里没有 %(code)s，可能已经被删去了。")


def text_read(files: dict[str, DraftFile]) -> str:
    """The catalogue of a draft; where there is none yet, an empty one to begin with."""
    text = text_of(files, CATALOGUE)
    return text if text.strip() else begun(services().settings.bpmn_folder)


def text_to_write(process: str, files: dict[str, DraftFile]) -> str:
    """The same, to change it; raises CatalogueInvalid for a text in which no place can be found."""
    text = text_read(files)
    if not tree(text):
        raise CatalogueInvalid(process, read(text)[1])
    return text


@cataloguing.get("/drafts/<process>/catalogue")
def overview(process: str) -> ResponseReturnValue:
    """What there is, and what is still missing before it may be published."""
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
    except WorkflowError as refusal:
        return refused(refusal)
    text = text_read(files)
    known = tree(text)
    return render_template(
        "draft_catalogue.html", draft=draft, tab="catalogue", here="", sections=SECTION_WORDS,
        single=SINGLE, counts={name: len(records_in(known, name)) for name in SECTIONS},
        theme=next(iter(records_in(known, "theme")), {}), new=NEW,
        faults=[_placed(process, fault, known) for fault in read(text)[1]],
        unnamed=not text_of(files, CATALOGUE).strip(),
    )  # fmt: skip


@cataloguing.get("/drafts/<process>/catalogue/<section>")
def section(process: str, section: str) -> ResponseReturnValue:
    """The records of one kind."""
    if section not in SECTIONS:
        abort(404)
    if section in SINGLE:
        return redirect(url_for("cataloguing.form", process=process, section=section, code=NEW))
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
    except WorkflowError as refusal:
        return refused(refusal)
    known = tree(text_read(files))
    fields = {field.key: field for field in fields_of(SECTIONS[section])}
    options = options_in(known)
    listed = [fields[key] for key in COLUMNS[section]]
    return render_template(
        "draft_section.html", draft=draft, tab="catalogue", here=section, sections=SECTION_WORDS,
        single=SINGLE, columns=[_(label_of(field)) for field in listed], new=NEW,
        rows=[_row(section, record, [
            shown(field, record.get(field.key), options) for field in listed
        ]) for record in records_in(known, section)],
        unstaffed=unstaffed(reader()) if section == "departments" else None, duties=DUTIES,
        may_see_people=bool(current_user.roles & PAGES["admin.people"]),
    )  # fmt: skip


def _row(section: str, record: Plain, cells: list[str]) -> dict[str, Any]:
    code = str(record.get(code_key(section), ""))
    return {"code": code, "name": record.get("name", record.get("label", "")), "cells": cells}


@cataloguing.get("/drafts/<process>/catalogue/<section>/<code>")
def form(process: str, section: str, code: str) -> ResponseReturnValue:
    """The form of one record, or of a new one."""
    return _form(process, section, code)


def _form(
    process: str, section: str, code: str, refusal: WorkflowError | None = None
) -> ResponseReturnValue:
    """The form; once more with what was filled in and what is wrong, when it was refused."""
    if section not in SECTIONS:
        abort(404)
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
        known = tree(text_read(files))
        record = _of(known, section, code)
    except WorkflowError as gone:
        return refused(gone)
    fields = fields_of(SECTIONS[section])
    data = request.form if refusal else filled(fields, record)
    page = render_template(
        "draft_record.html", draft=draft, tab="catalogue", here=section, sections=SECTION_WORDS,
        single=SINGLE, code=code, record=record, new=NEW, fixed=code_key(section), data=data,
        controls=controls(fields, data, options_in(known)),
        revision=data.get("revision") or _revision(files),
        **_refused(process, (section, code), refusal, known),
    )  # fmt: skip
    return (page, status_of(refusal)) if refusal else page


def _refused(
    process: str, at: tuple[str, str], refusal: WorkflowError | None, known: dict[str, Any]
) -> dict[str, Any]:
    """What is wrong, at its field where it has one in this form."""
    if not isinstance(refusal, CatalogueInvalid):
        return {
            "errors": {},
            "faults": [],
            "sentence": refusal_sentence(refusal) if refusal else "",
        }
    own = request.form.get(code_key(at[0]), "") if at[1] == NEW else at[1]
    path: Path = (at[0],) if at[0] in SINGLE else (at[0], own)
    there = {**known, at[0]: [*records_in(known, at[0]), {code_key(at[0]): own}]}
    errors, others = errors_of(refusal.faults, known if at[1] != NEW else there, path)
    sentence = errors.pop("", "")
    faults = [_placed(process, fault, known) for fault in others]
    return {"errors": errors, "faults": faults, "sentence": sentence}


def _placed(process: str, fault: Fault, known: dict[str, Any]) -> dict[str, str]:
    """A fault in words, with the form in which it is mended."""
    place = place_of(fault, known)
    href = ""
    if place and place[0] in SECTIONS:
        section, rest = str(place[0]), place[1:]
        to: dict[str, Any] = {"process": process, "section": section}
        if section in SINGLE:
            href = url_for("cataloguing.form", **to, code=NEW)
        elif rest and isinstance(rest[0], str):
            href = url_for("cataloguing.form", **to, code=rest[0])
        else:
            href = url_for("cataloguing.section", **to)
    words = sentence_of(fault)
    return {"where": place_words(place) or f"{fault.line}", "sentence": words, "href": href}


def _revision(files: dict[str, DraftFile]) -> int:
    return files[CATALOGUE].revision if CATALOGUE in files else 0


def _of(known: dict[str, Any], section: str, code: str) -> Plain:
    """The record of this code; a new one says nothing yet."""
    if section in SINGLE:
        return next(iter(records_in(known, section)), {})
    if code == NEW:
        return {}
    for record in records_in(known, section):
        if str(record.get(code_key(section))) == code:
            return record
    raise RecordUnknown(code=code[:40])


@cataloguing.post("/drafts/<process>/catalogue/<section>/<code>")
def save(process: str, section: str, code: str) -> ResponseReturnValue:
    """Change a record where it stands, or add one."""
    if section not in SECTIONS:
        abort(404)
    try:
        files = drafts.files(reader(), process)
        text = text_to_write(process, files)
        after = _changed(text, section, code, request.form)
        redrawn = keep_catalogue(process, files, text, after, _read_revision())
    except WorkflowError as refusal:
        return _form(process, section, code, refusal)
    return _saved(process, section, redrawn)


def _changed(text: str, section: str, code: str, posted: MultiDict[str, str]) -> str:
    """The text with what the form says."""
    record = read_record(fields_of(SECTIONS[section]), posted)
    if section not in SINGLE and code == NEW:
        return add(text, section, record)
    known = tree(text)
    if section in SINGLE and not isinstance(known.get(section), dict):
        return put(text, (section,), record)
    before = _of(known, section, code)
    path: Path = (section,) if section in SINGLE else (section, code)
    key = code_key(section)
    return change(text, path, before, {**record, key: before[key]} if key in before else record)


@cataloguing.post("/drafts/<process>/catalogue/<section>/<code>/remove")
def remove(process: str, section: str, code: str) -> ResponseReturnValue:
    """Take a record out, when nothing refers to it."""
    if section not in SECTIONS or section in SINGLE:
        abort(404)
    try:
        files = drafts.files(reader(), process)
        text = text_to_write(process, files)
        _of(tree(text), section, code)
        after = drop(text, (section, code))
        redrawn = keep_catalogue(process, files, text, after, _read_revision())
    except WorkflowError as refusal:
        return _form(process, section, code, refusal)
    return _saved(process, section, redrawn)


def _read_revision() -> int:
    return request.form.get("revision", 0, int)


def _saved(process: str, section: str, redrawn: bool) -> ResponseReturnValue:
    flash(_("已保存，流程图也重新画了。") if redrawn else _("已保存。"), "success")
    if section in SINGLE:
        return redirect(url_for("cataloguing.overview", process=process), 303)
    return redirect(url_for("cataloguing.section", process=process, section=section), 303)
