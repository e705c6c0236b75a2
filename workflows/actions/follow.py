"""Make the case match what its process now waits for: tasks, items, clocks, and the end."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm.attributes import set_committed_value

from workflows import engine
from workflows.actions.again import fit_items, give_to_who_had_it, next_round, open_again
from workflows.actions.base import Context, catalogue_of, move
from workflows.actions.clocks import (
    gates,
    new_clocks,
    open_pause,
    refresh_joint_clock,
    resume,
    start_clock,
    start_clocks,
    stop_clocks,
    undecided_gates,
)
from workflows.actions.moot import drop_moot
from workflows.actions.numbers import document_number
from workflows.actions.placed import Items, placed
from workflows.actions.timers import sync_timers
from workflows.catalogue.published import published
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Deadline, ProcessInstance, Task
from workflows.models.deadline import PREDECESSOR, Basis, Clock
from workflows.models.rows import add, connection_of, forget, save, table_of
from workflows.states import DECIDED_ITEMS, CaseState, ItemState


class ItemNotInCase(WorkflowError):
    """The diagram leads to an item that this application does not need."""

    sentence = N_("流程图走到了本办件不需要的事项 %(item)s（%(element)s），请联系流程设计员。")


JOINT = None  # the instance of the joint approval belongs to no single item
GRANTED = "granted"
REFUSED = "refused"

TASK = table_of(Task).c
#: Who last did a step of an item.
DONE_BY = (
    select(TASK.closed_by_id)
    .where(TASK.item_id == bindparam("item"), TASK.element == bindparam("element"),
           TASK.closed_by_id.is_not(None))
    .order_by(TASK.id.desc())
    .limit(1)
)  # fmt: skip


#: An item in one of these states may be moved by what happens to another.
WAITS = frozenset({ItemState.WAITING, ItemState.PRE_REVIEWED, ItemState.SUSPENDED})


def begin(
    case: Case, process: str, variables: dict[str, object], ctx: Context, item: CaseItem | None
) -> None:
    """Start a process for the case, or for one of its items."""
    definition = published(case.version).definition(process)
    if definition.asked:
        answers = catalogue_of(case).asked_of(case.answers, definition.asked)
        variables = {**answers, **variables}
    step = engine.start(definition, variables)
    instance = ProcessInstance(
        case_id=case.id,
        item_id=item.id if item else None,
        process=process,
        version=case.version,
        state=step.state,
        finished=False,
    )
    ctx.session.add(instance)
    ctx.session.flush()
    forget(case, "instances")
    follow(case, instance, step, ctx, "start")


def follow(
    case: Case, instance: ProcessInstance, step: engine.Step, ctx: Context, happening: str,
    done: Task | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Take over a step of the engine; ``happening`` is the action that led to it, by ``done``.

    What the step leaves as it was is not looked at, however many departments take part.  Returns
    what history should remember of what is moot now.
    """
    instance.state = step.state
    instance.finished = step.finished
    ctx.decided.extend(step.decided)
    save(ctx.session)  # the tables are asked from here on
    items = placed(case, instance, ctx)
    if not items[0].paused:
        set_committed_value(case, "pauses", [])
    started = _sync_tasks(case, instance, step, items, ctx, done)
    sync_timers(case, instance, step, items, ctx)
    if instance.item_id is not JOINT:
        return {}
    going = {row.id: row for row in items if row.state not in DECIDED_ITEMS}.values()
    for row in going:
        outcome = step.variables.get(row.code)
        if outcome in (GRANTED, REFUSED):
            settle(case, ctx.session.get_one(CaseItem, row.id), outcome, ctx, happening)
    outside = {item.code for item in catalogue_of(case).items if item.excluded_from_clock}
    waits = any(row.state in WAITS or row.code in outside for row in going)
    if started or waits or step.finished or case.pauses:
        _move_on(case, step, ctx)
    return drop_moot(case, ctx) if items[0].owed else {}


def _move_on(case: Case, step: engine.Step, ctx: Context) -> None:
    """See to the items that wait for others, and to the case as a whole."""
    _lapse(case, ctx, everything=step.finished)
    _release(case, ctx)
    if step.finished:
        _conclude(case, ctx)
    refresh_joint_clock(case, ctx)


def _sync_tasks(
    case: Case, instance: ProcessInstance, step: engine.Step, items: Items, ctx: Context,
    done: Task | None,
) -> bool:  # fmt: skip
    """Close the tasks that are gone, open the new ones; whether an item was started by that."""
    waiting = {task.number: task for task in step.open_tasks}
    known = {row.number for row in items if row.number is not None}
    if gone := known - waiting.keys():
        query = select(Task).where(Task.instance_id == instance.id, Task.number.in_(gone))
        for row in ctx.session.scalars(query):
            row.closed_at = row.closed_at or ctx.now
    opened = [(task, _item_of(items, instance, task)) for task in waiting.values()
              if task.number not in known]  # fmt: skip
    latest = items[0].latest or 0  # a lower number was open before: the engine counts upwards
    earlier = open_again(
        instance, [task.number for task, _ in opened if task.number <= latest], ctx
    )
    rows = []
    for task, item in opened:
        if number := next_round(earlier.get(task.number)):
            row = _task(instance, item, task, ctx, number)
            row.barred_id = _barred(item, task.approval.different_from, ctx, done)
            rows.append(row)
    if latest:
        give_to_who_had_it(rows, done, ctx)
    add(ctx.session, rows)
    if opened:
        forget(case, "tasks")
        fit_items(case, opened, earlier, ctx)
    starting = {row.code: task.mode for task, row in opened if row.state is ItemState.WAITING}
    return bool(starting) and _start_all(case, starting, ctx)


def _item_of(items: Items, instance: ProcessInstance, task: engine.OpenTask) -> Any:
    for row in items:
        if row.code == task.item or row.id == instance.item_id:
            return row
    raise ItemNotInCase(element=task.element, item=task.item or "—")


def _task(
    instance: ProcessInstance, item: Any, task: engine.OpenTask, ctx: Context, number: int
) -> Task:
    return Task(
        case_id=instance.case_id,
        instance_id=instance.id,
        item_id=item.id,
        number=task.number,
        round=number,
        element=task.element,
        name=task.name,
        kind=task.approval.kind,
        department_code=item.department_code,
        duty=task.approval.duty,
        conclusions=list(task.approval.conclusions),
        form=task.approval.form,
        opened_at=ctx.now,
    )


def _barred(item: Any, element: str | None, ctx: Context, done: Task | None) -> int | None:
    """Who last did the step that must be another person's."""
    if element is None:
        return None
    if done and (done.item_id, done.element) == (item.id, element):
        return done.closed_by_id
    asked = {"item": item.id, "element": element}
    return connection_of(ctx.session).scalar(DONE_BY, asked)


def _start_all(case: Case, modes: Mapping[str, str | None], ctx: Context) -> bool:
    """Start these items, each by commitment or not."""
    starting = [item for item in case.items if item.code in modes]
    clocks = [_start(case, item, ctx, modes[item.code] == "commitment") for item in starting]
    start_clocks(case, list(chain(*clocks)), ctx)
    return True


def _start(case: Case, item: CaseItem, ctx: Context, by_commitment: bool) -> list[Deadline]:
    """Distribute the item to its department; the clocks to start for it.

    Unified acceptance is acceptance by every department that can work at once; one that must
    follow another starts with the other's written completion.
    """
    move(item, "start", ItemState.RECEIVED)
    item.commitment = by_commitment
    item.started_at = ctx.now if gates(case, item, "start") else case.accepted_at
    catalogue = catalogue_of(case)
    statutory, promised = catalogue.limits(catalogue.item(item.code))
    limits = [(Basis.STATUTORY, statutory), (Basis.PROMISED, promised)]
    sign_for = [(Basis.PROMISED, catalogue.rules.sign_for)]
    return [
        *new_clocks(case, Clock.ITEM, limits, ctx, item, item.started_at),
        *new_clocks(case, Clock.SIGN_FOR, sign_for, ctx, item),
    ]


def settle(case: Case, item: CaseItem, outcome: str, ctx: Context, happening: str) -> None:
    """Record the decision of an item.  Only a confirmed refusal (否定报批) may refuse."""
    if outcome == REFUSED:
        move(item, happening, ItemState.REJECTED)
    else:
        move(item, happening, ItemState.COMMITTED if item.commitment else ItemState.APPROVED)
    item.decided_at = ctx.now
    item.document_number = document_number(ctx, case, item.code)
    _stop(case, item, ctx)
    if item.state is ItemState.COMMITTED:
        begin(case, "commitment_check", {}, ctx, item)
        limit = catalogue_of(case).rules.commitment_check
        start_clock(case, Clock.CHECK, [(Basis.PROMISED, limit)], ctx, item)


def _stop(case: Case, item: CaseItem, ctx: Context) -> None:
    row = open_pause(case, item)
    if row is not None:
        resume(case, row, ctx)
    stop_clocks(case, ctx, item=item)


def _lapse(case: Case, ctx: Context, everything: bool) -> None:
    """What waited for an item that was refused is not needed any more."""
    for item in case.items:
        if item.state is ItemState.WAITING:
            lost = [b for b in gates(case, item, "start") if b.decided and not _open(b)]
            if everything or lost:
                move(item, "lapse", ItemState.NOT_NEEDED)
                item.decided_at = ctx.now
                item.reason = "前置事项未获准予，本事项不再办理"


def _open(item: CaseItem) -> bool:
    return item.state in (ItemState.APPROVED, ItemState.COMMITTED)


def _release(case: Case, ctx: Context) -> None:
    """The last predecessor is decided: the departments that waited may decide (并联审批)."""
    for item in case.items:
        waiting = item.state is ItemState.PRE_REVIEWED
        if waiting and not undecided_gates(case, item, "decision"):
            move(item, "release", ItemState.REVIEWING)
            end_wait(case, item, ctx)


def end_wait(case: Case, item: CaseItem, ctx: Context) -> None:
    """Let the clocks run again that stood still for a predecessor."""
    row = open_pause(case, item, PREDECESSOR)
    if row is not None:
        resume(case, row, ctx)


def _conclude(case: Case, ctx: Context) -> None:
    """Every item has a conclusion: the joint clock stops, the time to deliver begins (§44)."""
    case.state = CaseState.DECIDED
    case.decided_at = ctx.now
    stop_clocks(case, ctx, Clock.CASE)
    limit = catalogue_of(case).rules.delivery
    start_clock(case, Clock.DELIVERY, [(Basis.STATUTORY, limit)], ctx)
