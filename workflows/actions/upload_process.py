"""Upload a new version of a process (流程上传): checked, then waiting for a second person."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from workflows.actions.base import Context, ProcessAction
from workflows.actions.bundle import check_bundle
from workflows.actions.fields import check_rights
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

    name = "upload_process"

    def find(self, key: str, ctx: Context) -> ProcessVersion:
        """The new version.  Examined before the first statement, so that nobody waits for it."""
        catalogue = check_bundle(self.process, self.sources, self.catalogue)
        check_rights(catalogue, self.forms, self.sources)
        version = ProcessVersion(
            process=self.process,
            version=next_value(ctx.session, f"version {self.process}"),
            name=catalogue.theme.name,
            state=ProcessState.NEW,
            sha256=self._fingerprint(),
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

    def _fingerprint(self) -> str:
        parts = [self.sources, self.catalogue, self.forms, *filter(None, [self.others])]
        content = json.dumps(parts, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    def apply(self, version: ProcessVersion, ctx: Context) -> dict[str, Any]:
        files = sorted({**self.sources, **self.others})
        return {"sha256": version.sha256, "files": files, "note": version.note}
