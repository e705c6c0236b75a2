"""Doing a task once more inside a called process that is over, such as the item of a department.

The process around it is at work again, so that its result is found anew; what followed from that
result stays, and waits if it was held.  When the process is over for the second time, what was
held goes on.
"""

from workflows.engine.tree import COMPLETED, READY, STARTED, Token
from workflows.engine.undo import take_back, take_back_effects


def stands_inside(task: Token) -> bool:
    """Whether a task stands in a called process that is over, and that can be taken up again."""
    caller = task.workflow.caller
    return bool(
        task.workflow.completed
        and caller is not None
        and caller._state == COMPLETED
        and caller.activity._state == COMPLETED
        and "concluded" not in caller.internal_data
    )


def once_more_inside(task: Token, released: list[int]) -> None:
    """Open a task again with the processes around it; at their end what was held is released."""
    at = task
    while stands_inside(at):
        process = at.workflow
        process.close(False)  # first: what followed from its end is to stay
        take_back(at)
        at._set_state(READY if at is task else STARTED)
        at = process.caller
    take_back_effects(at)
    at.note(detour={"release": released, "until": None})
    at._set_state(STARTED)
