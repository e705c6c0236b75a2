"""流程图: drawing a diagram of a draft in the browser; the room around it, and what it asks for.

The page loads and saves the file through `server.drafts`, and has it checked there; here stand
the page itself, what the panel offers to choose from, and the small questions of a drawing.
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
from server.designer import current
from server.errors import refused
from server.labels import CONCLUSIONS, DUTIES, RULES, limit_words, refusal_sentence, word
from server.names import english
from server.table_sheets import sheets_of
from workflows.actions.bundle import STEP_VARIABLES
from workflows.catalogue import Catalogue, CatalogueInvalid, load
from workflows.catalogue.records import Item
from workflows.deadlines import Limit, Unit
from workflows.drawing import blank, drafts, layout
from workflows.drawing.bundle import DIAGRAM, FORM, NAME, check_name
from workflows.engine.expressions import ExpressionFailed, ExpressionInvalid, compile_expression
from workflows.engine.ruling import names_written
from workflows.errors import N_, WorkflowError
from workflows.models import DraftFile
from workflows.models.process import TABLE
from workflows.queries import processes as queries

drafting = Blueprint("drafting", __name__)

KINDS = {
    "review": N_("审查"), "decide": N_("决定"), "confirm": N_("否定报批"), "check": N_("承诺核查"),
}  # fmt: skip
UNITS = {
    Unit.WORKING_DAYS: N_("工作日"), Unit.HOURS: N_("工作小时"), Unit.DAYS: N_("自然日"),
}  # fmt: skip
#: What a step may conclude; a decision has words of its own.
SAID = ("agree", "disagree", "refer", "return", "abstain")


class ProcessTaken(WorkflowError):
    """A process of this id is there already."""

    sentence = N_("已经有代号为 %(process)s 的流程，请在列表里继续设计，或者另起一个代号。")


class ProcessNameless(WorkflowError):
    """A new process without an id that can be one, or without a name."""

    sentence = N_("请填写流程代号（字母开头，只用字母、数字和下划线，最多 60 个）和名称。")


@drafting.post("/drafts")
def begin() -> ResponseReturnValue:
    """Begin a new process: an empty sheet, and the shipped processes of items."""
    process, name = (request.form.get(key, "").strip() for key in ("process", "name"))
    try:
        _check_new(process, name)
    except WorkflowError as refusal:
        flash(refusal_sentence(refusal), "error")
        return redirect(url_for("designer.processes"), 303)
    bundle = current(process)
    bundle.sources[f"{process}{DIAGRAM}"] = blank.diagram(process, name)
    with keeping() as session:
        drafts.start(session, process, bundle, None, current_user.name, now())
    return redirect(url_for("drafting.diagram", process=process, file=f"{process}{DIAGRAM}"), 303)


def _check_new(process: str, name: str) -> None:
    if not (name and len(name) <= 200 and NAME.fullmatch(process) and process.isidentifier()):
        raise ProcessNameless
    known = {row.process for row in queries.versions(reader())}
    if process in known | {draft.process for draft in drafts.drafts(reader())}:
        raise ProcessTaken(process=process)


@drafting.get("/drafts/<process>/diagram")
@drafting.get("/drafts/<process>/diagram/<file>")
def diagram(process: str, file: str = "") -> ResponseReturnValue:
    """The designer with one diagram of the draft; one that is not there yet begins empty."""
    file = file or request.args.get("file", "").strip() or process
    file = file if file.endswith(DIAGRAM) else f"{file}{DIAGRAM}"
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
        check_name(file)
    except WorkflowError as refusal:
        return refused(refusal)
    return render_template(
        "draft_diagram.html",
        draft=draft,
        file=file,
        diagrams=sorted({file, *(name for name in files if name.endswith(DIAGRAM))}),
        room=json.dumps(_room(process, file, files), ensure_ascii=False),
        tab="diagram",
    )


def _room(process: str, file: str, files: Mapping[str, DraftFile]) -> dict[str, Any]:
    """What the page knows: where to ask, and what there is to choose from."""
    sources = {name: row.text for name, row in files.items() if name.endswith(DIAGRAM)}
    try:
        catalogue = load(files["catalogue.yaml"].text, "catalogue.yaml")
    except (CatalogueInvalid, KeyError):
        catalogue = None
    return {
        "process": process,
        "file": file,
        "blank": None if file in files else blank.diagram(file.removesuffix(DIAGRAM), ""),
        "by": current_user.name,
        "token": generate_csrf(),
        "save": url_for("drafts.save", process=process, file=file),
        "text": url_for("drafts.text", process=process, file=file),
        "check": url_for("drafts.check", process=process),
        "try": url_for("drafting.try_expression", process=process),
        "layout": url_for("drafting.lay_out", process=process),
        "catalogue": url_for("drafts.text", process=process, file="catalogue.yaml"),
        "testing": current_app.testing or current_app.config["DEMO"],
        "words": _words(),
        "items": _items(catalogue),
        "variables": list(STEP_VARIABLES),
        "processes": blank.processes(sources),
        "tables": _tables(process, files),
        "forms": [name.removesuffix(FORM) for name in files if name.endswith(FORM)],
    }


def _tables(process: str, files: Mapping[str, DraftFile]) -> list[dict[str, Any]]:
    """Every decision of the draft's tables, with what a task that asks it would write."""
    texts = {name: row.text for name, row in files.items() if name.endswith(TABLE)}
    return [
        {
            "id": one.id, "name": one.name, "file": sheet.file,
            "writes": list(names_written(one, None)),
            "page": url_for("ruling.table", process=process, table=sheet.stem),
        }
        for sheet in sheets_of(texts, {})
        for one in sheet.decisions
    ]  # fmt: skip


def _words() -> dict[str, dict[str, str]]:
    tables = {"duty": DUTIES, "kind": KINDS, "rule": RULES}
    words = {key: {code: word(table, code) for code in table} for key, table in tables.items()}
    return {**words, "conclusion": {code: word(CONCLUSIONS, code) for code in SAID}}


def _items(catalogue: Catalogue | None) -> list[dict[str, Any]]:
    """Every item as the panel shows it; limits are changed in the catalogue, not on the diagram."""
    if catalogue is None:
        return []
    warn = catalogue.rules.warn
    warning = _(
        "剩 %(days)s 个工作日，或用去 %(ratio)s%%；按小时的剩 %(hours)s 小时",
        days=warn.before_days, ratio=round(100 * warn.ratio), hours=warn.before_hours,
    )  # fmt: skip
    return [{**_item(catalogue, item), "warning": warning} for item in catalogue.items]


def _item(catalogue: Catalogue, item: Item) -> dict[str, Any]:
    statutory, promised = catalogue.limits(item)
    department = catalogue.department(item.department)
    return {
        "code": item.code,
        "name": item.name_en if english() else item.name,
        "department": department.name_en if english() else department.name,
        "statutory": _limit(statutory),
        "promised": _limit(promised),
        "clock": _("不计时") if item.excluded_from_clock else word(UNITS, promised.unit),
        "commitment": item.commitment is not None,
        "process": f"item_{item.process}",
        "rights": [
            {"field": one.field, "right": one.right, "steps": " ".join(one.steps)}
            for one in item.fields
        ],
    }


def _limit(limit: Limit | None) -> str:
    return _("无") if limit is None else limit_words(str(limit))


@drafting.post("/drafts/<process>/try")
def try_expression(process: str) -> ResponseReturnValue:
    """What an expression comes to with sample values, or why it comes to nothing."""
    try:
        tried = compile_expression(request.form.get("expression", ""))
    except ExpressionInvalid as refusal:
        return {"names": [], "fault": refusal_sentence(refusal)}
    names = sorted(tried.names)
    try:
        return {"names": names, "result": tried(_values(request.form.get("values", "")))}
    except ExpressionFailed as refusal:
        return {"names": names, "fault": refusal_sentence(refusal)}


def _values(text: str) -> dict[str, Any]:
    """Sample values as the page sends them; none when they cannot be read."""
    try:
        values = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


@drafting.post("/drafts/<process>/layout")
def lay_out(process: str) -> ResponseReturnValue:
    """The same diagram with a picture, if it has none or one wants another; nothing is saved."""
    draw = layout.with_new_picture if "anew" in request.form else layout.with_picture
    return {"text": draw(request.form.get("text", ""), process)}
