"""Take back the request to sign (减签); the task goes on when it waited for nobody else."""

from dataclasses import dataclass
from typing import Any

from workflows import engine
from workflows.actions.base import CaseAction, Context, written
from workflows.actions.moving import definition_of, joint_task, take_over
from workflows.actions.people import require
from workflows.actions.signers import NoSigner, happening
from workflows.models import Case, Task


@dataclass(frozen=True)
class RemoveSigner(CaseAction):
    task: int
    reason: str

    name = "remove_signer"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        task, instance = joint_task(case, self.task, ctx)
        if task.signer_of is None or task.conclusion is not None:
            raise NoSigner
        asker = ctx.session.get_one(Task, task.signer_of)
        post = (asker.department_code, asker.duty)
        who = require(ctx.session, *post, ctx.actor.person_id, ctx.today)
        step = engine.remove_signer(definition_of(case, instance), instance.state, task.number)
        facts = take_over(case, instance, step, ctx, happening(task, self.name, ctx))
        item = next(item for item in case.items if item.id == task.item_id)
        return {
            "item": item.code,
            "step": task.name,
            "signer": task.duty,
            "reason": reason,
            "acting_for": who.acting_for,
            **facts,
        }
