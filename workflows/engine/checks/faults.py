"""What is wrong in a diagram, where, and in which words."""

from dataclasses import dataclass, field
from typing import Any

from workflows.errors import N_, WorkflowError


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a diagram, and where."""

    file: str
    line: int
    element: str
    sentence: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.file}:{self.line} [{self.element}] {self.sentence % self.params}"


class ProcessInvalid(WorkflowError):
    """A diagram that cannot be published; carries every fault found in it."""

    sentence = N_("流程图有 %(count)s 处问题，不能发布：%(first)s")

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(count=len(faults), first=str(faults[0]))
        self.faults = faults
