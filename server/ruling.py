"""规则表: the decision tables of a draft: which there are, drawing one, trying it.

A table is a file of the draft; it is loaded, saved and checked through `server.drafts`.
"""

import json
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from server.context import keeping, now, reader
from server.errors import again, refused, wants_json
from server.labels import refusal_sentence
from server.names import english
from server.table_form import Field, Tried, fields_of, tried, tried_lines
from server.table_sheets import Sheet, sheet_of, sheets_of, users_of
from workflows.catalogue import CatalogueInvalid, load
from workflows.drawing import blank, drafts
from workflows.drawing.bundle import CATALOGUE, DIAGRAM, NAME, FileUnreadable
from workflows.errors import N_, WorkflowError
from workflows.models import DraftFile
from workflows.models.process import TABLE

ruling = Blueprint("ruling", __name__)


class TableNameless(WorkflowError):
    """A new table without a file name that can be one, or without a name."""

    sentence = N_("请填写规则表的代号（字母开头，只用字母、数字和下划线）和名称。")


class TableTaken(WorkflowError):
    """There is a table of this file name already."""

    sentence = N_("草稿里已经有 %(file)s，请另起一个代号。")


@ruling.get("/drafts/<process>/tables")
def tables(process: str) -> ResponseReturnValue:
    """The tables of the draft, who asks each, and what is wrong with them."""
    try:
        return tables_page(process)
    except WorkflowError as refusal:
        return refused(refusal)


def tables_page(process: str, refusal: WorkflowError | None = None) -> str:
    """The list, with why a new table was refused; raises DraftGone."""
    draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
    return render_template(
        "draft_tables.html",
        draft=draft,
        sheets=sheets_of(_texts(files, TABLE), _texts(files, DIAGRAM)),
        posted=request.form,
        sentence=refusal_sentence(refusal) if refusal else None,
        tab="tables",
    )


def _texts(files: dict[str, DraftFile], end: str) -> dict[str, str]:
    return {name: row.text for name, row in files.items() if name.endswith(end)}


@ruling.post("/drafts/<process>/tables")
def begin(process: str) -> ResponseReturnValue:
    """Begin a table: one question, one answer, no rule yet."""
    stem, name = (request.form.get(key, "").strip() for key in ("table", "name"))
    try:
        if not (name and len(name) <= 200 and NAME.fullmatch(stem) and stem.isidentifier()):
            raise TableNameless
        with keeping() as session:
            file = f"{stem}{TABLE}"
            if file in drafts.files(session, process):
                raise TableTaken(file=file)
            edit = drafts.Edit(file, blank.table(stem, name))
            drafts.save(session, process, edit, current_user.name, now())
    except WorkflowError as refusal:
        return again(refusal, tables_page, process)
    return redirect(url_for("ruling.table", process=process, table=stem), 303)


@ruling.get("/drafts/<process>/tables/<table>")
def table(process: str, table: str) -> ResponseReturnValue:
    """One table: drawn, read, tried."""
    try:
        return table_page(process, table)
    except WorkflowError as refusal:
        return refused(refusal)


def table_page(process: str, table: str) -> str:
    """The page of a table, with what was tried; raises DraftGone or FileUnreadable."""
    draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
    row = files.get(f"{table}{TABLE}")
    if row is None:
        raise FileUnreadable(file=f"{table}{TABLE}"[:80])
    variables = _variables(files)
    sheet = sheet_of(row.name, row.text, tuple(users_of(_texts(files, DIAGRAM))))
    return render_template(
        "draft_table.html",
        draft=draft,
        row=row,
        sheet=sheet,
        room=json.dumps(_room(process, row, variables), ensure_ascii=False),
        variables=variables,
        tab="tables",
        **_trial(sheet),
    )


def _room(process: str, row: DraftFile, variables: list[tuple[str, str]]) -> dict[str, Any]:
    """What the page knows: where to ask, and which variables there are."""
    return {
        "process": process,
        "file": row.name,
        "by": current_user.name,
        "token": generate_csrf(),
        "save": url_for("drafts.save", process=process, file=row.name),
        "text": url_for("drafts.text", process=process, file=row.name),
        "check": url_for("drafts.check", process=process),
        "try": url_for("ruling.try_table", process=process, table=row.name.removesuffix(TABLE)),
        "variables": [name for name, _words in variables],
        "testing": current_app.testing or current_app.config["DEMO"],
    }


def _variables(files: dict[str, DraftFile]) -> list[tuple[str, str]]:
    """What a table of this process may read, each with words."""
    try:
        catalogue = load(files[CATALOGUE].text, CATALOGUE)
    except (CatalogueInvalid, KeyError):
        return []
    return [
        *((one.key, one.label_en if english() else one.label) for one in catalogue.questionnaire),
        ("items", _("需办事项的编号")),
        *((one.code, _("事项 %(code)s 的结果", code=one.code)) for one in catalogue.items),
    ]


@ruling.post("/drafts/<process>/tables/<table>/try")
def try_table(process: str, table: str) -> ResponseReturnValue:
    """Take a decision with sample values, of the table as it is or as it is being written."""
    if not wants_json():
        return table_page(process, table)
    file = f"{table[:60]}{TABLE}"
    row = drafts.files(reader(), process).get(file)
    sheet = sheet_of(file, request.form.get("text") or (row.text if row else ""))
    trial = _trial(sheet)
    hit = trial["tried"].own if trial["tried"] else None
    return {
        "trial": render_template("_table_try.html", sheet=sheet, **trial),
        "sheets": render_template("_table_sheets.html", sheet=sheet, **trial),
        "decision": trial["decision"],
        "rules": [number for number, _words in hit.rules] if hit else [],
    }


def _trial(sheet: Sheet) -> dict[str, Any]:
    """The decision that is asked about, its fields, and what came of what was written."""
    asked = request.form.get("decision", "")
    keys = [one.id for one in sheet.decisions]
    key = asked if asked in keys else (keys[0] if keys else "")
    shown: dict[str, Any] = {
        "decision": key, "fields": [], "tried": None, "lines": [],
        "posted_lines": request.form.get("lines", ""),
    }  # fmt: skip
    if sheet.found is None or not key:
        return shown
    fields: list[Field] = fields_of(sheet.found, key, request.form)
    lines = request.form.get("lines", "")
    result: Tried | None = None
    if "try" in request.form:
        result = tried(sheet.found, key, fields, [field.written for field in fields])
    return {
        **shown,
        "fields": fields,
        "tried": result,
        "lines": tried_lines(sheet.found, key, fields, lines) if lines.strip() else [],
    }
