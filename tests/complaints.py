"""Complaining in the demonstration hall, and what is done about it."""

from typing import Any, cast

from sqlalchemy import select

from server.complaint import DIAGRAM
from tests.hall import APPLICANT, Hall
from workflows.actions import Actor
from workflows.actions.answer_complaint import AnswerComplaint
from workflows.actions.examine_complaint import ExamineComplaint
from workflows.actions.handle_complaint import HandleComplaint
from workflows.actions.propose_outcome import ProposeOutcome
from workflows.actions.register_complaint import RegisterComplaint
from workflows.actions.sign_for_complaint import SignForComplaint
from workflows.actions.weigh_outcome import WeighOutcome
from workflows.models import Complaint, Finding, FollowUpClock, Way

#: The department that complaints are handed to, and who handles them there.
DEPARTMENT, HEAD = "SJ", "sj.checker"


def form(hall: Hall, **changes: Any) -> RegisterComplaint:
    """What somebody says in their own name."""
    hall.tokens += 1
    values: dict[str, Any] = {
        "token": f"complaint {hall.tokens}", "channel": "online", "category": "04",
        "against": "市场监督管理局", "text": "材料交了一个月没有回音", "complainant": "李小花",
        "phone": "13911112222", "diagram": DIAGRAM.read_text("utf-8"), **changes,
    }  # fmt: skip
    return RegisterComplaint(**values)


def complained(hall: Hall, who: str | Actor = APPLICANT, **changes: Any) -> Complaint:
    """A complaint as it was registered."""
    return cast(Complaint, hall.act(who, "", form(hall, **changes)))


def examined(hall: Hall, one: Complaint, way: Way = Way.ASSIGNED) -> Complaint:
    """Taken up, and handed to the department or handled by the supervisors themselves."""
    department = "" if way is Way.OWN else DEPARTMENT
    action = ExamineComplaint(True, "属于受理范围", way, department)
    return cast(Complaint, hall.act("supervisor", one.key, action))


def signed_for(hall: Hall) -> Complaint:
    """Handed to the department, which has signed for it."""
    one = examined(hall, complained(hall))
    return cast(Complaint, hall.act(HEAD, one.key, SignForComplaint(True)))


def proposed(hall: Hall, one: Complaint) -> Complaint:
    """Investigated by the department."""
    action = ProposeOutcome(Finding.PROVEN, "确有延误，建议整改")
    return cast(Complaint, hall.act(HEAD, one.key, action))


def passed(hall: Hall, one: Complaint) -> Complaint:
    """What was proposed was passed."""
    return cast(Complaint, hall.act("supervisor", one.key, WeighOutcome(True, "同意")))


def answered(hall: Hall, one: Complaint | None = None) -> Complaint:
    """Handled, and who complained was told."""
    one = passed(hall, proposed(hall, one or signed_for(hall)))
    hall.act(HEAD, one.key, HandleComplaint("rectify", "已补办并道歉"))
    return cast(Complaint, hall.act("supervisor", one.key, AnswerComplaint("已整改，谢谢反映")))


def as_now(hall: Hall, one: Complaint) -> Complaint:
    """The complaint as it is now."""
    with hall.read() as session:
        return session.get_one(Complaint, one.id)


def running(hall: Hall, one: Complaint) -> dict[str, FollowUpClock]:
    """Its clocks that are not stopped, by what they are about."""
    query = select(FollowUpClock).where(FollowUpClock.subject == one.key)
    with hall.read() as session:
        rows = list(session.scalars(query.where(FollowUpClock.closed_at.is_(None))))
    return {row.clock.value: row for row in rows}
