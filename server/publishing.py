"""From a draft to the version in force: handed in, reviewed by a second person, retired."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from server.action_words import ACTIONS as WORDS
from server.auth import actor, door
from server.context import acting, reader
from server.designer import check_forms, current, processes_page, version_page
from server.document_checks import check_documents
from server.drafts import room_page
from server.errors import again
from server.labels import word
from server.reading import read_action
from server.view import day
from workflows.actions import ACTIONS, perform
from workflows.actions.base import ProcessAction, written
from workflows.actions.upload_process import UploadProcess
from workflows.drawing import drafts as kept
from workflows.drawing.bundle import CATALOGUE, OTHERS, FileUnreadable, from_files
from workflows.errors import N_, WorkflowError
from workflows.models import ProcessVersion
from workflows.states import ProcessState

publishing = Blueprint("publishing", __name__)

#: What is done with a version that is there.
VERBS = {
    name: kind
    for name, kind in ACTIONS.items()
    if issubclass(kind, ProcessAction) and kind is not UploadProcess
}


class NothingUploaded(WorkflowError):
    """The form was sent without a file."""

    sentence = N_("请选择要上传的文件。")


@publishing.post("/processes/<process>/upload")
def upload(process: str) -> ResponseReturnValue:
    """Hand in a new version from the files of somebody's disk."""
    door("upload_process")
    try:
        action = read_upload(process, request.files.getlist("files"), request.form)
        version = perform(process, action, acting(actor()))
    except WorkflowError as refusal:
        return again(refusal, processes_page, process)
    return _handed_in(version)


@publishing.post("/drafts/<process>/hand-in")
def hand_in(process: str) -> ResponseReturnValue:
    """Hand the draft in for review, as it was seen; it is a version then, and no draft."""
    door("upload_process")
    try:
        action = read_draft(process, request.form)
        version = perform(process, action, acting(actor()))
    except WorkflowError as refusal:
        return again(refusal, room_page, process)
    return _handed_in(version)


def _handed_in(version: ProcessVersion) -> ResponseReturnValue:
    flash(_("已提交 %(key)s，等待另一位设计员审核发布。", key=version.key), "success")
    return redirect(_page(version.process, version.version), 303)


@publishing.post("/processes/<process>/<int:number>/<name>")
def act_on_version(process: str, number: int, name: str) -> ResponseReturnValue:
    """Publish a version now or for a day, return it, call it back, retire it."""
    if name not in VERBS:
        abort(404)
    door(name)
    try:
        version = perform(
            f"{process}@{number}", read_action(VERBS[name], request.form), acting(actor())
        )
    except WorkflowError as refusal:
        return again(refusal, version_page, (process, number))
    flash(_said(name, version), "success")
    if version.state is ProcessState.RETURNED:
        return redirect(url_for("drafts.room", process=process), 303)
    return redirect(_page(process, number), 303)


def _said(name: str, version: ProcessVersion) -> str:
    if version.state is ProcessState.PUBLISHED:
        return str(_("已发布 %(key)s，新收的办件从现在起使用它。", key=version.key))
    if version.state is ProcessState.SCHEDULED:
        on = day(version.effective_at)
        return str(_("已安排 %(key)s 于 %(day)s 零时生效。", key=version.key, day=on))
    return str(_("已办理“%(action)s”：%(number)s", action=word(WORDS, name), number=version.key))


def _page(process: str, number: int) -> str:
    return url_for("designer.version", process=process, number=number)


def read_draft(process: str, posted: MultiDict[str, str]) -> UploadProcess:
    """The draft as a version; refused when somebody has saved since the page was shown."""
    note = written(posted.get("note", ""))
    files = kept.files(reader(), process)
    there = {name: row.revision for name, row in files.items()}
    bundle = from_files({name: row.text for name, row in files.items()})
    check_forms(bundle)
    check_documents(bundle)
    return UploadProcess(
        process, bundle.sources, bundle.catalogue, bundle.forms, note, bundle.others,
        revisions(posted) or there,
    )  # fmt: skip


def revisions(posted: MultiDict[str, str]) -> dict[str, int]:
    """The revisions that the page showed, by file."""
    start = "revision."
    return {
        key.removeprefix(start): int(text)
        for key, text in posted.items()
        if key.startswith(start) and text.isdecimal() and len(text) < 10
    }


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
    check_documents(bundle)
    note = posted.get("note", "")
    return UploadProcess(
        process, bundle.sources, bundle.catalogue, bundle.forms, note, bundle.others
    )


def _name(name: str, process: str, there: dict[str, str]) -> str:
    """An item process keeps its name; any other drawing is the diagram of this process."""
    stem, _, end = name.rpartition(".")
    if end in ("yaml", "yml") and not name.endswith(OTHERS):
        return CATALOGUE
    if end in ("bpmn", "xml"):
        return f"{stem}.bpmn" if f"{stem}.bpmn" in there else f"{process}.bpmn"
    return name
