"""目录表格: the catalogue of a draft as an office file, out and in.

All that is wrong is said with sheet, row and column; with one fault nothing is taken.
"""

from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from server.cataloguing import text_read, text_to_write
from server.context import reader
from server.errors import refused, status_of
from server.labels import refusal_sentence, said
from server.redrawing import edits_of, keep
from server.workbook import place_words, read_workbook, write_workbook
from workflows.catalogue.places import by_code, tree
from workflows.catalogue.tables import SHEETS, SheetFault, SheetsInvalid, take
from workflows.drawing import drafts
from workflows.drawing.bundle import CATALOGUE
from workflows.errors import N_, WorkflowError
from workflows.models import DraftFile

tabulating = Blueprint("tabulating", __name__)

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NoWorkbook(WorkflowError):
    """The form was sent without a file."""

    sentence = N_("请选择要导入的 .xlsx 文件。")


@tabulating.get("/drafts/<process>/catalogue.xlsx")
def sheets(process: str) -> Response:
    """The catalogue as it is, to be filled in and sent back."""
    file = BytesIO()
    write_workbook(file, tree(text_read(drafts.files(reader(), process))))
    file.seek(0)
    return send_file(file, MIME, as_attachment=True, download_name=f"{process}-目录.xlsx")


@tabulating.get("/drafts/<process>/catalogue/import")
def ask(process: str) -> ResponseReturnValue:
    """The page on which a file is sent in."""
    return _page(process)


def _page(process: str, refusal: WorkflowError | None = None) -> ResponseReturnValue:
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
    except WorkflowError as gone:
        return refused(gone)
    faults = refusal.faults if isinstance(refusal, SheetsInvalid) else []
    page = render_template(
        "draft_import.html", draft=draft, tab="catalogue", revision=revision_of(files),
        sentence=refusal_sentence(refusal) if refusal else None, gone=request.form.get("gone"),
        faults=[(place_words(fault), sentence_of(fault)) for fault in faults],
    )  # fmt: skip
    return (page, status_of(refusal)) if refusal else page


def sentence_of(fault: SheetFault) -> str:
    """What is wrong, in words."""
    return said(fault.sentence, fault.params)


@tabulating.post("/drafts/<process>/catalogue/import")
def take_in(process: str) -> ResponseReturnValue:
    """Take the records of the sheets into the catalogue, all of them or none."""
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise NoWorkbook
        files = drafts.files(reader(), process)
        before = text_to_write(process, files)
        after = take(before, read_workbook(sent.read()), request.form.get("gone") == "true")
        revision = request.form.get("revision", 0, int)
        edits, redrawn = edits_of(process, files, before, after, revision)
        keep(process, edits)
    except WorkflowError as refusal:
        return _page(process, refusal)
    done = _(
        "已导入：新增 %(new)s 条，修改 %(changed)s 条，删去 %(gone)s 条。", **counts(before, after)
    )
    flash(f"{done} {_('流程图也重新画了。')}" if redrawn else done, "success")
    return redirect(url_for("cataloguing.overview", process=process), 303)


def counts(before: str, after: str) -> dict[str, int]:
    """How many records are new, changed and gone."""
    found = {"new": 0, "changed": 0, "gone": 0}
    was, now = tree(before), tree(after)
    for section in SHEETS:
        old, new = by_code(was, section), by_code(now, section)
        found["new"] += len(new.keys() - old.keys())
        found["gone"] += len(old.keys() - new.keys())
        found["changed"] += sum(old[code] != new[code] for code in old.keys() & new.keys())
    return found


def revision_of(files: dict[str, DraftFile]) -> int:
    """The revision of the catalogue; 0 while there is none."""
    return files[CATALOGUE].revision if CATALOGUE in files else 0
