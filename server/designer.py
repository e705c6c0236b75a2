"""流程与版本: every process, each version with its review and its history."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user

from server.bundles import shipped
from server.comparing import summary
from server.context import reader, services, today
from server.form_check import FormUnfit, faults_of_form
from server.form_schema import parse
from server.labels import refusal_sentence, said
from server.tried import tried
from workflows.catalogue import CatalogueInvalid
from workflows.documents.setting import DocumentInvalid
from workflows.drawing.bundle import CATALOGUE, Bundle, bundle_of
from workflows.engine import ProcessInvalid
from workflows.errors import WorkflowError
from workflows.models import ProcessVersion
from workflows.queries import processes as queries
from workflows.queries.timeline import timeline
from workflows.states import ProcessState

designer = Blueprint("designer", __name__)

#: Refusals that say where each fault is.
PLACED = (ProcessInvalid, CatalogueInvalid, DocumentInvalid)


@designer.get("/processes")
def processes() -> str:
    """Every process with its versions, and what waits for whom."""
    return processes_page("")


def processes_page(process: str, refusal: WorkflowError | None = None) -> str:
    """The list, with the faults of an upload that was refused."""
    return render_template(
        "processes.html",
        overviews=queries.overviews(reader()),
        running=queries.running_cases(reader()),
        refused=process,
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
    if isinstance(refusal, DocumentInvalid):
        return [
            Placed(f.file, f.line, "", f"{said(f.sentence, f.params)} {f.said and f'({f.said})'}")
            for f in refusal.faults
        ]
    return [Placed("", 0, "", refusal_sentence(refusal))] if refusal else []


@designer.get("/processes/<process>/<int:number>")
def version(process: str, number: int) -> str:
    """One version: its diagram, its catalogue, who uploaded and who published it."""
    return version_page((process, number))


def version_page(key: tuple[str, int], refusal: WorkflowError | None = None) -> str:
    """The page of a version: its review, what became of it, and its diagrams."""
    row = queries.version(reader(), *key)
    whole = queries.overview(reader(), key[0])
    if row is None or whole is None:
        abort(404)
    running = queries.running_cases(reader())
    under_review = row.state in (ProcessState.DRAFT, ProcessState.SCHEDULED)
    base = whole.in_force if under_review else _before(row, whole)
    return render_template(
        "version.html",
        version=row,
        whole=whole,
        base=base,
        summary=summary(base, row) if base is not None and under_review else None,
        running=running.get(row.id, 0),
        base_running=running.get(base.id, 0) if base is not None else 0,
        events=timeline(reader(), row.key),
        own=row.uploaded_by == current_user.name,
        posted=request.form,
        tomorrow=today() + timedelta(days=1),
        sentence=refusal_sentence(refusal) if refusal else None,
        **tried(row.process, bundle_of(row)),
    )


def _before(row: ProcessVersion, whole: queries.Overview) -> ProcessVersion | None:
    """The version before, to see what this one changed."""
    return next((older for older in whole.versions if older.version < row.version), None)


@designer.get("/processes/<process>/<int:number>/<name>.bpmn")
def source(process: str, number: int, name: str) -> Response:
    """One diagram of a version."""
    row = queries.version(reader(), process, number)
    if row is None or f"{name}.bpmn" not in row.sources:
        abort(404)
    return Response(row.sources[f"{name}.bpmn"], mimetype="application/xml")


def check_forms(bundle: Bundle) -> None:
    """Refuse a form that no page could show, or that is not fit for what it is used for."""
    for name, form in bundle.forms.items():
        parse(form)
        if faults := faults_of_form(name, form):
            raise FormUnfit(form=name, why=faults[0].sentence)


def current(process: str) -> Bundle:
    """The files of the published version, or the shipped item processes for a new one."""
    version = queries.in_force(reader(), process)
    return bundle_of(version) if version else shipped(services().settings.bpmn_folder)
