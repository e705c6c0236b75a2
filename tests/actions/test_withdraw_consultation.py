"""收回征求意见: by who has the task it was asked from, with a reason; then nobody answers."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.talking import answer, asked, clock_of, questions, told, under_review
from workflows.actions.base import ReasonMissing
from workflows.actions.consultations import ConsultationClosed
from workflows.actions.people import NotYourTask
from workflows.actions.withdraw_consultation import WithdrawConsultation
from workflows.permissions import Role

REASON = "申请人改在室内排放"


def test_the_clock_stops_and_the_department_is_told(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    hall.opine(number, "R11")  # the task it was asked from is done; the question is still open
    before = len(told(hall, number))
    kept = one_row(hall, "zj.handler", number, WithdrawConsultation(row.id, REASON))
    assert path(kept) == ("in_review", "in_review")
    assert kept.details == {
        "item": "R11", "department": "生态环境局", "number": row.number, "reason": REASON,
    }  # fmt: skip
    assert told(hall, number)[before:] == [("HB", "handler", "green")]
    clock = clock_of(hall, questions(hall, number)[0])
    assert (clock.closed_at, clock.next_at) == (hall.clock.now(), None)
    with refused(hall, ConsultationClosed):
        hall.act("hb.handler", number, answer(row))


def test_only_who_asked_with_a_reason_while_it_is_open(hall: Hall) -> None:
    number = under_review(hall)
    row = asked(hall, number)
    only(hall, number, WithdrawConsultation(row.id, REASON), Role.APPROVER)
    with refused(hall, NotYourTask):
        hall.act("hb.handler", number, WithdrawConsultation(row.id, REASON))
    with refused(hall, ReasonMissing):
        hall.act("zj.handler", number, WithdrawConsultation(row.id, ""))
    hall.act("hb.handler", number, answer(row))
    with refused(hall, ConsultationClosed):
        hall.act("zj.handler", number, WithdrawConsultation(row.id, REASON))
