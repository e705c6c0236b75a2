"""Retire a process (停用流程): no new cases; those that run stay on it to their end."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, ProcessAction, written
from workflows.actions.in_force import alone
from workflows.models import ProcessVersion


@dataclass(frozen=True)
class RetireProcess(ProcessAction):
    reason: str

    name = "retire_process"

    def find(self, key: str, ctx: Context) -> ProcessVersion:
        alone(key, ctx)
        return super().find(key, ctx)

    def apply(self, version: ProcessVersion, ctx: Context) -> dict[str, Any]:
        return {"reason": written(self.reason)}
