"""投诉统计: every figure from what was done, the undecided in none of the shares."""

from datetime import timedelta

from tests.complaints import answered, complained, examined, signed_for
from tests.hall import Hall
from workflows.actions.call_back_complainant import CallBackComplainant, Called
from workflows.actions.examine_complaint import ExamineComplaint
from workflows.models import Way
from workflows.queries.complaint_figures import report


def test_the_figures_say_what_was_registered_and_what_became_of_it(hall: Hall) -> None:
    over = answered(hall)
    hall.act("supervisor", over.key, CallBackComplainant(Called.SATISFIED, "满意"))
    signed_for(hall)
    examined(hall, complained(hall, category="06"), Way.OWN)
    declined = complained(hall, category="06")
    hall.act("supervisor", declined.key, ExamineComplaint(False, "属于诉讼事项"))
    complained(hall)
    now = hall.clock.now()
    with hall.read() as session:
        found = report(session, now - timedelta(days=1), now + timedelta(days=1))
        empty = report(session, now + timedelta(days=1), now + timedelta(days=2))
    everything = found.everything
    assert (everything.registered, everything.declined, everything.accepted) == (5, 1, 3)
    assert (everything.own, everything.settled, everything.found, everything.proven) == (1, 1, 1, 1)
    assert (everything.asked, everything.satisfied, everything.again) == (1, 1, 0)
    [sj] = found.departments
    assert (sj.key, sj.registered, sj.settled, sj.own) == ("SJ", 2, 1, 0)
    assert [(one.key, one.registered) for one in found.categories] == [("04", 3), ("06", 2)]
    assert empty.everything.registered == 0 and empty.departments == []
