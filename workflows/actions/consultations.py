"""Questions to other departments that are open: who has to answer, and what closes them."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from workflows.actions.base import Context, catalogue_of
from workflows.actions.tell import tell_department
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Consultation, Deadline, Department, Task
from workflows.models.consultation import ANSWERS

NO_LONGER = N_("关于%(what)s的征求意见（%(number)s）已收回，不必答复。")


class ConsultationClosed(WorkflowError):
    """It was answered, or the item it was about is over."""

    sentence = N_("这项征求意见已经答复或者已经收回，不能再答复。")


class AnswersAwaited(WorkflowError):
    """The catalogue wants the answers before the decision."""

    sentence = N_("还没有收到 %(departments)s 对征求意见的答复，收到后才能作出决定。")


def asked(case: Case, ctx: Context, item: CaseItem | None = None) -> list[Consultation]:
    """The open questions of a case, or about one of its items, each with its clock."""
    query = (
        select(Consultation)
        .join(Consultation.deadline)
        .where(
            Consultation.case_id == case.id,
            Consultation.answer.is_(None),
            Deadline.closed_at.is_(None),
        )
        .options(contains_eager(Consultation.deadline))
        .order_by(Consultation.id)
    )
    if item is not None:
        query = query.where(Consultation.item_id == item.id)
    return list(ctx.session.scalars(query))


def asked_as(case: Case, consultation_id: int, ctx: Context) -> Consultation:
    """An open question of the case, or the refusal."""
    found = next((row for row in asked(case, ctx) if row.id == consultation_id), None)
    if found is None:
        raise ConsultationClosed
    return found


def close(row: Consultation, ctx: Context) -> None:
    """Nothing more is expected: its clock stops."""
    row.deadline.closed_at = ctx.now
    row.deadline.next_at = None


def take_back(case: Case, row: Consultation, item: CaseItem, ctx: Context) -> None:
    """Nobody waits for the answer any more: the clock stops, and who was asked is told."""
    close(row, ctx)
    params = {"what": item.name, "number": row.number}
    tell_department(case, row.department_code, ANSWERS, Light.GREEN, NO_LONGER, params, ctx, item)


def require_answers(case: Case, item: CaseItem, ctx: Context) -> None:
    """Refuse to decide before all have answered, where the catalogue wants that."""
    if not catalogue_of(case).rules.consultation_blocks:
        return
    if codes := {row.department_code for row in asked(case, ctx, item)}:
        raise AnswersAwaited(departments="、".join(names_of(ctx, codes).values()))


def names_of(ctx: Context, codes: set[str]) -> dict[str, str]:
    """What departments are called, by code."""
    query = select(Department.code, Department.name).where(Department.code.in_(codes))
    return {code: name for code, name in ctx.session.execute(query.order_by(Department.code))}


def take_back_questions(case: Case, ctx: Context) -> list[str]:
    """Close what was asked from tasks that were taken back; the numbers of those questions."""
    numbers = []
    for row in asked(case, ctx):
        task = ctx.session.get_one(Task, row.task_id)
        withdrawn = task.closed_at is not None and task.conclusion is None
        if task.void_at is not None or withdrawn:
            take_back(case, row, ctx.session.get_one(CaseItem, row.item_id), ctx)
            numbers.append(row.number)
    return numbers
