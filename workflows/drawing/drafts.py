"""Drafts of processes (流程草稿): one a process, shared by the designers, kept file by file.

A file is saved over the revision that was read; who comes second is told who was first, and
loses nothing: the text is still in the page that tried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.catalogue import draw, load
from workflows.drawing.bundle import DIAGRAM, FILES, LENGTH, Bundle, check_name, from_files
from workflows.errors import N_, WorkflowError
from workflows.models import DraftFile, ProcessDraft


class DraftGone(WorkflowError):
    """It was handed in or thrown away meanwhile, or never begun."""

    sentence = N_("流程 %(process)s 没有草稿：可能已经提交或放弃了。")


class DraftChanged(WorkflowError):
    """Somebody else saved this file since it was read."""

    sentence = N_(
        "%(by)s 在您打开之后保存了 %(file)s，您的修改没有覆盖它。"
        "请先查看对方的修改，再决定怎样合并。"
    )


class DraftThere(WorkflowError):
    """A draft that others work on is not replaced by a file."""

    sentence = N_("流程 %(process)s 已有 %(by)s 开始的草稿：请先提交或放弃它，再导入。")


class DraftTooLarge(WorkflowError):
    """More than any process needs."""

    sentence = N_("文件 %(file)s 太大，或者流程的文件太多。")


@dataclass(frozen=True)
class Edit:
    """A file as somebody has written it, over the revision that was read (0: a new file)."""

    name: str
    text: str
    revision: int = 0


def find(session: Session, process: str) -> ProcessDraft:
    """The draft of a process; raises DraftGone."""
    found = session.get(ProcessDraft, process)
    if found is None:
        raise DraftGone(process=process)
    return found


def start(
    session: Session, process: str, bundle: Bundle, based_on: int | None, by: str, now: datetime
) -> ProcessDraft:
    """The draft of a process: the one there is, or a new one with these files."""
    there = session.get(ProcessDraft, process, with_for_update=True)
    if there is not None:
        return there
    draft = ProcessDraft(process=process, based_on=based_on, begun_by=by, begun_at=now)
    session.add(draft)
    session.flush()
    for name, text in bundle.files().items():
        session.add(_file(process, name, text, by, now))
    session.flush()
    return draft


def refuse_second(session: Session, process: str) -> None:
    """Raises DraftThere when somebody has begun a draft of this process."""
    there = session.get(ProcessDraft, process)
    if there is not None:
        raise DraftThere(process=process, by=there.begun_by)


def drafts(session: Session) -> list[ProcessDraft]:
    """All drafts, by process."""
    return list(session.scalars(select(ProcessDraft).order_by(ProcessDraft.process)))


def files(session: Session, process: str) -> dict[str, DraftFile]:
    """The files of a draft by name; raises DraftGone."""
    find(session, process)
    query = select(DraftFile).where(DraftFile.process == process).order_by(DraftFile.name)
    return {row.name: row for row in session.scalars(query)}


def bundle(session: Session, process: str, over: Mapping[str, str] | None = None) -> Bundle:
    """The draft as a bundle, with some files as they are being written."""
    texts = {name: row.text for name, row in files(session, process).items()}
    return from_files({**texts, **(over or {})})


def redrawn(session: Session, process: str) -> Bundle:
    """The draft with its diagram drawn anew from its catalogue; raises CatalogueInvalid."""
    found = bundle(session, process)
    text = draw(load(found.catalogue, process), process)
    return replace(found, sources={**found.sources, f"{process}{DIAGRAM}": text})


def save(session: Session, process: str, edit: Edit, by: str, now: datetime) -> int:
    """Save a file over the revision that was read; returns the new revision.

    Raises DraftGone, DraftChanged, DraftTooLarge, or FileUnreadable for a name no file has.
    """
    check_name(edit.name)
    there = _locked(session, process)
    if len(edit.text) > LENGTH or len({*there, edit.name}) > FILES:
        raise DraftTooLarge(file=edit.name)
    row = there.get(edit.name)
    if row is None:
        session.add(_file(process, edit.name, edit.text, by, now))
        session.flush()
        return 1
    if row.text != edit.text:
        _unchanged(row, edit.revision)
        row.text, row.revision, row.changed_by, row.changed_at = (
            edit.text, row.revision + 1, by, now,
        )  # fmt: skip
        session.flush()
    return row.revision


def remove(session: Session, process: str, name: str, revision: int) -> None:
    """Take a file out of a draft; raises DraftGone or DraftChanged."""
    row = _locked(session, process).get(name)
    if row is not None:
        _unchanged(row, revision)
        session.delete(row)
        session.flush()


def _locked(session: Session, process: str) -> dict[str, DraftFile]:
    """The files, which nobody else changes until this transaction ends."""
    session.get(ProcessDraft, process, with_for_update=True)
    return files(session, process)


def _unchanged(row: DraftFile, revision: int) -> None:
    if row.revision != revision:
        raise DraftChanged(by=row.changed_by, file=row.name)


def take(session: Session, process: str, revisions: Mapping[str, int]) -> dict[str, str]:
    """Take a draft away to hand it in, as it was read; says who last changed each file.

    Raises DraftGone, or DraftChanged when anybody has saved since.
    """
    there = _locked(session, process)
    for name, row in there.items():
        _unchanged(row, revisions.get(name, 0))
    for name in revisions.keys() - there.keys():
        raise DraftChanged(by="—", file=name)
    drop(session, process)
    return {name: row.changed_by for name, row in there.items()}


def drop(session: Session, process: str) -> None:
    """Throw a draft away, with its files: it was handed in, or is not wanted."""
    session.execute(delete(DraftFile).where(DraftFile.process == process))
    session.execute(delete(ProcessDraft).where(ProcessDraft.process == process))


def _file(process: str, name: str, text: str, by: str, now: datetime) -> DraftFile:
    return DraftFile(
        process=process, name=name, text=text, revision=1, changed_by=by, changed_at=now
    )
