"""投诉反馈: who complained is told."""

from tests.complaints import HEAD, as_now, passed, proposed, running, signed_for
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.answer_complaint import AnswerComplaint
from workflows.actions.base import ReasonMissing
from workflows.actions.handle_complaint import HandleComplaint
from workflows.permissions import Role


def test_the_answer_is_kept_and_stops_the_clock(hall: Hall) -> None:
    one = passed(hall, proposed(hall, signed_for(hall)))
    hall.act(HEAD, one.key, HandleComplaint("rectify", "已整改"))
    only(hall, one.key, AnswerComplaint("已整改"), Role.SUPERVISOR)
    with refused(hall, ReasonMissing):
        hall.act("supervisor", one.key, AnswerComplaint(""))
    row = one_row(hall, "supervisor", one.key, AnswerComplaint("已整改"))
    assert path(row) == ("answering", "calling_back")
    assert as_now(hall, one).answer == "已整改" and running(hall, one) == {}
