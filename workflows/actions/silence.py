"""The five working days of the one-time notice: they are over whether or not the clockwork looked.

行政许可法 §32(4): in silence the application is accepted from the day of receipt.  Nobody gains
time, and nothing can be asked or declined any more, because the scheduler stood still.
"""

from workflows.actions.base import Context
from workflows.actions.clocks import running
from workflows.clock import passed
from workflows.errors import N_, WorkflowError
from workflows.models import Case
from workflows.models.deadline import Clock

DEEMED = N_("五个工作日未告知补正，依法视为自收到材料之日起受理（行政许可法第三十二条）。")


class NoticeTooLate(WorkflowError):
    """The five working days passed in silence: by law the application is accepted."""

    sentence = DEEMED


def silent(case: Case, ctx: Context) -> bool:
    """Whether the five working days have passed without a word."""
    return any(passed(ctx.now, row.due_at) for row in running(case, Clock.NOTICE))


def in_time(case: Case, ctx: Context) -> None:
    """Refuse what had to be said within the five working days."""
    if silent(case, ctx):
        raise NoticeTooLate
