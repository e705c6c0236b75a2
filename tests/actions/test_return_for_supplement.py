"""一次性告知: everything that is missing, within five working days, and only once."""

from datetime import UTC, datetime

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.return_for_supplement import (
    FaultUnsaid,
    NotAllTold,
    NothingMissing,
    ReturnForSupplement,
    SecondSupplement,
)
from workflows.actions.silence import NoticeTooLate
from workflows.actions.supplement import Supplement
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import CaseState, NotAllowedInState

NOTICE = ReturnForSupplement({"M03": "缺租赁合同第二页"})


def test_the_notice_stops_the_five_days_and_starts_the_applicants_own_time(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    hall.act("window1", number, NOTICE)
    assert hall.case(number).state is CaseState.SUPPLEMENTING
    assert day(hall.deadline(number, Clock.SUPPLEMENT).due_at) == "2026-03-23"
    running = [row.clock for row in hall.case(number).deadlines if row.closed_at is None]
    assert running == [Clock.SUPPLEMENT]


def test_a_material_with_a_fault_is_asked_for_again(hall: Hall) -> None:
    number = hall.receive()
    hall.act("window1", number, NOTICE)
    material = next(m for m in hall.case(number).materials if m.code == "M03")
    assert (material.fault, material.received_at) == ("缺租赁合同第二页", None)


def test_a_second_notice_is_impossible(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    hall.act("window1", number, NOTICE)
    hall.at("2026-03-04T10:00")
    hall.act("window1", number, Supplement(["M03"]))
    with refused(hall, SecondSupplement, "2026-03-02"):
        hall.act("window2", number, ReturnForSupplement({"M07": "没有标注尺寸"}))


def test_the_day_of_the_notice_is_the_day_at_the_counter_not_in_greenwich(hall: Hall) -> None:
    hall.clock.set(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))  # half past seven, 03-03
    number = hall.receive(without=["M03"])
    hall.act("window1", number, NOTICE)
    hall.act("window1", number, Supplement(["M03"]))
    with refused(hall, SecondSupplement, "2026-03-03"):
        hall.act("window1", number, NOTICE)


def test_no_notice_follows_the_first_while_the_applicant_still_supplements(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    hall.act("window1", number, NOTICE)
    with refused(hall, NotAllowedInState):
        hall.act("window1", number, NOTICE)


def test_everything_that_is_missing_is_told_on_the_one_notice(hall: Hall) -> None:
    number = hall.receive(without=["M03", "M07"])
    with refused(hall, NotAllTold, "平面布局图"):
        hall.act("window1", number, NOTICE)


def test_a_notice_without_a_list_is_no_notice(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    with refused(hall, NothingMissing):
        hall.act("window1", number, ReturnForSupplement())


def test_the_notice_says_what_is_wrong_and_only_with_materials_of_the_case(hall: Hall) -> None:
    number = hall.receive(without=["M03"])
    for faults in ({"M03": " "}, {"M03": "没有", "M15": "没有"}):
        with refused(hall, FaultUnsaid):
            hall.act("window1", number, ReturnForSupplement(faults))


def test_after_acceptance_nothing_more_may_be_asked_for(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, NotAllowedInState):
        hall.act("window1", number, NOTICE)


def test_a_notice_after_five_working_days_comes_too_late_though_the_clockwork_stood_still(
    hall: Hall,
) -> None:
    number = hall.receive(without=["M03"])
    hall.at("2026-03-10T09:00")  # due on 03-09: by law it is accepted already
    with refused(hall, NoticeTooLate):
        hall.act("window1", number, NOTICE)


def test_only_the_window_sends_the_notice(hall: Hall) -> None:
    only(hall, hall.receive(without=["M03"]), NOTICE, Role.WINDOW, Role.WINDOW_LEAD)


def test_the_notice_writes_one_row_with_its_number_faults_and_last_day(hall: Hall) -> None:
    row = one_row(hall, "window1", hall.receive(without=["M03"]), NOTICE)
    assert path(row) == ("submitted", "supplementing")
    assert row.details["number"] == "BZ〔2026〕第000001号"
    assert row.details["faults"] == {"M03": "缺租赁合同第二页"}
    assert row.details["due_at"].startswith("2026-03-23")
