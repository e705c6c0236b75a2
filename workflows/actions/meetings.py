"""Joint visits and meetings that are under way: who leads them, who was silent, who was absent."""

from sqlalchemy import select

from workflows.actions.base import Context, catalogue_of
from workflows.actions.consultations import names_of
from workflows.actions.people import posts_of
from workflows.actions.tell import tell_department
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Answer, Attendance, Case, CaseItem, Meeting
from workflows.models.consultation import ANSWERS
from workflows.permissions import Role

NOT_NEEDED = N_("%(what)s已有结论，不必再参加联合踏勘（会审）%(number)s。")
CANCELLED = N_("%(what)s的联合踏勘（会审）%(number)s已取消，不必参加。%(reason)s")
ABSENT = N_("%(what)s（%(number)s）到期未说明，记为缺席。")


class NotLeading(WorkflowError):
    """The window lead, or the department that leads."""

    sentence = N_("联合踏勘和联合会审由窗口负责人或牵头部门（%(department)s）召集和总结。")


class NoSuchMeeting(WorkflowError):
    """The case has no such meeting, or it was concluded."""

    sentence = N_("本办件没有这次联合踏勘（会审），或者已经总结。")


class MeetingNotYet(WorkflowError):
    """Nobody concludes what has not taken place."""

    sentence = N_("还没有到约定的时间 %(at)s，不能写结论。")


def leads(department: str, ctx: Context) -> str | None:
    """For whom the actor acts as leader; None for oneself.  Raises NotLeading."""
    if Role.WINDOW_LEAD in ctx.actor.roles:
        return None
    for post, who in posts_of(ctx.session, ctx.actor.person_id or 0, ctx.today):
        if post.department_code == department:
            return who.acting_for
    raise NotLeading(department=names_of(ctx, {department}).get(department, department))


def meeting_of(case: Case, meeting_id: int, ctx: Context) -> Meeting:
    """A meeting of the case that is not concluded."""
    found = ctx.session.get(Meeting, meeting_id)
    if found is None or found.case_id != case.id or found.concluded_at is not None:
        raise NoSuchMeeting
    return found


def stop(meeting: Meeting, ctx: Context) -> None:
    """Nobody is waited for any longer."""
    if meeting.deadline.closed_at is None:
        meeting.deadline.closed_at = ctx.now
    meeting.deadline.next_at = None


def count_the_silent(case: Case, meeting: Meeting, ctx: Context) -> list[str]:
    """Whoever has said nothing by now was absent; the names of these departments.

    Where a local rule says that who stays away without a reason agrees with the others, the
    catalogue says ``silence: agrees``; it is marked as nobody's own conclusion.
    """
    agrees = catalogue_of(case).rules.silence == "agrees"
    silent = [row for row in meeting.attendances if row.closed_at is None]
    for row in silent:
        row.attends, row.closed_at = False, ctx.now
        row.conclusion = Answer.AGREE if agrees else None
        _tell(case, meeting, row, ctx)
    names = names_of(ctx, {row.department_code for row in silent}) if silent else {}
    return list(names.values())


def _tell(case: Case, meeting: Meeting, row: Attendance, ctx: Context) -> None:
    params = {"what": case.title, "number": meeting.number}
    tell_department(case, row.department_code, "checker", Light.YELLOW, ABSENT, params, ctx)


def release(case: Case, seat: Attendance, item: CaseItem | None, ctx: Context) -> None:
    """Nobody waits for a department any more: what it was asked to look at is over."""
    seat.closed_at = ctx.now
    params = {"what": item.name if item else case.title, "number": seat.meeting.number}
    tell_department(case, seat.department_code, ANSWERS, Light.GREEN, NOT_NEEDED, params, ctx, item)
    if all(one.closed_at for one in seat.meeting.attendances):
        stop(seat.meeting, ctx)


def cancel(case: Case, meeting: Meeting, reason: str, ctx: Context) -> None:
    """It does not take place: nobody is waited for, and whoever was invited is told."""
    meeting.concluded_at, meeting.concluded_by = ctx.now, ctx.actor.name
    stop(meeting, ctx)
    for seat in meeting.attendances:
        seat.closed_at = seat.closed_at or ctx.now
    params = {"what": case.title, "number": meeting.number, "reason": reason}
    for code in sorted({seat.department_code for seat in meeting.attendances}):
        tell_department(case, code, ANSWERS, Light.GREEN, CANCELLED, params, ctx)


def attendance_of(case: Case, attendance_id: int, ctx: Context) -> Attendance | None:
    """What one department has to say to a meeting of the case that is not over."""
    query = select(Attendance).join(Attendance.meeting).where(
        Attendance.id == attendance_id, Meeting.case_id == case.id,
        Attendance.closed_at.is_(None), Meeting.concluded_at.is_(None),
    )  # fmt: skip
    return ctx.session.scalars(query).one_or_none()
