"""Open an earlier task of the joint approval again (流程回退): what followed from it is gone.

What the other branches did meanwhile stands.  Possible until the decision has been delivered
(行政许可法 §44): a number that was given to a decision taken back is void.
"""

from dataclasses import dataclass
from typing import Any

from workflows import engine
from workflows.actions.base import CaseAction, Context, written
from workflows.actions.consultations import take_back_questions
from workflows.actions.moving import definition_of, joint_task, take_over
from workflows.models import Case


@dataclass(frozen=True)
class RollBack(CaseAction):
    target: int
    reason: str

    name = "roll_back"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        target, instance = joint_task(case, self.target, ctx)
        item = next(item for item in case.items if item.id == target.item_id)
        step = engine.roll_back(definition_of(case, instance), instance.state, target.number)
        facts = take_over(case, instance, step, ctx, self.name)
        questions = take_back_questions(case, ctx)
        facts |= {"questions_taken_back": questions} if questions else {}
        return {"item": item.code, "step": target.name, "reason": reason, **facts}
