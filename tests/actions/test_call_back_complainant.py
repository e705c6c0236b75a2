"""投诉回访: satisfied or not; once it is reviewed, and then it is over."""

from tests.complaints import answered, as_now, complained, examined, passed, running
from tests.evidence import one_row, only, path
from tests.hall import Hall
from workflows.actions.answer_complaint import AnswerComplaint
from workflows.actions.call_back_complainant import CallBackComplainant, Called
from workflows.actions.handle_complaint import HandleComplaint
from workflows.actions.propose_outcome import ProposeOutcome
from workflows.models import Finding, Way
from workflows.permissions import Role

UNHAPPY = CallBackComplainant(Called.NOT_SATISFIED, "认为处理太轻")


def test_who_is_satisfied_ends_it(hall: Hall) -> None:
    one = answered(hall)
    happy = CallBackComplainant(Called.SATISFIED, "表示满意")
    only(hall, one.key, happy, Role.SUPERVISOR)
    away = CallBackComplainant(Called.NOT_REACHED, "没有接听")
    assert path(one_row(hall, "supervisor", one.key, away)) == ("calling_back", "calling_back")
    assert path(one_row(hall, "supervisor", one.key, happy)) == ("calling_back", "settled")
    assert as_now(hall, one).closed_at == hall.clock.now()


def test_who_is_not_satisfied_has_it_reviewed_once(hall: Hall) -> None:
    one = answered(hall)
    assert path(one_row(hall, "supervisor", one.key, UNHAPPY)) == ("calling_back", "weighing")
    assert list(running(hall, one)) == ["handle"]
    passed(hall, one)
    hall.act("sj.checker", one.key, HandleComplaint("talk", "问责谈话"))
    hall.act("supervisor", one.key, AnswerComplaint("已谈话"))
    assert path(one_row(hall, "supervisor", one.key, UNHAPPY)) == ("calling_back", "settled")
    assert as_now(hall, one).satisfied is False and running(hall, one) == {}


def test_who_stays_unknown_cannot_be_called(hall: Hall) -> None:
    one = examined(hall, complained(hall, complainant="", phone=""), Way.OWN)
    hall.act("supervisor", one.key, ProposeOutcome(Finding.UNDECIDED, "无法核实"))
    passed(hall, one)
    hall.act("supervisor", one.key, HandleComplaint("explain", "责成说明"))
    hall.act("supervisor", one.key, AnswerComplaint("难以认定，已责成说明"))
    hall.act("supervisor", one.key, CallBackComplainant(Called.ANONYMOUS, "匿名"))
    assert (as_now(hall, one).state, as_now(hall, one).satisfied) == ("settled", None)
