"""Ending an item without a decision: its process ends with that outcome, its branch goes on."""

from typing import Any

from sqlalchemy import select

from workflows import engine
from workflows.actions.base import Context, move
from workflows.actions.clocks import open_pause, resume, stop_clocks
from workflows.actions.follow import JOINT
from workflows.actions.moving import definition_of, take_over
from workflows.actions.numbers import document_number
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, ProcessInstance, Task
from workflows.states import ItemState


class ItemNotBegun(WorkflowError):
    """What has not begun cannot be ended; it lapses by itself when nothing leads to it."""

    sentence = N_("事项 %(item)s 还没有开始办理，不能终止。")


def conclude(
    case: Case, item: CaseItem, outcome: str, reason: str, ctx: Context, happening: str
) -> dict[str, Any]:
    """End an item that has begun; what history remembers. Raises ItemNotBegun."""
    instance, number = _place(item, ctx)
    move(item, "conclude_item", ItemState.NOT_NEEDED)
    item.decided_at = ctx.now
    item.reason = reason
    if (pause := open_pause(case, item)) is not None:
        resume(case, pause, ctx)
    stop_clocks(case, ctx, item=item)
    step = engine.conclude(definition_of(case, instance), instance.state, number, outcome)
    return {
        "item": item.code,
        "outcome": outcome,
        "reason": reason,
        "number": document_number(ctx, case, "ZZ"),
        **take_over(case, instance, step, ctx, happening),
    }


def _place(item: CaseItem, ctx: Context) -> tuple[ProcessInstance, int]:
    """Where the item stands in the joint approval: its latest task, open or held."""
    query = (
        select(ProcessInstance, Task.number)
        .join(Task, Task.instance_id == ProcessInstance.id)
        .where(Task.item_id == item.id, ProcessInstance.item_id.is_(JOINT))
        .order_by(Task.closed_at.is_not(None), Task.id.desc())
    )
    found = ctx.session.execute(query).first()
    if found is None:
        raise ItemNotBegun(item=item.code)
    instance, number = found
    return instance, number
