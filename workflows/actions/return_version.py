"""Return a version that waits for review (退回修改): its files become the draft again.

The second person returns what is not right; who handed it in may take it back as well.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, ProcessAction, written
from workflows.drawing import drafts
from workflows.drawing.bundle import bundle_of
from workflows.models import ProcessVersion


@dataclass(frozen=True)
class ReturnVersion(ProcessAction):
    reason: str

    name = "return_version"

    def apply(self, version: ProcessVersion, ctx: Context) -> dict[str, Any]:
        """A draft that was begun meanwhile stays as it is; history says so."""
        reason = written(self.reason)
        there = any(row.process == version.process for row in drafts.drafts(ctx.session))
        drafts.start(
            ctx.session, version.process, bundle_of(version), version.version,
            ctx.actor.name, ctx.now,
        )  # fmt: skip
        return {"reason": reason, "draft": "kept" if there else "begun"}
