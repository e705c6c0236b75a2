"""征求意见: a question with a limit of its own, which stops no other clock."""

from server.view import minute
from tests.evidence import climbed, one_row, only, pass_days, path, refused
from tests.hall import APPLICANT, Hall
from tests.moving import past
from tests.talking import QUESTION, answer, ask, asked, clock_of, questions, told, under_review
from workflows.actions.base import ReasonMissing
from workflows.actions.conclude_item import ConcludeItem, Outcome
from workflows.actions.consult import AskedAlready, AsksItself, Consult, NobodyAnswers, NobodyAsked
from workflows.actions.consultations import AnswersAwaited, ConsultationClosed
from workflows.actions.decide import Decide, Decision
from workflows.actions.people import NotYourTask
from workflows.actions.roll_back import RollBack
from workflows.actions.send_back import SendBack
from workflows.actions.withdraw import Withdraw
from workflows.engine import TaskNotOpen
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import NotAllowedInState


def test_several_departments_are_asked_at_once_each_with_a_clock_of_its_own(hall: Hall) -> None:
    number = under_review(hall)
    row = one_row(hall, "zj.handler", number, ask(hall, number, "HB", "WJ"))
    assert path(row) == ("in_review", "in_review")
    assert row.details["departments"] == ["生态环境局", "卫生健康委员会"]
    assert row.details["question"] == QUESTION
    assert row.details["number"] == "ZQ〔2026〕第000001号"
    assert (row.details["item"], row.details["due"]) == ("R11", "2026-03-11 23:59")
    assert [one.department_code for one in questions(hall, number)] == ["HB", "WJ"]
    assert told(hall, number) == [("HB", "handler", "green"), ("WJ", "handler", "green")]


def test_the_clock_of_the_item_runs_on_while_another_department_is_asked(hall: Hall) -> None:
    number = under_review(hall)
    before = hall.deadline(number, Clock.ITEM, Basis.STATUTORY, "R11").due_at
    asked(hall, number)
    hall.at("2026-03-05T10:00")
    hall.act("hb.handler", number, answer(questions(hall, number)[0]))
    assert hall.deadline(number, Clock.ITEM, Basis.STATUTORY, "R11").due_at == before
    assert hall.case(number).pauses == []


def test_an_item_may_have_a_time_of_its_own_in_the_catalogue(hall: Hall) -> None:
    hall.publish(("promised: 5wd, needed: discharges_sewage",
                  "promised: 5wd, consultation: 2wd, needed: discharges_sewage"))  # fmt: skip
    number = under_review(hall)
    assert minute(clock_of(hall, asked(hall, number)).due_at) == "2026-03-04 23:59"


def test_who_is_late_is_warned_then_reported_to_the_own_checker_and_may_still_answer(
    hall: Hall,
) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    pass_days(hall, "2026-03-03", "2026-03-18")
    assert climbed(hall, number, "consultation", "R11") == [
        ("2026-03-10 00:00", "yellow", "handler"),
        ("2026-03-12 00:00", "red", "checker"),
    ]
    mine = [one for one in told(hall, number) if one[0] == "HB"]
    assert mine == [("HB", "handler", "green"), ("HB", "handler", "yellow"),
                    ("HB", "checker", "red")]  # fmt: skip
    assert questions(hall, number)[0].answer is None
    hall.act("hb.handler", number, answer(row))


def test_without_a_question_a_department_or_with_the_own_one_nobody_is_asked(hall: Hall) -> None:
    number = under_review(hall)
    task = hall.task(number, "R11").id
    with refused(hall, ReasonMissing):
        hall.act("zj.handler", number, Consult(task, ["HB"], " "))
    with refused(hall, NobodyAsked):
        hall.act("zj.handler", number, Consult(task, [], QUESTION))
    with refused(hall, AsksItself):
        hall.act("zj.handler", number, Consult(task, ["ZJ"], QUESTION))
    with refused(hall, NobodyAnswers, "XX"):
        hall.act("zj.handler", number, Consult(task, ["HB", "XX"], QUESTION))


def test_the_same_department_is_not_asked_again_before_it_has_answered(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    with refused(hall, AskedAlready, "生态环境局"):
        hall.act("zj.handler", number, ask(hall, number, "HB", "WJ"))
    hall.act("hb.handler", number, answer(row))
    hall.act("zj.handler", number, ask(hall, number, "HB", "WJ"))


def test_only_who_has_the_task_asks_and_only_while_it_is_open(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    with refused(hall, NotAllowedInState, "received"):
        hall.act("zj.handler", number, ask(hall, number))
    hall.sign_for(number, "R11")
    question = ask(hall, number)
    only(hall, number, question, Role.APPROVER)
    for who in ("zj.checker", "hb.handler"):
        with refused(hall, NotYourTask):
            hall.act(who, number, question)
    hall.opine(number, "R11")
    with refused(hall, TaskNotOpen):
        hall.act("zj.handler", number, question)


def test_the_item_is_decided_without_the_answer_and_the_question_is_closed(hall: Hall) -> None:
    number = under_review(hall)
    hall.grant(number, "R01")
    row = asked(hall, number)
    hall.grant(number, "R11")
    assert clock_of(hall, row).closed_at is not None
    hall.at("2026-03-03T10:00")
    with refused(hall, ConsultationClosed):
        hall.act("hb.handler", number, answer(row))
    pass_days(hall, "2026-03-10", "2026-03-14")
    assert climbed(hall, number, "consultation", "R11") == []


def test_where_the_catalogue_says_so_nothing_is_decided_before_the_answer(hall: Hall) -> None:
    hall.publish(("consultation_blocks: false", "consultation_blocks: true"))
    number = under_review(hall)
    hall.grant(number, "R01")
    row = asked(hall, number)
    task = hall.to_decision(number, "R11")
    for decision in (Decision.GRANTED, Decision.REFUSED):
        with refused(hall, AnswersAwaited, "生态环境局"):
            hall.act("zj.checker", number, Decide(task.id, decision, "符合条件"))
    hall.act("hb.handler", number, answer(row))
    hall.decide(number, "R11")


def test_a_question_about_a_case_that_was_withdrawn_is_closed(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    assert clock_of(hall, row).closed_at is not None
    with refused(hall, NotAllowedInState):
        hall.act("hb.handler", number, answer(row))


def test_a_question_about_an_item_that_was_ended_is_closed(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    hall.act("lead", number, ConcludeItem("R11", Outcome.NOT_NEEDED, "不再排水"))
    with refused(hall, ConsultationClosed):
        hall.act("hb.handler", number, answer(row))


def test_what_was_asked_from_a_step_that_is_taken_back_is_closed_and_the_rest_is_not(
    hall: Hall,
) -> None:
    number = under_review(hall, has_signboard=True)
    hall.sign_for(number, "R10")
    of_the_review = asked(hall, number)
    hall.opine(number, "R11")
    of_the_decision = asked(hall, number, "WJ")
    of_another_item = asked(hall, number, "HB", item="R10")
    target = past(hall, number, "R11", "review")
    row = one_row(hall, "lead", number, RollBack(target.id, "记录不全"))
    assert row.details["questions_taken_back"] == [of_the_review.number, of_the_decision.number]
    closed = [clock_of(hall, one).closed_at is not None
              for one in (of_the_review, of_the_decision, of_another_item)]  # fmt: skip
    assert closed == [True, True, False]
    assert ("WJ", "handler", "green") in told(hall, number)[-2:]


def test_sending_back_loses_no_question(hall: Hall) -> None:
    number = under_review(hall)
    hall.opine(number, "R11")
    row = asked(hall, number, "WJ")
    target, task = past(hall, number, "R11", "review"), hall.task(number, "R11")
    hall.act("zj.checker", number, SendBack(task.id, target.id, "请补充现场照片"))
    hall.act("wj.handler", number, answer(row))
    assert questions(hall, number)[0].answer == "agree"


def test_the_deputy_asks_while_the_holder_is_away_and_says_so(hall: Hall) -> None:
    number = under_review(hall)
    holder = hall.actor("zj.handler").name
    hall.away("zj.handler", "2026-03-02")
    row = one_row(hall, "zj.handler2", number, ask(hall, number))
    assert row.acting_for == holder
