"""End a special procedure: its result is recorded, the clock runs again today."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, move, written
from workflows.actions.clocks import open_pause, refresh_joint_clock, resume, running
from workflows.actions.people import require
from workflows.actions.work import item_of
from workflows.models import Case
from workflows.models.deadline import Basis, Clock
from workflows.states import ItemState


@dataclass(frozen=True)
class ResumeDeadline(CaseAction):
    item: str
    result: str

    name = "resume_deadline"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        item = item_of(case, self.item)
        who = require(ctx.session, item.department_code, "checker", ctx.actor.person_id, ctx.today)
        result = written(self.result)
        move(item, self.name, ItemState.REVIEWING)
        row = open_pause(case, item)
        assert row is not None, "a suspended item has an open pause"
        resume(case, row, ctx)
        refresh_joint_clock(case, ctx)
        due = {d.basis.value: d.due_at for d in running(case, Clock.ITEM, item) if d.due_at}
        return {
            "item": item.code,
            "procedure": row.kind,
            "result": result,
            "due_at": due[Basis.PROMISED].isoformat() if Basis.PROMISED in due else None,
            "acting_for": who.acting_for,
        }
