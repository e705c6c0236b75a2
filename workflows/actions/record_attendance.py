"""Say for one's department whether it comes (参加、缺席), and what it concluded.

Before the time one says only whether one comes; from then on each gives its own conclusion.  An
absence has a reason.  What is said decides no item: it is a fact for whoever decides.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.consultations import names_of
from workflows.actions.meetings import MeetingNotYet, attendance_of, stop
from workflows.actions.people import require
from workflows.clock import office_time
from workflows.errors import N_, WorkflowError
from workflows.models import Answer, Attendance, Case, CaseItem
from workflows.models.consultation import ANSWERS


class AttendanceClosed(WorkflowError):
    """It was said already, or the time to say it is over."""

    sentence = N_("您部门的意见已经登记，或者联合踏勘（会审）已经总结。")


class ConclusionMissing(WorkflowError):
    """Who was there has found something."""

    sentence = N_("请选择您部门自己的结论。")


class FindingMissing(WorkflowError):
    """A disagreement says why."""

    sentence = N_("不同意须写明理由。")


@dataclass(frozen=True)
class RecordAttendance(CaseAction):
    attendance: int
    attends: bool
    conclusion: Answer | None = None
    finding: str = ""

    name = "record_attendance"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        row = attendance_of(case, self.attendance, ctx)
        if row is None:
            raise AttendanceClosed
        code = row.department_code
        who = require(ctx.session, code, ANSWERS, ctx.actor.person_id, ctx.today)
        if self.attends:
            self._conclude(row, ctx)
        else:
            row.finding, row.closed_at = written(self.finding), ctx.now
        row.attends, row.by, row.acting_for = self.attends, ctx.actor.name, who.acting_for
        if all(seat.closed_at for seat in row.meeting.attendances):
            stop(row.meeting, ctx)
        item = ctx.session.get_one(CaseItem, row.item_id) if row.item_id else None
        return {
            "kind": row.meeting.kind.value,
            "number": row.meeting.number,
            "item": item.code if item else None,
            "department": names_of(ctx, {code})[code],
            "attends": self.attends,
            "answer": row.conclusion.value if row.conclusion else None,
            "reason": row.finding,
            "acting_for": who.acting_for,
        }

    def _conclude(self, row: Attendance, ctx: Context) -> None:
        """What the department found; before the time, only that it comes."""
        at = row.meeting.at
        if ctx.now < at:
            if self.conclusion is not None:
                raise MeetingNotYet(at=office_time(at).strftime("%Y-%m-%d %H:%M"))
            return
        if self.conclusion is None:
            raise ConclusionMissing
        finding = self.finding.strip()
        if self.conclusion is Answer.DISAGREE and len(finding) < 2:
            raise FindingMissing
        row.conclusion, row.finding, row.closed_at = self.conclusion, finding, ctx.now
