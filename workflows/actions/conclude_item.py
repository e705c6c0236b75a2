"""End an item without a decision (事项终止办理): withdrawn, or not needed after all.

The process of the item ends with that outcome and its branch goes on, so that nobody waits for
it; what could only follow from its grant is not needed either.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from workflows import engine
from workflows.actions.base import CaseAction, Context, move, written
from workflows.actions.clocks import open_pause, resume, stop_clocks
from workflows.actions.follow import JOINT
from workflows.actions.moving import NOT_NEEDED, WITHDRAWN, definition_of, take_over
from workflows.actions.numbers import document_number
from workflows.actions.work import item_of
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, ProcessInstance, Task
from workflows.states import ItemState


class ItemNotBegun(WorkflowError):
    """What has not begun cannot be ended; it lapses by itself when nothing leads to it."""

    sentence = N_("事项 %(item)s 还没有开始办理，不能终止。")


class Outcome(StrEnum):
    """Why an item ends without a decision."""

    WITHDRAWN = WITHDRAWN
    NOT_NEEDED = NOT_NEEDED


@dataclass(frozen=True)
class ConcludeItem(CaseAction):
    item: str
    outcome: Outcome
    reason: str

    name = "conclude_item"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        item = item_of(case, self.item)
        reason = written(self.reason)
        instance, number = _place(item, ctx)
        move(item, self.name, ItemState.NOT_NEEDED)
        item.decided_at = ctx.now
        item.reason = reason
        if (pause := open_pause(case, item)) is not None:
            resume(case, pause, ctx)
        stop_clocks(case, ctx, item=item)
        outcome = self.outcome.value
        step = engine.conclude(definition_of(case, instance), instance.state, number, outcome)
        return {
            "item": item.code,
            "outcome": outcome,
            "reason": reason,
            "number": document_number(ctx, case, "ZZ"),
            **take_over(case, instance, step, ctx, self.name),
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
