"""流程包: a process taken out of the system as one file, and brought in as a draft."""

from argparse import Namespace
from datetime import datetime

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from server.context import keeping, now, reader
from server.designer import processes_page
from server.errors import again
from server.publishing import NothingUploaded
from workflows.actions.base import ProcessNotFound
from workflows.clock import office_time
from workflows.drawing import drafts
from workflows.drawing.bundle import NAME, FileUnreadable, bundle_of
from workflows.drawing.parcel import Parcel, pack, under, unpack
from workflows.errors import WorkflowError
from workflows.queries import processes as queries

parcels = Blueprint("parcels", __name__)


@parcels.get("/processes/<process>/<int:number>/parcel.zip")
def of_version(process: str, number: int) -> Response:
    """A version as one file."""
    row = queries.version(reader(), process, number)
    if row is None:
        abort(404)
    return _file(Parcel(process, number, bundle_of(row)))


@parcels.get("/drafts/<process>/parcel.zip")
def of_draft(process: str) -> Response:
    """The draft as one file, as it stands."""
    return _file(Parcel(process, None, drafts.bundle(reader(), process)))


def _file(parcel: Parcel) -> Response:
    answer = Response(pack(parcel, office_time(now())), mimetype="application/zip")
    number = f"v{parcel.version}" if parcel.version else "draft"
    name = f"{parcel.process}-{number}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@parcels.post("/processes/import")
def bring_in() -> ResponseReturnValue:
    """Begin a draft with the files of a bundle: of the same process, or of a new one."""
    process = request.form.get("process", "").strip()
    try:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise NothingUploaded
        parcel = unpack(file.read(), file.filename)
        process = process or parcel.process
        with keeping() as session:
            begin_with(session, parcel, process, current_user.name, now())
    except WorkflowError as refusal:
        return again(refusal, processes_page, "")
    flash(_("已导入 %(process)s，请检查后提交审核。", process=process), "success")
    return redirect(url_for("drafts.room", process=process), 303)


def begin_with(session: Session, parcel: Parcel, process: str, by: str, at: datetime) -> None:
    """A draft with the files of a bundle; refused when there is one already."""
    if not NAME.fullmatch(process):
        raise FileUnreadable(file=process[:80])
    drafts.refuse_second(session, process)
    version = queries.in_force(session, process)
    based_on = version.version if version else None
    drafts.start(session, process, under(parcel, process), based_on, by, at)


def take_out(session: Session, options: Namespace) -> Parcel:
    """The bundle that a command asks for: the draft, a version, or the version in force."""
    process: str = options.process
    if options.draft:
        return Parcel(process, None, drafts.bundle(session, process))
    if options.version is not None:
        row = queries.version(session, process, options.version)
    else:
        row = queries.in_force(session, process)
    if row is None:
        raise ProcessNotFound(key=f"{process}@{options.version or ''}".rstrip("@"))
    return Parcel(process, row.version, bundle_of(row))
