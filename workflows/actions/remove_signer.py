"""Take back the request to sign (减签); the task goes on when it waited for nobody else."""

from dataclasses import dataclass
from typing import Any

from workflows import engine
from workflows.actions.base import CaseAction, Context, written
from workflows.actions.moving import definition_of, joint_task, take_over
from workflows.actions.signers import NoSigner, happening
from workflows.actions.work import must_have
from workflows.models import Case


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
        who = must_have(case, task.signer_of, ctx)
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
