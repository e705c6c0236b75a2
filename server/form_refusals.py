"""What is said of a form that cannot be read, and to whom."""

from collections.abc import Callable
from typing import TypeAlias

from workflows.errors import N_, WorkflowError

#: Which component of a form, from 0; of a table, and in it; none: the form itself.
Place: TypeAlias = tuple[int, ...]
#: Is told of a fault.
Heard: TypeAlias = Callable[[Place, WorkflowError], None]


def inside(heard: Heard | None, number: int) -> Heard | None:
    """Who is told of faults inside this component of a form."""
    if heard is None:
        return None
    tell = heard
    return lambda place, refusal: tell((number, *place), refusal)


class InvalidForm(WorkflowError):
    """The schema is not a form we can read."""

    sentence = N_("表单“%(form)s”的%(where)s有误：%(problem)s。")


class UnsupportedFormComponent(WorkflowError):
    """The schema uses a component, or a property of one, that we could not show or check."""

    sentence = N_("表单“%(form)s”的%(where)s不能使用：不支持“%(feature)s”。")
