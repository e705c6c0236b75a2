"""流程与版本: look at a diagram, upload a version, publish it as a second person."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user
from werkzeug.datastructures import FileStorage, MultiDict

from server.bundles import read_bundle
from server.context import reader, services
from server.form_schema import parse
from server.labels import refusal_sentence, said
from workflows.actions.upload_process import UploadProcess
from workflows.catalogue import CatalogueInvalid
from workflows.drawing import drafts
from workflows.drawing.bundle import (
    CATALOGUE,
    OTHERS,
    Bundle,
    FileUnreadable,
    bundle_of,
    from_files,
)
from workflows.engine import ProcessInvalid
from workflows.errors import N_, WorkflowError
from workflows.models import ProcessVersion
from workflows.queries import processes as queries

designer = Blueprint("designer", __name__)

#: Refusals that say where each fault is.
PLACED = (ProcessInvalid, CatalogueInvalid)


class NothingUploaded(WorkflowError):
    """The form was sent without a file."""

    sentence = N_("请选择要上传的文件。")


@designer.get("/processes")
def processes() -> str:
    """Every process with its versions."""
    return processes_page("")


def processes_page(process: str, refusal: WorkflowError | None = None) -> str:
    """The list, with the faults of an upload that was refused."""
    grouped: dict[str, list[ProcessVersion]] = {}
    for row in queries.versions(reader()):
        grouped.setdefault(row.process, []).append(row)
    return render_template(
        "processes.html",
        grouped=grouped,
        running=queries.running_cases(reader()),
        refused=process,
        drafted={row.process for row in drafts.drafts(reader())},
        note=request.form.get("note", ""),
        faults=faults_of(refusal) if isinstance(refusal, PLACED) else [],
        sentence=refusal_sentence(refusal) if refusal else None,
    )


@dataclass(frozen=True)
class Placed:
    """A fault in the reader's language, and where it is."""

    file: str
    line: int
    element: str
    sentence: str


def faults_of(refusal: WorkflowError | None) -> list[Placed]:
    """Each fault with its place; a refusal that has no faults is one of its own."""
    if isinstance(refusal, ProcessInvalid):
        return [
            Placed(f.file, f.line, f.element, said(f.sentence, f.params)) for f in refusal.faults
        ]
    if isinstance(refusal, CatalogueInvalid):
        return [
            Placed(CATALOGUE, f.line, f.where, said(f.sentence, f.params)) for f in refusal.faults
        ]
    return [Placed("", 0, "", refusal_sentence(refusal))] if refusal else []


@designer.get("/processes/<process>/<int:number>")
def version(process: str, number: int) -> str:
    """One version: its diagram, its catalogue, who uploaded and who published it."""
    return version_page((process, number))


def version_page(key: tuple[str, int], refusal: WorkflowError | None = None) -> str:
    """The page of a version."""
    row = queries.version(reader(), *key)
    if row is None:
        abort(404)
    return render_template(
        "version.html",
        version=row,
        running=queries.running_cases(reader()).get(row.id, 0),
        own=row.uploaded_by == current_user.name,
        sentence=refusal_sentence(refusal) if refusal else None,
    )


@designer.get("/processes/<process>/<int:number>/<name>.bpmn")
def source(process: str, number: int, name: str) -> Response:
    """One diagram of a version."""
    row = queries.version(reader(), process, number)
    if row is None or f"{name}.bpmn" not in row.sources:
        abort(404)
    return Response(row.sources[f"{name}.bpmn"], mimetype="application/xml")


def read_upload(
    process: str, files: list[FileStorage], posted: MultiDict[str, str]
) -> UploadProcess:
    """The new version: what was uploaded, laid over what is published now."""
    texts = current(process).files()
    given = [file for file in files if file.filename]
    if not given:
        raise NothingUploaded
    for file in given:
        name = str(file.filename).replace("\\", "/").rpartition("/")[2]
        try:
            text = file.read().decode("utf-8-sig")
        except ValueError:
            raise FileUnreadable(file=name) from None
        texts[_name(name, process, texts)] = text
    bundle = from_files(texts)
    check_forms(bundle)
    note = posted.get("note", "")
    return UploadProcess(
        process, bundle.sources, bundle.catalogue, bundle.forms, note, bundle.others
    )


def check_forms(bundle: Bundle) -> None:
    """Refuse a form that no page could show."""
    for form in bundle.forms.values():
        parse(form)


def _name(name: str, process: str, there: dict[str, str]) -> str:
    """An item process keeps its name; any other drawing is the diagram of this process."""
    stem, _, end = name.rpartition(".")
    if end in ("yaml", "yml") and not name.endswith(OTHERS):
        return CATALOGUE
    if end in ("bpmn", "xml"):
        return f"{stem}.bpmn" if f"{stem}.bpmn" in there else f"{process}.bpmn"
    return name


def current(process: str) -> Bundle:
    """The files of the published version, or the shipped item processes for a new one."""
    for row in queries.published_versions(reader()):
        if row.process == process:
            return bundle_of(row)
    shipped = read_bundle(services().settings.bpmn_folder, "restaurant")
    sources = {n: text for n, text in shipped.sources.items() if n != "restaurant.bpmn"}
    return Bundle(sources, "", dict(shipped.forms))
