"""Keep the minutes of a joint visit or meeting (勘验笔录、会审纪要) and end it.

All have spoken, or their time is over: who was silent was absent.  The minutes say what happened;
they decide no item.
"""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.consultations import names_of
from workflows.actions.meetings import MeetingNotYet, count_the_silent, leads, meeting_of, stop
from workflows.clock import office_time, passed
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Meeting


class ConclusionsAwaited(WorkflowError):
    """Some have not spoken, and still have time to."""

    sentence = N_("%(departments)s 还没有给出结论，可在 %(due)s 前给出；到期未给出的记为缺席。")


@dataclass(frozen=True)
class ConcludeMeeting(CaseAction):
    meeting: int
    minutes: str

    name = "conclude_meeting"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        meeting = meeting_of(case, self.meeting, ctx)
        acting_for = leads(meeting.leader_code, ctx)
        minutes = written(self.minutes)
        if ctx.now < meeting.at:
            raise MeetingNotYet(at=office_time(meeting.at).strftime("%Y-%m-%d %H:%M"))
        _require_all(meeting, ctx)
        count_the_silent(case, meeting, ctx)
        meeting.minutes = minutes
        meeting.concluded_at, meeting.concluded_by = ctx.now, ctx.actor.name
        stop(meeting, ctx)
        absent = {row.department_code for row in meeting.attendances if not row.attends}
        return {
            "kind": meeting.kind.value,
            "number": meeting.number,
            "minutes": minutes,
            "absent": list(names_of(ctx, absent).values()) if absent else [],
            "acting_for": acting_for,
        }


def _require_all(meeting: Meeting, ctx: Context) -> None:
    """All have said what they found, or may not any more."""
    due_at = meeting.deadline.due_at
    waited_for = {row.department_code for row in meeting.attendances if row.closed_at is None}
    if waited_for and due_at is not None and not passed(ctx.now, due_at):
        names = "、".join(names_of(ctx, waited_for).values())
        due = office_time(due_at).strftime("%Y-%m-%d %H:%M")
        raise ConclusionsAwaited(departments=names, due=due)
