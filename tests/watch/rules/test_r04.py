"""R04: ten working days to hand over what is decided."""

from tests.hall import Hall
from tests.watch.looking import found, matters, proven_by
from workflows.actions.deliver import Deliver, Delivery


def test_what_is_handed_over_late_is_found_and_on_the_last_day_is_not(hall: Hall) -> None:
    late, just = hall.decided(), hall.decided()
    hall.at("2026-03-16T17:00")
    hall.act("window1", just, Deliver(Delivery.COUNTER, "王经理"))
    assert matters(hall, "R04") == []
    hall.at("2026-03-17T09:00")
    hall.act("window1", late, Deliver(Delivery.COUNTER, "王经理"))
    [one] = found(hall, "R04")
    assert (one.case, one.item, one.department) == (late, None, None)
    assert proven_by(hall, one)[-1] == "deliver"
