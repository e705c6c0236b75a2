"""Take up a task of one's post (认领): from now on it is one's own until it is given back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseAction, Context
from workflows.actions.offers import must_be_free
from workflows.actions.people import own_posts
from workflows.actions.work import open_task
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Person, TaskOffer


class AlreadyClaimed(WorkflowError):
    """Somebody was faster."""

    sentence = N_("这项任务已由 %(person)s 认领。")


class NotOfPost(WorkflowError):
    """Only the holder, the deputy and the members of a post take up its tasks."""

    sentence = N_("您不是本部门“%(duty)s”岗位的成员，不能认领这项任务。")


class OfferWaits(WorkflowError):
    """It is in the hands of a colleague, who has not answered yet."""

    sentence = N_("这项任务已转交 %(person)s，等待答复，暂不能认领。")


@dataclass(frozen=True)
class Claim(CaseAction):
    task: int

    name = "claim"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        task, item = open_task(case, self.task, ctx)
        if task.assignee_id is not None:
            has = ctx.session.get_one(Person, task.assignee_id)
            raise AlreadyClaimed(person=has.name)
        me = ctx.session.get_one(Person, ctx.actor.person_id)
        posts = {(post.department_code, post.duty) for post in own_posts(ctx.session, me.id)}
        if (task.department_code, task.duty) not in posts:
            raise NotOfPost(duty=task.duty)
        must_be_free(case, task, me, ctx)
        waiting = select(TaskOffer).where(
            TaskOffer.task_id == task.id, TaskOffer.answered_at.is_(None)
        )
        if offered := ctx.session.scalar(waiting):
            raise OfferWaits(person=offered.taker.name)
        task.assignee_id = me.id
        return {"item": item.code, "step": task.name}
