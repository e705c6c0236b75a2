"""办结: closed when everything is handed over; only the check of a promise may follow."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.close import Close
from workflows.actions.deliver import Deliver, Delivery
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import NotAllowedInState

HANDED_OVER = Deliver(Delivery.COUNTER, "王建国")


def test_closing_writes_one_row_with_the_result_of_every_item(hall: Hall) -> None:
    number = hall.accepted()
    hall.refuse(number, "R13")
    hall.grant_all(number)
    hall.act("window1", number, HANDED_OVER)
    row = one_row(hall, "window1", number, Close())
    assert path(row) == ("delivered", "closed")
    assert row.details["items"] == {
        "R01": "approved", "R02": "approved", "R03": "approved", "R08": "approved",
        "R13": "rejected",
    }  # fmt: skip
    assert hall.case(number).closed_at == hall.clock.now()


def test_nothing_runs_in_a_closed_case_but_the_check_of_a_promise(hall: Hall) -> None:
    number = hall.decided({"area_m2": 500, "commits_fire_safety": True})
    hall.act("window1", number, HANDED_OVER)
    hall.act("window1", number, Close())
    case = hall.case(number)
    assert [row.clock for row in case.deadlines if row.closed_at is None] == [Clock.CHECK]
    assert [task.kind for task in case.tasks if task.closed_at is None] == ["check"]


def test_what_was_not_delivered_is_not_closed_and_nothing_is_closed_twice(hall: Hall) -> None:
    number = hall.decided()
    with refused(hall, NotAllowedInState):
        hall.act("window1", number, Close())
    hall.act("window1", number, HANDED_OVER)
    hall.act("window1", number, Close())
    with refused(hall, NotAllowedInState):
        hall.act("window1", number, Close())


def test_only_the_window_closes(hall: Hall) -> None:
    number = hall.decided()
    hall.act("window1", number, HANDED_OVER)
    only(hall, number, Close(), Role.WINDOW, Role.WINDOW_LEAD)
