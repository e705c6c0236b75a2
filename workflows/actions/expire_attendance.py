"""The time after a joint visit or meeting is over: who has said nothing was absent (缺席)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseAction, Context
from workflows.actions.climb import climb
from workflows.actions.meetings import count_the_silent, stop
from workflows.models import Case, Meeting


@dataclass(frozen=True)
class ExpireAttendance(CaseAction):
    deadline: int

    name = "expire_attendance"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        clock = climb(case, self.deadline, self.name, ctx)
        query = select(Meeting).where(Meeting.deadline_id == clock.id)
        meeting = ctx.session.scalars(query).one()
        absent = count_the_silent(case, meeting, ctx)
        stop(meeting, ctx)
        return {"kind": meeting.kind.value, "number": meeting.number, "absent": absent}
