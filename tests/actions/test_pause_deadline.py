"""特别程序: only what the law and the catalogue name stops a clock, and never beyond its cap."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.pause_deadline import ApprovalNeeded, PauseDeadline
from workflows.actions.people import NotYourTask
from workflows.actions.special import NotSpecial, PlannedTooLong
from workflows.actions.withdraw import Withdraw
from workflows.actions.work import ItemUnknown
from workflows.deadlines import PauseAfterDue
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import ItemState, NotAllowedInState

TEST = PauseDeadline("R11", "水质检测", 3, "取样送检")
EXPERTS = {"is_special_fire_project": True}


@pytest.fixture(autouse=True)
def alone(hall: Hall) -> None:
    """Both processes, with a catalogue that asks for no second person."""
    for process in ("restaurant", "construction"):
        hall.publish(("pause_approval: true", "pause_approval: false"), process=process)


def test_where_the_catalogue_wants_two_persons_nobody_pauses_alone(hall: Hall) -> None:
    hall.publish()
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    with refused(hall, ApprovalNeeded, "审核人批准"):
        hall.act("zj.checker", number, TEST)


@pytest.fixture
def number(hall: Hall) -> str:
    """A case whose sewage licence is under review."""
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    return number


def due(hall: Hall, number: str, basis: Basis = Basis.PROMISED) -> str:
    """When the sewage licence is due."""
    return day(hall.deadline(number, Clock.ITEM, basis, "R11").due_at)


def test_both_clocks_of_the_item_gain_the_frozen_days_and_no_others_do(
    hall: Hall, number: str
) -> None:
    assert due(hall, number) == "2026-03-09"
    hall.at("2026-03-04T10:00")
    hall.act("zj.checker", number, TEST)
    assert hall.item(number, "R11").state is ItemState.SUSPENDED
    assert due(hall, number) == "2026-03-12"
    assert due(hall, number, Basis.STATUTORY) == "2026-04-02"
    assert day(hall.deadline(number, Clock.ITEM, item="R08").due_at) == "2026-03-09"


def test_what_takes_longer_than_planned_runs_against_the_department(
    hall: Hall, number: str
) -> None:
    hall.at("2026-03-04T10:00")
    hall.act("zj.checker", number, TEST)
    hall.at("2026-03-20T10:00")  # twelve working days later
    hall.resume(number, "R11")
    assert due(hall, number) == "2026-03-12"


def test_it_is_one_row_with_the_number_of_the_notice_and_the_time_needed(
    hall: Hall, number: str
) -> None:
    row = one_row(hall, "zj.checker", number, TEST)
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R11", "procedure": "水质检测", "planned_days": 3, "cap_days": 3,
        "reason": "取样送检", "number": "TB〔2026〕第000001号",
    }  # fmt: skip


@pytest.mark.parametrize("procedure", ["喝茶", "现场核查", "专家评审"])
def test_what_the_catalogue_does_not_name_for_the_item_stops_nothing(
    hall: Hall, number: str, procedure: str
) -> None:
    with refused(hall, NotSpecial, procedure):
        hall.act("zj.checker", number, PauseDeadline("R11", procedure, 3, "取样送检"))


def test_a_procedure_that_does_not_stop_the_clock_does_not_stop_it(hall: Hall) -> None:
    number = hall.accepted()
    hall.sign_for(number, "R08")
    with refused(hall, NotSpecial, "现场核查"):
        hall.act("sj.checker", number, PauseDeadline("R08", "现场核查", 3, "上门核查"))


def test_the_time_told_may_not_pass_the_cap_of_the_catalogue(hall: Hall) -> None:
    number = hall.accepted(EXPERTS, process="construction")
    hall.sign_for(number, "G02")
    with refused(hall, PlannedTooLong, "20"):
        hall.act("zjj.checker", number, PauseDeadline("G02", "专家评审", 21, "专家评审"))
    hall.act("zjj.checker", number, PauseDeadline("G02", "专家评审", 20, "专家评审"))
    assert day(hall.deadline(number, Clock.ITEM, item="G02").due_at) == "2026-04-03"


@pytest.mark.parametrize("days", [0, -3])
def test_the_time_needed_is_told(hall: Hall, number: str, days: int) -> None:
    with refused(hall, PlannedTooLong):
        hall.act("zj.checker", number, PauseDeadline("R11", "水质检测", days, "取样送检"))


def test_no_pause_without_a_reason(hall: Hall, number: str) -> None:
    with refused(hall, ReasonMissing):
        hall.act("zj.checker", number, PauseDeadline("R11", "水质检测", 3, ""))


def test_a_pause_cures_nothing_that_is_overdue(hall: Hall, number: str) -> None:
    hall.at("2026-03-09T16:00")
    hall.act("zj.checker", number, TEST)  # the last day can still be frozen
    other = hall.accepted({"discharges_sewage": True})
    hall.sign_for(other, "R11")
    hall.at("2026-03-17T09:00")
    with refused(hall, PauseAfterDue, "2026-03-16"):
        hall.act("zj.checker", other, TEST)


def test_an_item_is_paused_once_at_a_time_and_only_under_review(hall: Hall, number: str) -> None:
    other = hall.accepted({"discharges_sewage": True})
    with refused(hall, NotAllowedInState, "received"):
        hall.act("zj.checker", other, TEST)
    hall.act("zj.checker", number, TEST)
    with refused(hall, NotAllowedInState, "suspended"):
        hall.act("zj.checker", number, TEST)


def test_an_item_that_the_case_does_not_have_is_not_paused(hall: Hall, number: str) -> None:
    with refused(hall, ItemUnknown, "R12"):
        hall.act("zj.checker", number, PauseDeadline("R12", "水质检测", 3, "取样送检"))


def test_a_case_that_is_over_is_not_paused(hall: Hall, number: str) -> None:
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("zj.checker", number, TEST)


def test_only_the_checker_of_the_department_grants_a_pause(hall: Hall, number: str) -> None:
    only(hall, number, TEST, Role.APPROVER)
    for who in ("zj.handler", "zj.chief", "sj.checker"):
        with refused(hall, NotYourTask):
            hall.act(who, number, TEST)


@pytest.mark.parametrize("days", [0, -1, 61, 5000])
def test_without_a_cap_a_slip_of_the_pen_is_refused(hall: Hall, days: int) -> None:
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    with refused(hall, PlannedTooLong, "1 到 60"):
        hall.act("zj.checker", number, PauseDeadline("R11", "水质检测", days, "取样送检"))
