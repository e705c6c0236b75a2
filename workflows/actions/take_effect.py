"""A version that was published for a day takes effect as that day begins (流程生效)."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, ProcessAction
from workflows.actions.climb import NotDue
from workflows.actions.in_force import alone, put_in_force
from workflows.models import ProcessVersion


@dataclass(frozen=True)
class TakeEffect(ProcessAction):
    name = "take_effect"

    def find(self, key: str, ctx: Context) -> ProcessVersion:
        alone(key, ctx)
        return super().find(key, ctx)

    def apply(self, version: ProcessVersion, ctx: Context) -> dict[str, Any]:
        """What a second person answered for is not examined again: it has not changed since."""
        if version.effective_at is None or version.effective_at > ctx.now:
            raise NotDue
        return {"sha256": version.sha256, "replaces": put_in_force(version, ctx)}
