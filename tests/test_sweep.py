"""What happens because time passed: each rung once, in order, however late the clockwork looks."""

import pytest
from sqlalchemy import update

from server.view import day, minute
from tests.evidence import climbed, everything, pass_days
from tests.hall import APPLICANT, LARGE, Hall
from workflows.actions.close import Close
from workflows.actions.deliver import Deliver, Delivery
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.withdraw import Withdraw
from workflows.models import Case
from workflows.models.deadline import Basis, Clock
from workflows.states import CaseState
from workflows.sweep import next_wake


def wake(hall: Hall) -> str:
    """When the clockwork has to look next."""
    with hall.read() as session:
        return minute(next_wake(session))


# -- the ladder of an item ------------------------------------------------------------------------


def test_yellow_then_red_then_up_the_chain_each_exactly_once(hall: Hall) -> None:
    number = hall.accepted()  # the food licence is due on Monday 03-09
    pass_days(hall, "2026-03-03", "2026-03-16")
    assert climbed(hall, number, "item", "R08") == [
        ("2026-03-06 00:00", "yellow", "handler"),
        ("2026-03-10 00:00", "red", "checker"),
        ("2026-03-11 00:00", "red", "approver"),
        ("2026-03-13 00:00", "red", "chief"),
    ]


def test_the_days_between_two_rungs_are_working_days(hall: Hall) -> None:
    hall.at("2026-04-23T09:30")
    number = hall.accepted()  # due on 04-30, the eve of a holiday of five days
    pass_days(hall, "2026-04-24", "2026-05-10")
    assert climbed(hall, number, "item", "R08") == [
        ("2026-04-29 00:00", "yellow", "handler"),
        ("2026-05-01 00:00", "red", "checker"),
        ("2026-05-07 00:00", "red", "approver"),
        ("2026-05-09 00:00", "red", "chief"),
    ]


def test_a_broken_statute_is_purple_and_goes_to_the_supervisor_once(hall: Hall) -> None:
    number = hall.accepted()
    pass_days(hall, "2026-03-16", "2026-03-25")
    assert climbed(hall, number, "item", "R08", "statutory") == [
        ("2026-03-17 00:00", "purple", "supervisor")
    ]


def test_a_limit_of_half_a_day_is_counted_in_the_hours_of_the_hall(hall: Hall) -> None:
    hall.at("2026-03-02T10:00")
    number = hall.accepted()
    for moment in ("13:59", "14:00", "15:00", "15:01"):
        hall.at(f"2026-03-02T{moment}")
        hall.sweep()
    assert climbed(hall, number, "item", "R01") == [
        ("2026-03-02 14:00", "yellow", "handler"),
        ("2026-03-02 15:01", "red", "checker"),
    ]


def test_what_is_decided_in_time_alarms_nobody(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    hall.grant(number, "R08")
    hall.grant(number, "R13")
    pass_days(hall, "2026-03-04", "2026-03-16")
    assert [climbed(hall, number, "item", item) for item in ("R01", "R08", "R13")] == [[], [], []]


def test_what_was_not_signed_for_in_four_hours_is_told_to_the_checker(hall: Hall) -> None:
    number = hall.accepted()  # half past nine: four working hours end at three
    hall.sign_for(number, "R13")
    hall.at("2026-03-02T15:00")
    hall.sweep()
    assert climbed(hall, number, "sign_for", "R08") == []
    hall.at("2026-03-02T15:01")
    hall.sweep()
    assert climbed(hall, number, "sign_for", "R08") == [("2026-03-02 15:01", "yellow", "checker")]
    assert climbed(hall, number, "sign_for", "R13") == []


def test_the_joint_limit_warns_the_lead_and_goes_to_the_supervisor(hall: Hall) -> None:
    number = hall.accepted()  # promised in 13 working days: 03-19; 45 by statute: 05-08
    pass_days(hall, "2026-03-13", "2026-03-23")
    assert climbed(hall, number, "case") == [
        ("2026-03-18 00:00", "yellow", "window_lead"),
        ("2026-03-20 00:00", "red", "supervisor"),
    ]
    hall.at("2026-05-09T00:00")
    hall.sweep()
    assert climbed(hall, number, "case", basis="statutory") == [
        ("2026-05-09 00:00", "purple", "supervisor")
    ]


# -- what follows by law --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "notice_due", "deemed_on", "twenty_days"),
    [
        ("2026-04-27", "2026-05-07", "2026-05-08", "2026-05-27"),
        ("2025-09-29", "2025-10-13", "2025-10-14", "2025-11-03"),
        ("2026-03-01", "2026-03-06", "2026-03-07", "2026-03-27"),
    ],
)
def test_five_silent_working_days_accept_from_the_day_of_receipt(
    hall: Hall, received: str, notice_due: str, deemed_on: str, twenty_days: str
) -> None:
    hall.at(f"{received}T10:00")
    number = hall.receive({"discharges_sewage": True})
    assert day(hall.deadline(number, Clock.NOTICE, Basis.STATUTORY).due_at) == notice_due
    hall.at(f"{notice_due}T23:59:59")
    hall.sweep()
    assert hall.case(number).state is CaseState.SUBMITTED
    hall.at(f"{deemed_on}T00:00")
    hall.sweep()
    case = hall.case(number)
    assert (case.state, day(case.accepted_at)) == (CaseState.IN_REVIEW, received)
    assert day(hall.deadline(number, Clock.ITEM, Basis.STATUTORY, "R11").due_at) == twenty_days


def test_the_window_is_warned_before_silence_accepts(hall: Hall) -> None:
    number = hall.receive()
    pass_days(hall, "2026-03-03", "2026-03-09")
    assert climbed(hall, number, "notice", basis="statutory") == [
        ("2026-03-06 00:00", "yellow", "window")
    ]


def test_the_applicants_time_ends_the_case_when_it_is_over(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    hall.act("window1", number, ReturnForSupplement({"M03": "没有"}))
    pass_days(hall, "2026-03-10", "2026-03-23")
    assert hall.case(number).state is CaseState.SUPPLEMENTING
    hall.at("2026-03-24T00:00")
    assert hall.sweep() == 1
    assert hall.case(number).state is CaseState.WITHDRAWN
    assert hall.actions(number) == ["receive", "return_for_supplement", "expire_supplement"]


def test_a_decision_that_is_not_delivered_in_ten_days_goes_to_the_lead(hall: Hall) -> None:
    number = hall.decided()
    pass_days(hall, "2026-03-11", "2026-03-19")
    assert climbed(hall, number, "delivery", basis="statutory") == [
        ("2026-03-13 00:00", "yellow", "window"),
        ("2026-03-17 00:00", "red", "window_lead"),
    ]


@pytest.mark.parametrize("end", [CaseState.CLOSED, CaseState.WITHDRAWN])
def test_a_promise_that_nobody_checks_is_noticed_even_when_the_case_is_over(
    hall: Hall, end: CaseState
) -> None:
    number = hall.accepted({"area_m2": 500, "commits_fire_safety": True})
    hall.grant(number, "R01")
    hall.grant(number, "R09")
    if end is CaseState.CLOSED:
        hall.grant_all(number)
        hall.act("window1", number, Deliver(Delivery.COUNTER, "王建国"))
        hall.act("window1", number, Close())
    else:
        hall.act(APPLICANT, number, Withdraw("不再开店"))
    assert day(hall.deadline(number, Clock.CHECK, item="R09").due_at) == "2026-05-28"
    hall.at("2026-05-28T08:00")
    hall.sweep()
    hall.at("2026-05-29T08:00")
    hall.sweep()
    assert [rung[1:] for rung in climbed(hall, number, "check", "R09")] == [
        ("yellow", "handler"),
        ("red", "checker"),
    ]
    assert hall.case(number).state is end


# -- late, twice, and with nothing to do ----------------------------------------------------------


def test_after_a_month_of_standstill_everything_is_caught_up_in_order_and_once(hall: Hall) -> None:
    accepted, silent = hall.accepted(), hall.receive()
    hall.at("2026-04-08T09:00")
    assert hall.sweep() > 0
    assert [rung[1:] for rung in climbed(hall, accepted, "item", "R08")] == [
        ("yellow", "handler"), ("red", "checker"), ("red", "approver"), ("red", "chief"),
    ]  # fmt: skip
    assert hall.actions(silent)[:3] == ["receive", "warn", "deem_accepted"]
    assert day(hall.case(silent).accepted_at) == "2026-03-02"
    assert climbed(hall, silent, "item", "R08") == climbed(hall, accepted, "item", "R08")
    before = everything(hall)
    assert hall.sweep() == 0
    assert everything(hall) == before


def test_a_sweep_with_nothing_due_climbs_nothing_and_writes_nothing(hall: Hall) -> None:
    hall.accepted(LARGE)
    before = everything(hall)
    assert hall.sweep() == 0
    assert everything(hall) == before


def test_the_next_look_is_when_the_next_rung_comes(hall: Hall) -> None:
    with hall.read() as session:
        assert next_wake(session) is None
    hall.receive()
    assert wake(hall) == "2026-03-06 00:00"
    hall.accepted()
    assert wake(hall) == "2026-03-02 12:00"  # a working hour before the half day is over


def test_a_clock_that_cannot_be_climbed_stops_no_other(hall: Hall) -> None:
    broken, sound = hall.receive(), hall.receive()
    with hall.services.database.writers.begin() as session:
        wrong = update(Case).where(Case.number == broken).values(state=CaseState.TERMINATED)
        session.execute(wrong)
    hall.at("2026-03-10T00:00")
    hall.sweep()
    assert hall.actions(broken) == ["receive"]
    assert hall.case(sound).state is CaseState.IN_REVIEW
