"""The command that takes the sheets of a catalogue into the draft of a process."""

from argparse import Namespace

from sqlalchemy.orm import Session

from server.bundles import shipped
from server.commands import answer, opened
from server.context import Services
from server.redrawing import edits_of
from server.tabulating import counts, revision_of
from server.workbook import read_workbook
from workflows.catalogue import load
from workflows.catalogue.places import tree
from workflows.catalogue.skeleton import begun
from workflows.catalogue.tables import SheetsInvalid, take
from workflows.drawing import drafts
from workflows.drawing.bundle import CATALOGUE, NAME, Bundle, FileUnreadable, bundle_of
from workflows.queries import processes as queries

#: Who a draft says has changed it, when a command did.
COMMAND = "lianban import-catalogue"


def import_catalogue(options: Namespace) -> int:
    """`lianban import-catalogue`: into the draft of a process, which is begun if there is none."""
    tables = read_workbook(options.file.read_bytes())
    with opened() as services, services.database.writers() as session, session.begin():
        now = services.clock.now()
        bundle, based_on = _published(services, session, options.process)
        drafts.start(session, options.process, bundle, based_on, COMMAND, now)
        files = drafts.files(session, options.process)
        text = files[CATALOGUE].text if CATALOGUE in files else ""
        before = text if text.strip() else begun(services.settings.bpmn_folder)
        if not tree(before):
            load(before, options.process)
        try:
            after = take(before, tables, options.replace)
        except SheetsInvalid as invalid:
            return _say_faults(options, invalid)
        edits, _redrawn = edits_of(options.process, files, before, after, revision_of(files))
        for edit in edits:
            drafts.save(session, options.process, edit, COMMAND, now)
    done = counts(before, after)
    words = f"新增 {done['new']} 条，修改 {done['changed']} 条，删去 {done['gone']} 条"
    answer(options, {"faults": [], **done}, words)
    return 0


def _published(services: Services, session: Session, process: str) -> tuple[Bundle, int | None]:
    """What a draft begins with: the published version, or what is shipped for a new one."""
    if not NAME.fullmatch(process):
        raise FileUnreadable(file=process[:80])
    for row in queries.published_versions(session):
        if row.process == process:
            return bundle_of(row), row.version
    return shipped(services.settings.bpmn_folder), None


def _say_faults(options: Namespace, invalid: SheetsInvalid) -> int:
    """Every fault on a line of its own; nothing was taken."""
    data = [
        {"sheet": f.sheet, "row": f.row, "column": f.column, "title": f.title,
         "sentence": f.sentence % f.params if f.params else f.sentence}
        for f in invalid.faults
    ]  # fmt: skip
    lines = [f"{f['sheet']} {f['column']}{f['row']} {f['title']}：{f['sentence']}" for f in data]
    answer(options, {"faults": data}, "\n".join([str(invalid), *lines]))
    return 1
