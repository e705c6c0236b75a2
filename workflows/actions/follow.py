"""Make the case match what its process now waits for: tasks, items, clocks, and the end."""

from datetime import datetime

from workflows import engine
from workflows.actions.base import Context, catalogue_of, move
from workflows.actions.clocks import (
    PREDECESSOR,
    gates,
    open_pause,
    refresh_joint_clock,
    resume,
    running,
    start_clock,
    stop_clocks,
    undecided_gates,
)
from workflows.actions.numbers import document_number
from workflows.catalogue.published import published
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, ProcessInstance, Task
from workflows.models.deadline import Basis, Clock
from workflows.states import CaseState, ItemState


class ItemNotInCase(WorkflowError):
    """The diagram leads to an item that this application does not need."""

    sentence = N_("流程图走到了本办件不需要的事项 %(item)s（%(element)s），请联系流程设计员。")


JOINT = None  # the instance of the joint approval belongs to no single item
GRANTED = "granted"
REFUSED = "refused"


def begin(
    case: Case, process: str, variables: dict[str, object], ctx: Context, item: CaseItem | None
) -> None:
    """Start a process for the case, or for one of its items."""
    step = engine.start(published(case.version).definition(process), variables)
    instance = ProcessInstance(
        case_id=case.id,
        item_id=item.id if item else None,
        process=process,
        version=case.version,
        state=step.state,
        finished=False,
    )
    case.instances.append(instance)
    ctx.session.flush()
    follow(case, instance, step, ctx, "start")


def follow(
    case: Case, instance: ProcessInstance, step: engine.Step, ctx: Context, happening: str
) -> None:
    """Take over a step of the engine; ``happening`` is the action that led to it."""
    instance.state = step.state
    instance.finished = step.finished
    _sync_tasks(case, instance, step, ctx)
    if instance.item_id is not JOINT:
        return
    for item in case.items:
        outcome = step.variables.get(item.code)
        if not item.decided and outcome in (GRANTED, REFUSED):
            settle(case, item, outcome, ctx, happening)
    _lapse(case, ctx, everything=step.finished)
    _release(case, ctx)
    if step.finished:
        _conclude(case, ctx)
    refresh_joint_clock(case, ctx)


def _sync_tasks(case: Case, instance: ProcessInstance, step: engine.Step, ctx: Context) -> None:
    waiting = {task.number: task for task in step.open_tasks}
    for row in case.tasks:
        if row.instance_id == instance.id and not waiting.pop(row.number, None):
            row.closed_at = row.closed_at or ctx.now
    for task in waiting.values():
        item = _item_of(case, instance, task)
        case.tasks.append(_task(case, instance, item, task, ctx.now))
        if item.state is ItemState.WAITING:
            _start(case, item, ctx, by_commitment=task.mode == "commitment")


def _item_of(case: Case, instance: ProcessInstance, task: engine.OpenTask) -> CaseItem:
    for item in case.items:
        if item.code == task.item or item.id == instance.item_id:
            return item
    raise ItemNotInCase(element=task.element, item=task.item or "—")


def _task(
    case: Case, instance: ProcessInstance, item: CaseItem, task: engine.OpenTask, now: datetime
) -> Task:
    return Task(
        case_id=case.id,
        instance_id=instance.id,
        item_id=item.id,
        number=task.number,
        element=task.element,
        name=task.name,
        kind=task.approval.kind,
        department_code=item.department_code,
        duty=task.approval.duty,
        conclusions=list(task.approval.conclusions),
        barred_id=_barred(case, item, task.approval.different_from),
        form=task.approval.form,
        opened_at=now,
    )


def _barred(case: Case, item: CaseItem, element: str | None) -> int | None:
    """Who last did the step that must be another person's."""
    done = [
        row.closed_by_id
        for row in case.tasks
        if row.item_id == item.id and row.element == element and row.closed_by_id is not None
    ]
    return done[-1] if done else None


def _start(case: Case, item: CaseItem, ctx: Context, by_commitment: bool) -> None:
    """Distribute the item to its department and start its clocks.

    Unified acceptance is acceptance by every department that can work at once; one that must
    follow another starts with the other's written completion.
    """
    move(item, "start", ItemState.RECEIVED)
    item.commitment = by_commitment
    item.started_at = ctx.now if gates(case, item, "start") else case.accepted_at
    catalogue = catalogue_of(case)
    statutory, promised = catalogue.limits(catalogue.item(item.code))
    limits = [(Basis.STATUTORY, statutory), (Basis.PROMISED, promised)]
    start_clock(case, Clock.ITEM, limits, ctx, item, item.started_at)
    sign_for = [(Basis.PROMISED, catalogue.rules.sign_for)]
    start_clock(case, Clock.SIGN_FOR, sign_for, ctx, item)


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


def end_case(case: Case, ctx: Context, reason: str) -> None:
    """The case is over before it was decided: nothing runs, nobody has anything to do."""
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
    for deadline in running(case):
        if deadline.clock is not Clock.CHECK:
            deadline.closed_at = ctx.now
            deadline.next_at = None
