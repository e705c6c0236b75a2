"""Hand over everything of somebody who leaves (移交): posts, tasks and what waits for an answer.

At once, to a successor who is named; who leaves can sign in no more.  What the successor may not
do, because they did the step before it (一审一核), goes back to its post.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select

from workflows.actions.base import Context, OrganisationAction, written
from workflows.actions.gaps import AHEAD, tell_of_gaps
from workflows.actions.people import own_posts
from workflows.actions.staff import person_named
from workflows.errors import N_, WorkflowError
from workflows.models import (
    Case,
    CaseItem,
    Department,
    Organisation,
    Person,
    Post,
    Task,
    TaskOffer,
)


class SuccessorUnfit(WorkflowError):
    """Work goes to somebody who can do it."""

    sentence = N_(
        "%(person)s 不能接手：接手人须是同一部门在职的另一人，具有相同的角色，执法资格有效。"
    )


@dataclass(frozen=True)
class HandOver(OrganisationAction):
    username: str
    successor: str
    reason: str

    name = "hand_over"

    def apply(self, organisation: Organisation, ctx: Context) -> dict[str, Any]:
        leaving = person_named(ctx.session, self.username)
        successor = person_named(ctx.session, self.successor)
        _must_fit(leaving, successor, ctx)
        reason = written(self.reason)
        _lock_cases(leaving, ctx)
        held = own_posts(ctx.session, leaving.id)
        posts = [_give_post(post, leaving, successor) for post in held]
        tasks, to_post = _give_tasks(leaving, successor, ctx)
        offers = _give_offers(leaving, successor, ctx)
        leaving.active = False
        ctx.session.flush()
        facts = {
            "posts": posts,
            "tasks": tasks,
            "to_post": to_post,
            "offers": offers,
            "uncovered": tell_of_gaps(successor, ctx.today, ctx.today + AHEAD, ctx),
        }
        return {
            "username": self.username,
            "successor": self.successor,
            "reason": reason,
            "counts": {"posts": len(posts), "tasks": len(tasks) + len(to_post),
                       "offers": len(offers)},
            **{key: rows for key, rows in facts.items() if rows},
        }  # fmt: skip


def _must_fit(leaving: Person, successor: Person, ctx: Context) -> None:
    code = leaving.department_code
    department = ctx.session.get(Department, code) if code else None
    licensed = not (department and department.enforcement_subject)
    fits = (
        successor.active
        and successor is not leaving
        and successor.department_code == code
        and set(leaving.roles) <= set(successor.roles)
        and (licensed or successor.qualified_on(ctx.today))
    )
    if not fits:
        raise SuccessorUnfit(person=successor.name)


def _waiting_for(person: Person) -> Any:
    """The open offers that somebody made or got, of open tasks."""
    mine = or_(TaskOffer.from_id == person.id, TaskOffer.to_id == person.id)
    return and_(TaskOffer.answered_at.is_(None), mine, Task.closed_at.is_(None))


def _lock_cases(leaving: Person, ctx: Context) -> None:
    """Whoever acts on one of these cases meanwhile has done, or waits and finds it changed."""
    has = select(Task.case_id).where(Task.assignee_id == leaving.id, Task.closed_at.is_(None))
    offered = select(Task.case_id).join(TaskOffer).where(_waiting_for(leaving))
    touched = or_(Case.id.in_(has), Case.id.in_(offered))
    ctx.session.execute(select(Case.id).where(touched).order_by(Case.id).with_for_update()).all()


def _give_post(post: Post, leaving: Person, successor: Person) -> str:
    if post.holder is leaving:
        post.holder = successor
    if post.deputy is leaving:
        post.deputy = successor
    if post.deputy is post.holder:
        post.deputy = None
    leads = {post.holder, post.deputy}
    members = [successor if one is leaving else one for one in post.members]
    post.members = [one for one in dict.fromkeys(members) if one not in leads]
    return f"{post.department_code}.{post.duty}"


def _give_tasks(
    leaving: Person, successor: Person, ctx: Context
) -> tuple[list[str], list[str]]:  # fmt: skip
    """The tasks that the successor has now, and those that are the post's again."""
    query = _named(Task).where(Task.assignee_id == leaving.id, Task.closed_at.is_(None))
    given: list[str] = []
    back: list[str] = []
    for task, *names in ctx.session.execute(query.order_by(Task.id)):
        barred = task.barred_id == successor.id
        task.assignee_id = None if barred else successor.id
        (back if barred else given).append(" ".join(names))
    return given, back


def _give_offers(leaving: Person, successor: Person, ctx: Context) -> list[str]:
    """What the successor answers, or is answered, now; to oneself nobody hands anything on."""
    offered = _named(TaskOffer, Task.barred_id).join(TaskOffer, TaskOffer.task_id == Task.id)
    query = offered.where(_waiting_for(leaving)).order_by(TaskOffer.id)
    moved = []
    for offer, barred_id, *names in ctx.session.execute(query):
        offer.from_id = successor.id if offer.from_id == leaving.id else offer.from_id
        offer.to_id = successor.id if offer.to_id == leaving.id else offer.to_id
        if offer.to_id in (offer.from_id, barred_id):
            offer.answered_at, offer.accepted = ctx.now, False
        moved.append(" ".join(names))
    return moved


def _named(*wanted: Any) -> Any:
    """A query for something of tasks, with the number, the item and the step of each."""
    chosen = select(*wanted, Case.number, CaseItem.code, Task.name).select_from(Task)
    return chosen.join(Case, Case.id == Task.case_id).join(CaseItem, CaseItem.id == Task.item_id)
