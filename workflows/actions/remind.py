"""Remind those who have the work (催办): once in a working day, by the lead or the applicant.

Told is whoever has an open task that can be done, or its post while they are away; where the
window itself has the next step, the window.  Nobody is hurried while the clock stands still, or
with the check of a commitment.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseAction, Context
from workflows.actions.named import plain
from workflows.actions.people import OWNER, acts
from workflows.actions.tell import tell_person, tell_post, tell_role
from workflows.calendar import WorkCalendar
from workflows.clock import office_day
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Department, HistoryEvent, Task
from workflows.permissions import Role
from workflows.queries.around import last_reminder
from workflows.states import CaseState, ItemState

#: Characters of a note.
NOTE = 200
#: Nobody can go on with these: the clock stands still.
STOPPED = (ItemState.SUSPENDED, ItemState.PRE_REVIEWED)
WORK = N_("催办：请尽快办理“%(what)s”的“%(step)s”。%(note)s")
WINDOW = N_("催办：“%(what)s”在等窗口办理。%(note)s")


class AlreadyReminded(WorkflowError):
    """Once in a working day is enough for everyone."""

    sentence = N_("本办件已经催办过，%(day)s 起可以再次催办。")


@dataclass(frozen=True)
class Remind(CaseAction):
    note: str = ""

    name = "remind"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        note = plain(self.note, NOTE)
        last = last_reminder(ctx.session, case.number)
        again = again_on(last, ctx.calendars(case.region))
        if again is not None and ctx.today < again:
            raise AlreadyReminded(day=again.isoformat())
        told = []
        for task, item, at_work in _waiting(case, ctx):
            params = {"what": item.name, "step": task.name, "note": note}
            if task.assignee_id and at_work:
                tell_person(case, task.assignee_id, item, Light.YELLOW, WORK, params, ctx)
            else:
                tell_post(case, item, task.duty, Light.YELLOW, WORK, params, ctx)
            told.append(f"{item.code} {task.name}")
        if not told:
            role = Role.WINDOW_LEAD if case.state is CaseState.DECLINING else Role.WINDOW
            params = {"what": case.title, "note": note}
            tell_role(case, role, Light.YELLOW, WINDOW, params, ctx)
        return {"reminded": told, "note": note}


def again_on(last: HistoryEvent | None, calendar: WorkCalendar) -> date | None:
    """From which day on a case may be reminded of again; None when it never was."""
    return calendar.nth_workday_after(office_day(last.at), 1) if last is not None else None


def _waiting(case: Case, ctx: Context) -> list[tuple[Task, CaseItem, bool]]:
    """The open tasks that can be done now, and whether whoever has each of them is there."""
    if case.state is not CaseState.IN_REVIEW:
        return []
    query = (
        select(Task, CaseItem, acts(OWNER))
        .join(CaseItem, CaseItem.id == Task.item_id)
        .join(Department, Department.code == Task.department_code)
        .outerjoin(OWNER, OWNER.id == Task.assignee_id)
        .where(Task.case_id == case.id, Task.closed_at.is_(None), Task.kind != "check")
        .where(CaseItem.state.not_in(STOPPED))
        .order_by(Task.id)
    )
    found = ctx.session.execute(query, {"day": ctx.today})
    return [(task, item, bool(there)) for task, item, there in found]
