"""Call a version back before its day (收回发布): it waits for review again."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, ProcessAction, written
from workflows.models import ProcessVersion


@dataclass(frozen=True)
class CallBackVersion(ProcessAction):
    reason: str

    name = "call_back_version"

    def apply(self, version: ProcessVersion, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        was = version.effective_at
        version.effective_at = version.published_by = None
        return {"reason": reason, "would_have_been": was.isoformat() if was else None}
