"""清单: the same process as a list: who, after whom, how long; for people who do not think in BPMN.

What is changed here is changed in the catalogue, in its place; a diagram that is as its catalogue
draws it is drawn again, one that was changed by hand is left until somebody asks for it.
"""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from server.context import reader
from server.errors import refused, status_of
from server.names import own_name
from server.placed import faults_of
from server.redrawing import as_drawn, drawn_again, keep, text_of
from workflows.catalogue import Catalogue, CatalogueInvalid, draw, load
from workflows.catalogue.choosing import choose as chosen
from workflows.catalogue.editing import drop, put
from workflows.catalogue.records import Item
from workflows.drawing import drafts
from workflows.drawing.bundle import CATALOGUE, bundle_of
from workflows.drawing.drafts import Edit
from workflows.engine.expressions import Expression
from workflows.errors import N_, WorkflowError
from workflows.models import ProcessVersion
from workflows.queries import processes as queries

listed = Blueprint("listed", __name__)

#: What the form of an item asks for; an empty answer leaves the key out.
FIELDS = ("department", "process", "statutory", "promised", "needed")
#: More predecessors than anybody adds at once.
MORE = 2


class ItemUnknown(WorkflowError):
    """The catalogue of the draft has no such item."""

    sentence = N_("目录里没有事项 %(code)s。")


@listed.get("/drafts/<process>/list")
def items(process: str) -> ResponseReturnValue:
    """Every item in one row."""
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
        catalogue = load(text_of(files, CATALOGUE), process)
    except CatalogueInvalid as refusal:
        return _faulty(process, refusal), status_of(refusal)
    except WorkflowError as refusal:
        return refused(refusal)
    return render_template(
        "draft_list.html", draft=draft, tab="list", catalogue=catalogue,
        drawn=as_drawn(files, process, catalogue), diagram=files.get(f"{process}.bpmn"),
    )  # fmt: skip


@listed.get("/drafts/<process>/list/<code>")
def item(process: str, code: str) -> ResponseReturnValue:
    """The form of one item."""
    return _item(process, code)


def _item(process: str, code: str, refusal: WorkflowError | None = None) -> ResponseReturnValue:
    """The form, or the form once more with what was wrong."""
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
        catalogue = load(text_of(files, CATALOGUE), process)
        one = _of(catalogue, code)
    except WorkflowError as gone:
        return refused(gone)
    shown = render_template(
        "draft_item.html", draft=draft, tab="list", catalogue=catalogue, item=one,
        written=request.form if refusal else _written(one), faults=faults_of(refusal),
        rows=range(len(one.after) + MORE), revision=files[CATALOGUE].revision,
        departments=[(each.code, own_name(each)) for each in catalogue.departments],
        others=[(each.code, f"{each.code} {own_name(each)}")
                for each in catalogue.items if each is not one],
    )  # fmt: skip
    return (shown, status_of(refusal)) if refusal else shown


def _said(value: Any) -> str:
    """A value of the catalogue as it is written there."""
    return value.text if isinstance(value, Expression) else str(value)


def _written(item: Item) -> MultiDict[str, str]:
    """What the form of an item begins with."""
    found = {key: _said(value) for key in FIELDS if (value := getattr(item, key)) is not None}
    for at, before in enumerate(item.after):
        found |= {f"after.{at}": before.item, f"gate.{at}": before.gate}
        found |= {f"basis.{at}": before.basis or ""}
    return MultiDict(found)


@listed.post("/drafts/<process>/list/<code>")
def change(process: str, code: str) -> ResponseReturnValue:
    """Change an item in the catalogue, and draw again what was drawn from it."""
    try:
        files = drafts.files(reader(), process)
        text = text_of(files, CATALOGUE)
        before = load(text, process)
        after = _changed(text, _of(before, code), request.form)
        catalogue = load(after, process)
        edits = [Edit(CATALOGUE, after, request.form.get("revision", 0, int))]
        redrawn = as_drawn(files, process, before)
        if redrawn:
            edits.append(drawn_again(files, process, catalogue))
        keep(process, edits)
    except WorkflowError as refusal:
        return _item(process, code, refusal)
    flash(_("已保存，流程图也重新画了。") if redrawn else _("已保存。"), "success")
    return redirect(url_for("listed.items", process=process), 303)


def _changed(text: str, item: Item, form: MultiDict[str, str]) -> str:
    """The catalogue with what the form says of an item."""
    record = {key: form.get(key, "").strip() for key in FIELDS}
    waits = [
        {"item": before, "gate": form.get(f"gate.{at}", "start"),
         **({"basis": basis} if (basis := form.get(f"basis.{at}", "").strip()) else {})}
        for at in range(MORE + 100)
        if (before := form.get(f"after.{at}", ""))
    ]  # fmt: skip
    for key, value in {**record, "after": waits}.items():
        if value:
            text = put(text, ("items", item.code, key), value)
        elif getattr(item, key) not in (None, ()):
            text = drop(text, ("items", item.code, key))
    return text


@listed.post("/drafts/<process>/redraw")
def redraw(process: str) -> ResponseReturnValue:
    """Draw the diagram anew from the catalogue, in place of what was drawn by hand."""
    try:
        files = drafts.files(reader(), process)
        catalogue = load(text_of(files, CATALOGUE), process)
        revision = request.form.get("revision", 0, int)
        keep(process, [Edit(f"{process}.bpmn", draw(catalogue, process), revision)])
    except WorkflowError as refusal:
        return refused(refusal)
    flash(_("流程图已按目录重新画好，可以在设计器中调整。"), "success")
    return redirect(url_for("listed.items", process=process), 303)


@listed.get("/drafts/<process>/drawn.bpmn")
def drawn(process: str) -> ResponseReturnValue:
    """The diagram as the catalogue of the draft draws it; nothing is saved."""
    text = drafts.redrawn(reader(), process).sources[f"{process}.bpmn"]
    return Response(text, mimetype="application/xml")


@listed.get("/drafts/<process>/choose")
def choice(process: str) -> ResponseReturnValue:
    """Choose items of a theme that is published, as the beginning of this process."""
    return _choice(process)


def _choice(process: str, refusal: WorkflowError | None = None) -> ResponseReturnValue:
    try:
        draft, files = drafts.find(reader(), process), drafts.files(reader(), process)
    except WorkflowError as gone:
        return refused(gone)
    versions = queries.published_versions(reader())
    wanted = request.values.get("from")
    first = versions[0] if versions else None
    source = next((row for row in versions if row.process == wanted), first)
    shown = render_template(
        "draft_choose.html", draft=draft, tab="list", versions=versions, source=source,
        catalogue=load(source.catalogue, source.key) if source else None,
        revisions={name: row.revision for name, row in files.items()},
        chosen=request.form.getlist("item"), written=request.form,
        faults=faults_of(refusal),
    )  # fmt: skip
    return (shown, status_of(refusal)) if refusal else shown


@listed.post("/drafts/<process>/choose")
def choose(process: str) -> ResponseReturnValue:
    """Begin with the chosen items: their catalogue, and the diagram drawn from it."""
    try:
        source = _source(request.form.get("from", ""))
        theme = {key: request.form.get(key, "").strip() for key in ("code", "name", "name_en")}
        text = chosen(source.catalogue, request.form.getlist("item"), theme)
        catalogue = load(text, process)
        files = bundle_of(source).files()
        edits = [
            Edit(CATALOGUE, text, request.form.get("catalogue", 0, int)),
            Edit(f"{process}.bpmn", draw(catalogue, process), request.form.get("diagram", 0, int)),
        ]
        keep(process, edits, {name: each for name, each in files.items() if _shared(name, source)})
    except WorkflowError as refusal:
        return _choice(process, refusal)
    flash(_("目录和流程图已经生成：%(n)s 个事项。", n=len(catalogue.items)), "success")
    return redirect(url_for("listed.items", process=process), 303)


def _shared(name: str, source: ProcessVersion) -> bool:
    """Whether a file of a version is of use to another process: what it calls, and its forms."""
    return name not in (CATALOGUE, f"{source.process}.bpmn") and not name.endswith(".test.yaml")


def _source(process: str) -> ProcessVersion:
    found = queries.in_force(reader(), process)
    if found is None:
        raise ItemUnknown(code=process[:40])
    return found


def _of(catalogue: Catalogue, code: str) -> Item:
    try:
        return catalogue.item(code)
    except KeyError:
        raise ItemUnknown(code=code[:40]) from None


def _faulty(process: str, refusal: CatalogueInvalid) -> str:
    draft = drafts.find(reader(), process)
    return render_template("draft_faults.html", draft=draft, tab="list", faults=faults_of(refusal))
