"""A task and the person who does it: the checks and steps that all acts of approvers share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import aliased

from workflows import engine
from workflows.actions.base import Context
from workflows.actions.follow import follow
from workflows.actions.people import Responsible, acts, must_be, with_asked
from workflows.catalogue.published import published
from workflows.errors import N_, WorkflowError
from workflows.models import (
    Case,
    CaseItem,
    CaseMaterial,
    Department,
    OfferKind,
    Person,
    ProcessInstance,
    Task,
    TaskOffer,
)
from workflows.models.fetch import Fetch, Part
from workflows.models.rows import table_of
from workflows.states import ITEMS, ItemState, NotAllowedInState, next_states


class SamePerson(WorkflowError):
    """一审一核: who reviewed may not check."""

    sentence = N_("“%(step)s”已由您办理，复核须由另一人进行（一审一核）。")


class ConclusionUnknown(WorkflowError):
    """This step does not offer that conclusion."""

    sentence = N_("这个环节没有“%(conclusion)s”这个结论。")


class Delegated(WorkflowError):
    """Whoever works on it gives it back first."""

    sentence = N_("这项任务已委派 %(person)s 办理，交回意见后您再作结论。")


TASK = Fetch(Part(Task), Part(CaseItem), Part(ProcessInstance))
_TASK = table_of(Task)
DELEGATE = aliased(Person)
#: Who works on a task for somebody else, and is not away.
AT_WORK = (
    select(DELEGATE.name)
    .join(TaskOffer, TaskOffer.to_id == DELEGATE.id)
    .where(TaskOffer.task_id == _TASK.c.id, TaskOffer.kind == OfferKind.DELEGATE)
    .where(TaskOffer.answered_at.is_(None), acts(DELEGATE))
    .limit(1)
    .correlate(_TASK, Department)
    .scalar_subquery()
)
#: Whether anything that was promised for later (容缺) is still to come.
OWES = exists().where(
    CaseMaterial.case_id == _TASK.c.case_id,
    CaseMaterial.deferred,
    CaseMaterial.received_at.is_(None),
)
#: A task of the case, with its item, the process it stands in, and who is to be asked for it.
TASK_OF_CASE = with_asked(
    TASK.select()
    .add_columns(AT_WORK, OWES)
    .join_from(_TASK, CaseItem, CaseItem.id == _TASK.c.item_id)
    .join(ProcessInstance, ProcessInstance.id == _TASK.c.instance_id)
    .join(Department, Department.code == _TASK.c.department_code)
    .where(_TASK.c.id == bindparam("task"), _TASK.c.case_id == bindparam("case")),
    _TASK.c.duty,
    _TASK.c.assignee_id,
)


@dataclass(frozen=True)
class Work:
    """An open task of a case, taken up by the person responsible for it today."""

    case: Case
    item: CaseItem
    task: Task
    instance: ProcessInstance
    acting_for: str | None
    delegate: str | None = None
    owes: bool = False

    def facts(self, **more: Any) -> dict[str, Any]:
        """What history remembers of every act on a task."""
        facts = {"item": self.item.code, "step": self.task.name, "acting_for": self.acting_for}
        return {**facts, **more}


def take_up(case: Case, task_id: int, ctx: Context, *kinds: str) -> Work:
    """The open task, to act on it; nobody else may be at work on it."""
    work = in_hand(case, task_id, ctx, *kinds)
    if work.delegate is not None:
        raise Delegated(person=work.delegate)
    return work


def in_hand(case: Case, task_id: int, ctx: Context, *kinds: str) -> Work:
    """The open task, or the refusal: not open, not yours, or you did the step before it."""
    task, item, instance, delegate, owes, *asked = _task(case, task_id, ctx)
    if task.closed_at is not None or (kinds and task.kind not in kinds):
        raise engine.TaskNotOpen
    me = ctx.actor.person_id
    if task.barred_id is not None and task.barred_id == me:
        must_be(me, asked, task.duty, ctx.today)
        raise SamePerson(step=done_by(case, task, task.barred_id))
    who = must_be(me, asked, task.duty, ctx.today, task.barred_id)
    return Work(case, item, task, instance, who.acting_for, delegate, owes)


def must_have(case: Case, task_id: int, ctx: Context) -> Responsible:
    """Who has a task, open or done, which must be whoever acts; else a refusal that names them."""
    task, _, _, _, _, *asked = _task(case, task_id, ctx)
    return must_be(ctx.actor.person_id, asked, task.duty, ctx.today)


def open_task(case: Case, task_id: int, ctx: Context) -> tuple[Task, CaseItem]:
    """An open task of the case and its item, whoever has it."""
    task, item, *_ = _task(case, task_id, ctx)
    if task.closed_at is not None:
        raise engine.TaskNotOpen
    return task, item


def _task(case: Case, task_id: int, ctx: Context) -> Sequence[Any]:
    found = TASK.one(ctx.session, TASK_OF_CASE, task=task_id, case=case.id, day=ctx.today)
    if found is None:
        raise engine.TaskNotOpen
    return found


def done_by(case: Case, task: Task, person_id: int) -> str:
    """The name of the step of this item that a person did last."""
    mine = [t for t in case.tasks if t.item_id == task.item_id and t.closed_by_id == person_id]
    return mine[-1].name if mine else task.name  # the deputy was asked to sign as well


def finish(
    work: Work, conclusion: str, opinion: str, variables: dict[str, Any], ctx: Context, name: str
) -> dict[str, Any]:
    """Complete the task in the engine and let the case follow; what of the case is moot now."""
    case, task = work.case, work.task
    task.conclusion = conclusion
    task.opinion = opinion
    task.closed_at = ctx.now
    task.closed_by_id = ctx.actor.person_id
    task.closed_by = ctx.actor.name
    task.acting_for = work.acting_for
    definition = published(case.version).definition(work.instance.process)
    step = engine.complete(definition, work.instance.state, task.number, variables)
    return follow(case, work.instance, step, ctx, name, task)


def require_state(item: CaseItem, happening: str, to: ItemState) -> None:
    """Refuse early when the item's state table has no such step."""
    if to not in next_states(ITEMS, item.state, happening):
        raise NotAllowedInState(state=item.state, action=happening)


class ItemUnknown(WorkflowError):
    """The case has no such item."""

    sentence = N_("本办件没有事项 %(code)s。")


def item_of(case: Case, code: str) -> CaseItem:
    """The item of a case by its code."""
    item = case.item(code)
    if item is None:
        raise ItemUnknown(code=code)
    return item
