"""答复征求意见: three lawful answers, by the post of the department that was asked."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.talking import answer, asked, clock_of, questions, told, under_review
from workflows.actions.answer_consultation import AnswerConsultation, DisagreesWithoutReason
from workflows.actions.consultations import ConsultationClosed
from workflows.actions.people import NotYourTask
from workflows.actions.resume_case import ResumeCase
from workflows.actions.suspend_case import SuspendCase
from workflows.models import Answer
from workflows.permissions import Role


@pytest.mark.parametrize(
    ("said", "reason"),
    [(Answer.AGREE, ""), (Answer.DISAGREE, "位于饮用水源保护区"), (Answer.REFER, "转报省厅")],
)
def test_the_three_lawful_answers_are_one_row_and_stop_the_clock(
    hall: Hall, said: Answer, reason: str
) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    event = one_row(hall, "hb.handler", number, answer(row, said, reason))
    assert path(event) == ("in_review", "in_review")
    assert event.details == {
        "item": "R11", "department": "生态环境局", "answer": said.value, "reason": reason,
        "number": row.number,
    }  # fmt: skip
    [after] = questions(hall, number)
    assert (after.answer, after.reason) == (said, reason)
    assert after.answered_by == hall.actor("hb.handler").name
    assert clock_of(hall, row).next_at is None
    light = "yellow" if said is Answer.DISAGREE else "green"
    assert told(hall, number)[-1] == ("ZJ", "handler", light)


@pytest.mark.parametrize("reason", ["", " ", "不"])
def test_who_disagrees_says_why(hall: Hall, reason: str) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    with refused(hall, DisagreesWithoutReason, "视为同意"):
        hall.act("hb.handler", number, answer(row, Answer.DISAGREE, reason))


def test_a_question_is_answered_once(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    hall.act("hb.handler", number, answer(row))
    with refused(hall, ConsultationClosed):
        hall.act("hb.handler", number, answer(row, Answer.DISAGREE, "再想了想"))


def test_only_the_department_that_was_asked_answers_through_its_own_post(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    only(hall, number, answer(row), Role.APPROVER)
    for who in ("zj.handler", "wj.handler", "hb.checker"):
        with refused(hall, NotYourTask):
            hall.act(who, number, answer(row))


def test_the_deputy_answers_while_the_holder_is_away(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    holder = hall.actor("hb.handler").name
    hall.away("hb.handler", "2026-03-02")
    assert one_row(hall, "hb.handler2", number, answer(row)).acting_for == holder
    assert questions(hall, number)[0].acting_for == holder


def test_the_question_of_another_case_is_not_answered_here(hall: Hall) -> None:
    row = asked(hall, under_review(hall))
    other = under_review(hall)
    with refused(hall, ConsultationClosed):
        hall.act("hb.handler", other, answer(row))
    with refused(hall, ConsultationClosed):
        hall.act("hb.handler", other, AnswerConsultation(999, Answer.AGREE))


def test_a_suspended_case_keeps_the_question_and_it_may_be_answered(hall: Hall) -> None:
    number = under_review(hall)
    row, other = asked(hall, number), asked(hall, number, "WJ")
    hall.act("lead", number, SuspendCase("核实申请人身份"))
    event = one_row(hall, "hb.handler", number, answer(row))
    assert path(event) == ("suspended", "suspended")
    hall.act("lead", number, ResumeCase("核实无误"))
    hall.act("wj.handler", number, answer(other))


def test_a_paused_item_is_still_answered_about(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    hall.suspend(number, "R11")
    hall.act("hb.handler", number, answer(row))
    assert questions(hall, number)[0].answer is Answer.AGREE
