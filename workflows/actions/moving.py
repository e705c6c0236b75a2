"""What all moves of a running case share: the process moved, now the case follows, and says how.

A return never stops or restarts a clock: what was decided and is at work again counts on from
its old start, as if it had never been decided; the number of a decision taken back is void.
"""

from typing import Any

from sqlalchemy import select

from workflows import engine
from workflows.actions.base import Context, move
from workflows.actions.clocks import gates, reckon, refresh_joint_clock, stop_clocks
from workflows.actions.follow import GRANTED, JOINT, REFUSED, follow
from workflows.catalogue.published import published
from workflows.engine.reading import Reading
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Deadline, ProcessInstance, Task
from workflows.models.deadline import Clock
from workflows.states import GRANTED_ITEMS, CaseState, ItemState

#: How the process of an item may have ended without a decision, see conclude_item.
WITHDRAWN = "withdrawn"
NOT_NEEDED = "not_needed"
OUTCOMES = (GRANTED, REFUSED, WITHDRAWN, NOT_NEEDED)


class NoSuchTask(WorkflowError):
    """The case has no such task, or it is not part of the joint approval."""

    sentence = N_("本办件的并联审批里没有这项任务。")


def definition_of(case: Case, instance: ProcessInstance) -> engine.Definition:
    """The drawing that a process of the case runs on."""
    return published(case.version).definition(instance.process)


def joint_task(case: Case, task_id: int, ctx: Context) -> tuple[Task, ProcessInstance]:
    """A task of the joint approval of a case, done or open, with its process."""
    task = ctx.session.get(Task, task_id)
    if task is None or task.case_id != case.id:
        raise NoSuchTask
    instance = ctx.session.get_one(ProcessInstance, task.instance_id)
    if instance.item_id is not JOINT:
        raise NoSuchTask
    return task, instance


def take_over(
    case: Case, instance: ProcessInstance, step: engine.Step, ctx: Context, happening: str
) -> dict[str, Any]:
    """Let the case follow a move; what history should remember of it."""
    query = select(Task).where(Task.instance_id == instance.id)
    codes = {item.id: item.code for item in case.items}
    rows = list(ctx.session.scalars(query.order_by(Task.id)))
    open_before = {row.id: _named(row, codes) for row in rows if row.closed_at is None}
    done = Reading(definition_of(case, instance), step.state).done()
    void = [row for row in rows if row.conclusion and not row.void_at and row.number not in done]
    for row in void:
        row.void_at = ctx.now
    joint = instance.item_id is JOINT
    facts = _reopen_items(case, step, ctx) if joint else {}
    moot = follow(case, instance, step, ctx, happening)
    if facts:
        refresh_joint_clock(case, ctx)
    facts |= moot
    rows = list(ctx.session.scalars(query.order_by(Task.id)))
    open_after = {row.id: _named(row, codes) for row in rows if row.closed_at is None}
    facts["void"] = [{**_said(row), "item": codes[row.item_id]} for row in void]
    facts["withdrawn"] = [name for row, name in open_before.items() if row not in open_after]
    facts["opened"] = [name for row, name in open_after.items() if row not in open_before]
    return {name: found for name, found in facts.items() if found}


def _named(row: Task, codes: dict[int, str]) -> str:
    return f"{codes[row.item_id]} {row.name}"


def _said(row: Task) -> dict[str, Any]:
    return {
        "step": row.name,
        "conclusion": row.conclusion,
        "opinion": row.opinion,
        "by": row.closed_by,
        "round": row.round,
    }


def _reopen_items(case: Case, step: engine.Step, ctx: Context) -> dict[str, Any]:
    """Items whose result the process has taken back are at work again."""
    if case.state is CaseState.DECIDED and not step.finished:
        _undecide(case, ctx)
    back = [
        item
        for item in case.items
        if item.decided and item.started_at and step.variables.get(item.code) not in OUTCOMES
    ]
    facts = [_reopen(case, item, ctx) for item in back]
    waits = [item.code for item in case.items if _waits_again(case, item, ctx)]
    codes = {item.code for item in back}
    resting = [
        item.code
        for item in case.items
        if item.state in GRANTED_ITEMS and codes & {before.code for before in gates(case, item)}
    ]
    found = {"reopened": facts, "waiting_again": waits, "resting_on_them": resting}
    return {name: rows for name, rows in found.items() if rows}


def _undecide(case: Case, ctx: Context) -> None:
    """The case is under review again: the joint clock runs on, nothing is to be delivered yet."""
    case.state = CaseState.IN_REVIEW
    case.decided_at = None
    stop_clocks(case, ctx, Clock.DELIVERY)
    ctx.session.expire(case, ["deadlines"])
    _run_on(case, Clock.CASE, None, ctx)


def _reopen(case: Case, item: CaseItem, ctx: Context) -> dict[str, Any]:
    facts = {"item": item.code, "was": item.state.value, "void_document": item.document_number}
    move(item, "reopen", ItemState.REVIEWING)
    item.decided_at = None
    item.document_number = None
    item.reason = ""
    if item.commitment:
        _drop_check(case, item, ctx)
    _run_on(case, Clock.ITEM, item, ctx)
    return facts


def _run_on(case: Case, clock: Clock, item: CaseItem | None, ctx: Context) -> None:
    """Clocks that were stopped by a decision run on, from their old start."""
    item_id = item.id if item else None
    query = select(Deadline).where(Deadline.case_id == case.id, Deadline.clock == clock)
    for deadline in ctx.session.scalars(query):
        if deadline.item_id == item_id and deadline.closed_at is not None:
            deadline.closed_at = None
            reckon(case, deadline, ctx)


def _drop_check(case: Case, item: CaseItem, ctx: Context) -> None:
    """Without the grant there is no commitment to be checked."""
    for instance in case.instances:
        if instance.item_id == item.id and not instance.finished:
            instance.finished = True
            for task in case.tasks:
                if task.instance_id == instance.id:
                    task.closed_at = task.closed_at or ctx.now
    stop_clocks(case, ctx, item=item)


def _waits_again(case: Case, item: CaseItem, ctx: Context) -> bool:
    """An item that was given up because another was refused, and the refusal was taken back."""
    if item.state is not ItemState.NOT_NEEDED or item.started_at is not None:
        return False
    before = gates(case, item, "start")
    if not before or any(one.decided and one.state not in GRANTED_ITEMS for one in before):
        return False
    move(item, "reopen", ItemState.WAITING)
    item.decided_at = None
    item.reason = ""
    return True
