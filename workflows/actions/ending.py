"""The end of a case before it was decided (撤回、不予受理、终止): nothing runs any more."""

from typing import Any

from workflows.actions.base import Context, move
from workflows.actions.clocks import running
from workflows.actions.follow import JOINT
from workflows.actions.moot import drop_moot
from workflows.models import Case
from workflows.models.deadline import Clock
from workflows.states import ItemState


def end_case(case: Case, ctx: Context, reason: str) -> dict[str, Any]:
    """The case is over before it was decided: nothing runs, nobody has anything to do.

    Returns what history should remember of what is moot now.
    """
    case.closed_at = ctx.now
    for task in case.tasks:
        if task.kind != "check":  # what was granted on a promise is still checked
            task.closed_at = task.closed_at or ctx.now
    for row in case.pauses:
        row.ended_on = row.ended_on or ctx.today
    for item in case.items:
        if not item.decided:
            move(item, "end", ItemState.NOT_NEEDED)
            item.reason = reason
    moot = drop_moot(case, ctx) if case.accepted_at else {}
    checks = {instance.id for instance in case.instances if instance.item_id is not JOINT}
    for deadline in running(case):
        if deadline.clock is not Clock.CHECK and deadline.instance_id not in checks:
            deadline.closed_at = ctx.now
            deadline.next_at = None
    return moot
