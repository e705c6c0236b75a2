"""Ask another post of the department to sign as well (加签): beside one's task, before or after."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from workflows import engine
from workflows.actions.base import CaseAction, Context, written
from workflows.actions.moving import definition_of, take_over
from workflows.actions.signers import ask
from workflows.actions.tell import tell_post
from workflows.actions.work import take_up
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Post
from workflows.states import ITEMS, next_states

ASKED = N_("请您会签%(what)s的“%(step)s”：%(reason)s")


class PostUnknown(WorkflowError):
    """The department has no such post."""

    sentence = N_("本部门没有“%(duty)s”岗位。")


class SignerAsks(WorkflowError):
    """Only whose task it is asks others to sign."""

    sentence = N_("加签任务不能再加签。")


class When(StrEnum):
    """When the signer signs: at the same time, before the task can be done, or after."""

    BESIDE = "beside"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class AddSigner(CaseAction):
    task: int
    duty: str
    reason: str
    when: When = When.BESIDE

    name = "add_signer"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = take_up(case, self.task, ctx, "review", "decide")
        if work.task.signer_of is not None:
            raise SignerAsks
        next_states(ITEMS, work.item.state, self.name)
        reason = written(self.reason)
        department = work.task.department_code
        query = select(Post.id).where(Post.department_code == department, Post.duty == self.duty)
        if ctx.session.scalar(query) is None:
            raise PostUnknown(duty=self.duty)
        instance = work.instance
        definition = definition_of(case, instance)
        number, when = work.task.number, self.when.value
        step = engine.add_signer(definition, instance.state, number, when)
        ask(work.task, instance, step, definition, self.duty, ctx)
        params = {"what": work.item.name, "step": work.task.name, "reason": reason}
        tell_post(case, work.item, self.duty, Light.GREEN, ASKED, params, ctx)
        facts = work.facts(signer=self.duty, when=self.when.value, reason=reason)
        return facts | take_over(case, instance, step, ctx, self.name)
