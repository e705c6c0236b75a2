"""What is done to a case besides: handed on, visited, asked about; lawful as such.

A plant does it once too often, or lets somebody stay away.
"""

from datetime import timedelta
from itertools import pairwise

from tests.year.courses import Going, Plan
from tests.year.stage import Course, Stage
from workflows.actions.accept_forward import AcceptForward
from workflows.actions.answer_consultation import AnswerConsultation
from workflows.actions.call_meeting import CallMeeting
from workflows.actions.consult import Consult
from workflows.actions.forward import Forward
from workflows.actions.record_attendance import RecordAttendance
from workflows.models import Answer, Attendance, Consultation, MeetingKind

SIGN = {"has_signboard": True}


def handed_on(stage: Stage, people: tuple[str, ...]) -> Plan:
    """The review of a licence goes from one colleague to the next."""

    def hand(going: Going, code: str) -> Course:
        task = stage.task(going.id, code)
        assert task is not None
        for giver, taker in pairwise(people):
            yield stage.soon(0.3, 0.8)
            stage.act(giver, going.number, Forward(task.id, taker, "由其办理更合适"))
            yield stage.soon(0.1, 0.3)
            stage.act(taker, going.number, AcceptForward(task.id))

    return Plan(between={"R08": hand})


def visited(stage: Stage, comes: bool | None) -> Plan:
    """A joint visit of two departments; one of them comes, or says no, or says nothing."""

    def visit(going: Going) -> Course:
        yield stage.soon(1.2, 1.5)
        at = stage.clock.now() + timedelta(hours=2)
        call = CallMeeting(MeetingKind.VISIT, at, "经营场所现场", "联合勘验", ["R08", "R10"])
        stage.act("lead", going.number, call)
        yield 5 * 3600
        seats = {row.department_code: row.id for row in stage.rows(Attendance, going.id)}
        found = RecordAttendance(seats["SJ"], True, Answer.AGREE, "现场符合要求")
        stage.act("sj.handler", going.number, found)
        if comes is False:
            away = RecordAttendance(seats["CG"], False, None, "当天另有执法任务")
            stage.act("cg.handler", going.number, away)
        elif comes:
            found = RecordAttendance(seats["CG"], True, Answer.AGREE, "现场符合要求")
            stage.act("cg.handler", going.number, found)

    return Plan(answers=SIGN, accepted=visit, hold={"R08": (3, 2), "R10": (3, 3)})


def asked(stage: Stage, answer: Answer) -> Plan:
    """Another department is asked about the licence, and answers the day after."""

    def ask(going: Going, code: str) -> Course:
        task = stage.task(going.id, code)
        assert task is not None
        stage.act(task.who, going.number, Consult(task.id, ["CG"], "请就油烟排放提出意见"))
        yield stage.soon(2, 4)
        (row,) = stage.rows(Consultation, going.id)
        reason = "周边居民投诉较多" if answer is Answer.DISAGREE else ""
        stage.act("cg.handler", going.number, AnswerConsultation(row.id, answer, reason))

    return Plan(between={"R08": ask})
