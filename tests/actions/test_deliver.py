"""送达: what was decided reaches the applicant, within ten working days (§44)."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.deliver import Deliver, Delivery
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import CaseState, NotAllowedInState

HANDED_OVER = Deliver(Delivery.COUNTER, "王建国")


@pytest.mark.parametrize("method", Delivery)
def test_delivery_stops_its_clock_and_names_the_documents_and_who_took_them(
    hall: Hall, method: Delivery
) -> None:
    number = hall.decided()
    row = one_row(hall, "window2", number, Deliver(method, " 王建国 "))
    assert path(row) == ("decided", "delivered")
    assert (row.details["method"], row.details["recipient"]) == (method.value, "王建国")
    assert row.details["documents"] == [
        f"{item}〔2026〕第000001号" for item in ("R01", "R02", "R03", "R08", "R13")
    ]
    clock = hall.deadline(number, Clock.DELIVERY, Basis.STATUTORY)
    assert clock.closed_at == hall.clock.now()


@pytest.mark.parametrize(
    ("decided", "due"), [("2026-09-29", "2026-10-19"), ("2026-02-10", "2026-03-02")]
)
def test_ten_working_days_run_from_the_decision(hall: Hall, decided: str, due: str) -> None:
    hall.at(f"{decided}T10:00")
    number = hall.decided()
    assert day(hall.deadline(number, Clock.DELIVERY, Basis.STATUTORY).due_at) == due


def test_a_refusal_is_delivered_too_and_what_lapsed_is_not(hall: Hall) -> None:
    number = hall.accepted()
    hall.refuse(number, "R01")
    hall.refuse(number, "R08")
    hall.grant(number, "R13")
    row = one_row(hall, "window1", number, HANDED_OVER)
    assert row.details["documents"] == [
        f"{item}〔2026〕第000001号" for item in ("R01", "R08", "R13")
    ]


def test_nothing_is_delivered_before_everything_is_decided_and_nothing_twice(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, NotAllowedInState):
        hall.act("window1", number, HANDED_OVER)
    hall.grant_all(number)
    hall.act("window1", number, HANDED_OVER)
    assert hall.case(number).state is CaseState.DELIVERED
    with refused(hall, NotAllowedInState):
        hall.act("window1", number, HANDED_OVER)


def test_someone_has_taken_it(hall: Hall) -> None:
    number = hall.decided()
    with refused(hall, ReasonMissing):
        hall.act("window1", number, Deliver(Delivery.COURIER, " "))


def test_only_the_window_delivers(hall: Hall) -> None:
    only(hall, hall.decided(), HANDED_OVER, Role.WINDOW, Role.WINDOW_LEAD)
