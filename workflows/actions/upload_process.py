"""Hand in a new version of a process (提交审核): checked, then waiting for a second person.

It comes from the files of somebody's disk, or from the draft, which is gone afterwards.
"""

from dataclasses import dataclass, field
from typing import Any

from workflows.actions.base import Context, ProcessAction
from workflows.actions.bundle import check_bundle
from workflows.actions.fields import check_rights
from workflows.drawing import drafts
from workflows.drawing.bundle import Bundle
from workflows.models import ProcessVersion
from workflows.models.serial import next_value
from workflows.states import ProcessState


@dataclass(frozen=True)
class UploadProcess(ProcessAction):
    process: str
    sources: dict[str, str]
    catalogue: str
    forms: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    others: dict[str, str] = field(default_factory=dict)
    #: Of a draft that is handed in: the revision of each file as it was read.
    revisions: dict[str, int] = field(default_factory=dict)

    name = "upload_process"

    def find(self, key: str, ctx: Context) -> ProcessVersion:
        """The new version.  Examined before the first statement, so that nobody waits for it."""
        bundle = Bundle(self.sources, self.catalogue, self.forms, self.others)
        catalogue = check_bundle(self.process, self.sources, self.catalogue, bundle.tables)
        check_rights(catalogue, self.forms, self.sources)
        version = ProcessVersion(
            process=self.process,
            version=next_value(ctx.session, f"version {self.process}"),
            name=catalogue.theme.name,
            state=ProcessState.NEW,
            sha256=bundle.fingerprint(),
            sources=self.sources,
            catalogue=self.catalogue,
            forms=self.forms,
            others=self.others,
            note=self.note.strip(),
            uploaded_by=ctx.actor.name,
            uploaded_at=ctx.now,
            history_length=0,
            history_hash="",
        )
        ctx.session.add(version)
        return version

    def apply(self, version: ProcessVersion, ctx: Context) -> dict[str, Any]:
        files = sorted({**self.sources, **self.others})
        drafted = {}
        if self.revisions:
            by = drafts.take(ctx.session, self.process, self.revisions)
            drafted = {"drafted_by": by}
        return {"sha256": version.sha256, "files": files, "note": version.note, **drafted}
