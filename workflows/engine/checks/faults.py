"""What is wrong in a diagram, where, and in which words."""

from workflows.errors import N_, WorkflowError
from workflows.xml import Fault

__all__ = ["Fault", "ProcessInvalid"]


class ProcessInvalid(WorkflowError):
    """A diagram that cannot be published; carries every fault found in it."""

    sentence = N_("流程图有 %(count)s 处问题，不能发布：%(first)s")

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(count=len(faults), first=str(faults[0]))
        self.faults = faults
