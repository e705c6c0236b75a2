"""Departments that speak with each other, in the demonstration hall."""

from datetime import datetime

from sqlalchemy import select

from tests.hall import Hall
from workflows.actions.answer_consultation import AnswerConsultation
from workflows.actions.call_meeting import CallMeeting
from workflows.actions.consult import Consult
from workflows.actions.request_pause import RequestPause
from workflows.clock import OFFICE_ZONE
from workflows.models import (
    Answer,
    Attendance,
    Case,
    ClockRequest,
    Consultation,
    Deadline,
    Meeting,
    MeetingKind,
    Notice,
)

SEWAGE = {"discharges_sewage": True}
#: Everything that is visited together: the food licence, fire safety, the sign, tobacco.
VISITED: dict[str, bool | int | float] = {"area_m2": 500, "has_signboard": True}
QUESTION = "排水口位置是否影响周边水体"


def under_review(hall: Hall, item: str = "R11", **answers: bool) -> str:
    """A case with an item that its department has signed for."""
    number = hall.accepted({**SEWAGE, **answers})
    hall.sign_for(number, item)
    return number


def ask(hall: Hall, number: str, *departments: str, item: str = "R11") -> Consult:
    """The question that the holder of the item's open task asks."""
    return Consult(hall.task(number, item).id, list(departments or ("HB",)), QUESTION)


def asked(hall: Hall, number: str, *departments: str, item: str = "R11") -> Consultation:
    """Ask, and return the latest question."""
    task = hall.task(number, item)
    hall.act(hall.holder(task), number, ask(hall, number, *departments, item=item))
    return questions(hall, number)[-1]


def questions(hall: Hall, number: str) -> list[Consultation]:
    """Every question about a case."""
    query = select(Consultation).join(Case, Case.id == Consultation.case_id)
    with hall.read() as session:
        return list(session.scalars(query.where(Case.number == number).order_by(Consultation.id)))


def clock_of(hall: Hall, row: Consultation | Meeting) -> Deadline:
    """The clock of a question or a meeting."""
    with hall.read() as session:
        return session.get_one(Deadline, row.deadline_id)


def answer(row: Consultation, said: Answer = Answer.AGREE, reason: str = "") -> AnswerConsultation:
    """An answer to a question."""
    return AnswerConsultation(row.id, said, reason)


def visit(*items: str, at: str = "2026-03-04T09:00", **more: object) -> CallMeeting:
    """An invitation to a joint visit of the premises."""
    moment = datetime.fromisoformat(at).replace(tzinfo=OFFICE_ZONE)
    where = ("经营场所", "查看平面布局与安全出口")
    return CallMeeting(MeetingKind.VISIT, moment, *where, items=list(items), **more)  # type: ignore[arg-type]


def visited(hall: Hall) -> str:
    """A case whose visit is called for Wednesday nine o'clock: R08, R09 and R10."""
    number = hall.accepted(VISITED)
    hall.act("lead", number, visit("R08"))
    return number


def meeting(hall: Hall, number: str) -> Meeting:
    """The latest meeting of a case."""
    query = select(Meeting).join(Case, Case.id == Meeting.case_id)
    with hall.read() as session:
        found = session.scalars(query.where(Case.number == number).order_by(Meeting.id.desc()))
        row = found.first()
        assert row is not None, "nobody called a meeting"
        return row


def seats(hall: Hall, number: str) -> dict[str, Attendance]:
    """What each department has said to the latest meeting, by department."""
    query = select(Attendance).where(Attendance.meeting_id == meeting(hall, number).id)
    with hall.read() as session:
        return {row.department_code: row for row in session.scalars(query)}


def pause_of(days: int = 3) -> RequestPause:
    """A lawful pause of the sewage licence."""
    return RequestPause("R11", "水质检测", days, "取样送检")


def requests(hall: Hall, number: str) -> list[ClockRequest]:
    """Everything that was asked to be done to the clocks of a case."""
    query = select(ClockRequest).join(Case, Case.id == ClockRequest.case_id)
    with hall.read() as session:
        return list(session.scalars(query.where(Case.number == number).order_by(ClockRequest.id)))


def told(hall: Hall, number: str) -> list[tuple[str | None, str | None, str]]:
    """(department, duty or role, light) of every notice of a case."""
    query = select(Notice).join(Case, Case.id == Notice.case_id).where(Case.number == number)
    with hall.read() as session:
        rows = session.scalars(query.order_by(Notice.id)).all()
        return [(row.department_code, row.duty or row.role, row.level) for row in rows]
