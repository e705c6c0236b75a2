"""流程与版本: look at a diagram, upload a version, publish it as a second person."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user
from werkzeug.datastructures import FileStorage, MultiDict

from server.bundles import read_bundle
from server.context import reader, services
from server.form_schema import parse
from server.labels import refusal_sentence, said
from workflows.actions.upload_process import UploadProcess
from workflows.catalogue import CatalogueInvalid
from workflows.engine import ProcessInvalid
from workflows.errors import N_, WorkflowError
from workflows.models import ProcessVersion
from workflows.queries import processes as queries

designer = Blueprint("designer", __name__)


class FileUnreadable(WorkflowError):
    """An upload that is none of the files a process consists of."""

    sentence = N_(
        "文件 %(file)s 无法读取：请上传 .bpmn、catalogue.yaml 或 .form.json 文件（UTF-8）。"
    )


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
        note=request.form.get("note", ""),
        faults=_faults(refusal),
        sentence=refusal_sentence(refusal) if refusal else None,
    )


def _faults(refusal: WorkflowError | None) -> list[dict[str, str]]:
    """Each fault with its place, in the reader's language."""
    places: list[tuple[str, str, str, Mapping[str, object]]]
    if isinstance(refusal, ProcessInvalid):
        places = [(f"{f.file}:{f.line}", f.element, f.sentence, f.params) for f in refusal.faults]
    elif isinstance(refusal, CatalogueInvalid):
        lines = refusal.faults
        places = [(f"catalogue.yaml:{f.line}", f.where, f.sentence, f.params) for f in lines]
    else:
        return []
    return [
        {"place": place, "element": element, "sentence": said(sentence, params)}
        for place, element, sentence, params in places
    ]


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
    sources, catalogue, forms = _current(process)
    given = [file for file in files if file.filename]
    if not given:
        raise NothingUploaded
    for file in given:
        name = str(file.filename).replace("\\", "/").rpartition("/")[2]
        try:
            text = file.read().decode("utf-8-sig")
            if name.endswith((".yaml", ".yml")):
                catalogue = text
            elif name.endswith(".form.json"):
                forms[name.split(".")[0]] = json.loads(text)
                parse(forms[name.split(".")[0]])
            elif name.endswith((".bpmn", ".xml")):
                sources[_diagram_name(name, process, sources)] = text
            else:
                raise FileUnreadable(file=name)
        except ValueError:
            raise FileUnreadable(file=name) from None
    return UploadProcess(process, sources, catalogue, forms, posted.get("note", ""))


def _diagram_name(name: str, process: str, sources: dict[str, str]) -> str:
    """An item process keeps its name; anything else is the diagram of this process."""
    stem = name.rpartition(".")[0]
    return f"{stem}.bpmn" if f"{stem}.bpmn" in sources else f"{process}.bpmn"


def _current(process: str) -> tuple[dict[str, str], str, dict[str, Any]]:
    """The files of the published version, or of the shipped item processes for a new one."""
    for row in queries.published_versions(reader()):
        if row.process == process:
            return dict(row.sources), row.catalogue, dict(row.forms)
    shipped = read_bundle(services().settings.bpmn_folder, "restaurant")
    sources = {n: text for n, text in shipped.sources.items() if n != "restaurant.bpmn"}
    return sources, "", dict(shipped.forms)
