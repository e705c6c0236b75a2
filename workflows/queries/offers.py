"""What was handed from one person to another: what waits for an answer, and what became of it."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from workflows.models import Case, CaseItem, Task, TaskOffer

#: More than anyone leaves unanswered; the others come when these are answered.
MOST = 20


#: Said once: it is asked for on every desk.
WAITING = (
    select(TaskOffer, Task, CaseItem, Case)
    .join(Task, Task.id == TaskOffer.task_id)
    .join(CaseItem, CaseItem.id == Task.item_id)
    .join(Case, Case.id == Task.case_id)
    .where(TaskOffer.to_id == bindparam("person"), TaskOffer.answered_at.is_(None))
    .where(Task.closed_at.is_(None))
    .options(joinedload(TaskOffer.giver))
    .order_by(TaskOffer.id)
    .limit(MOST)
)


@dataclass(frozen=True)
class OfferRow:
    """Something a colleague handed on, that waits for an answer."""

    offer: TaskOffer
    task: Task
    item: CaseItem
    case: Case


def waiting_for(session: Session, person_id: int) -> list[OfferRow]:
    """What waits for the answer of a person, the oldest first."""
    found = session.execute(WAITING, {"person": person_id})
    return [OfferRow(*row) for row in found]


def offers_of(session: Session, task_id: int) -> list[TaskOffer]:
    """Everything that was offered of a task, the latest first."""
    query = select(TaskOffer).where(TaskOffer.task_id == task_id).order_by(TaskOffer.id.desc())
    people = joinedload(TaskOffer.giver), joinedload(TaskOffer.taker)
    return list(session.scalars(query.options(*people)))
