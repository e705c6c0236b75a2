"""The time to answer is over (逾期未答复), where a local rule says that silence is consent.

National law knows silent consent only for the renewal of a licence (行政许可法 §50), so a catalogue
says nothing of the kind by itself; the department is then reminded and reported, and may still
answer.  Where a local rule says that who is silent agrees (逾期视为同意), the catalogue's rule
``silence: agrees`` turns the clock into this answer.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseAction, Context
from workflows.actions.climb import climbed
from workflows.actions.consultations import close, names_of
from workflows.actions.tell import tell_department
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Answer, Case, Consultation, Task

SILENT = N_("%(department)s逾期未答复关于%(what)s的征求意见，按规定视为同意。")


@dataclass(frozen=True)
class ExpireConsultation(CaseAction):
    deadline: int

    name = "expire_consultation"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        clock, item, _rung = climbed(case, self.deadline, self.name, ctx)
        assert item is not None, "a question is about an item"
        query = select(Consultation).where(Consultation.deadline_id == clock.id)
        row = ctx.session.scalars(query).one()
        row.answer, row.answered_at = Answer.AGREE, ctx.now
        close(row, ctx)
        department = names_of(ctx, {row.department_code})[row.department_code]
        params = {"what": item.name, "department": department}
        task = ctx.session.get_one(Task, row.task_id)
        for code, duty in ((item.department_code, task.duty), (row.department_code, "checker")):
            tell_department(case, code, duty, Light.YELLOW, SILENT, params, ctx, item)
        return {
            "item": item.code,
            "department": department,
            "answer": Answer.AGREE.value,
            "silent": True,
            "number": row.number,
        }
