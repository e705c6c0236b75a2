"""Handing tasks from hand to hand: a task of the post with members, and who has it."""

from sqlalchemy import select

from tests.hall import Hall
from workflows.actions.forward import Forward
from workflows.actions.give_opinion import GiveOpinion
from workflows.models import Person, Task, TaskOffer

#: The department whose post 承办 has members, and an item of it that two people sign.
ITEM = "R08"
REASON = "现场情况由其掌握"


def review(hall: Hall) -> tuple[str, Task]:
    """A case, and the review of the food licence, signed for and waiting for the post."""
    number = hall.accepted()
    hall.sign_for(number, ITEM)
    return number, hall.task(number, ITEM)


def decision(hall: Hall) -> tuple[str, Task]:
    """A case, and the check of a review that the holder gave."""
    number, task = review(hall)
    hall.act("sj.handler", number, GiveOpinion(task.id, "agree", "已审查"))
    return number, hall.task(number, ITEM)


def has(hall: Hall, number: str) -> str | None:
    """The user name of whoever has the open task of the item."""
    task = hall.task(number, ITEM)
    with hall.read() as session:
        found = session.get(Person, task.assignee_id) if task.assignee_id else None
        return found.username if found else None


def offers(hall: Hall, task: Task) -> list[tuple[str, bool | None, str]]:
    """(to whom, whether accepted, with which words) of everything a task was offered as."""
    query = select(TaskOffer).where(TaskOffer.task_id == task.id).order_by(TaskOffer.id)
    with hall.read() as session:
        return [(row.taker.username, row.accepted, row.answer) for row in session.scalars(query)]


def forward(task: Task, to: str = "sj.member1") -> Forward:
    """Hand a task on for good."""
    return Forward(task.id, to, REASON)


def opinion(task: Task) -> GiveOpinion:
    """The opinion that whoever has the review gives."""
    return GiveOpinion(task.id, "agree", "已审查")
