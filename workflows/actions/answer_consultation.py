"""Answer another department's question (答复征求意见).

Three answers are lawful: 同意, 不同意 with reasons, 同意但需转报.  There is no "noted", and who
disagrees without a reason has not disagreed.  The answer decides nothing: whoever asked decides.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context
from workflows.actions.consultations import asked_as, close, names_of
from workflows.actions.people import require
from workflows.actions.tell import tell_department
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Answer, Case, CaseItem, Task
from workflows.models.consultation import ANSWERS

ANSWERED = N_("%(department)s已答复关于%(what)s的征求意见，请到办理页查看。")


class DisagreesWithoutReason(WorkflowError):
    """A disagreement that says nothing counts as consent, so it is not taken down."""

    sentence = N_("不同意须写明理由；没有理由的不同意视为同意。")


@dataclass(frozen=True)
class AnswerConsultation(CaseAction):
    consultation: int
    answer: Answer
    reason: str = ""

    name = "answer_consultation"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        row = asked_as(case, self.consultation, ctx)
        code = row.department_code
        who = require(ctx.session, code, ANSWERS, ctx.actor.person_id, ctx.today)
        reason = self.reason.strip()
        if self.answer is Answer.DISAGREE and len(reason) < 2:
            raise DisagreesWithoutReason
        row.answer, row.reason = self.answer, reason
        row.answered_at, row.answered_by = ctx.now, ctx.actor.name
        row.acting_for = who.acting_for
        close(row, ctx)
        item, task = (
            ctx.session.get_one(CaseItem, row.item_id),
            ctx.session.get_one(Task, row.task_id),
        )
        department = names_of(ctx, {code})[code]
        light = Light.YELLOW if self.answer is Answer.DISAGREE else Light.GREEN
        params = {"what": item.name, "department": department}
        tell_department(case, item.department_code, task.duty, light, ANSWERED, params, ctx, item)
        return {
            "item": item.code,
            "department": department,
            "answer": self.answer.value,
            "reason": reason,
            "number": row.number,
            "acting_for": who.acting_for,
        }
