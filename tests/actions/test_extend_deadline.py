"""延期: once, in time, by the right superior, with a reason, and no longer than the law allows."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, LARGE, Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.extend_deadline import ExtendDeadline, GovernmentOnly
from workflows.actions.extension import (
    ExtendedAlready,
    ExtensionTooLate,
    ExtensionTooLong,
    NothingRuns,
)
from workflows.actions.people import NotYourTask
from workflows.actions.withdraw import Withdraw
from workflows.actions.work import ItemUnknown
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import NotAllowedInState

SEWAGE = {"discharges_sewage": True}
TEN = ExtendDeadline(10, "管网改造需现场复核", "R11")
FIFTEEN = ExtendDeadline(15, "多部门意见需会商")


def statutory(hall: Hall, number: str, item: str | None) -> str:
    """When an item, or the whole case, is due by the statute."""
    clock = Clock.ITEM if item else Clock.CASE
    return day(hall.deadline(number, clock, Basis.STATUTORY, item).due_at)


def test_the_head_of_the_agency_adds_ten_working_days_to_an_item(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    assert statutory(hall, number, "R11") == "2026-03-30"
    row = one_row(hall, "zj.chief", number, TEN)
    assert statutory(hall, number, "R11") == "2026-04-14"
    assert day(hall.deadline(number, Clock.ITEM, item="R11").due_at) == "2026-03-23"
    assert path(row) == ("in_review", "in_review")
    assert (row.details["item"], row.details["days"]) == ("R11", 10)
    assert row.details["number"] == "YQ〔2026〕第000001号"
    assert row.details["due"]["statutory"].startswith("2026-04-14")


def test_the_head_of_the_government_adds_fifteen_to_the_joint_limit(hall: Hall) -> None:
    hall.at("2026-09-01T09:30")
    number = hall.accepted(LARGE)
    assert statutory(hall, number, None) == "2026-11-09"
    row = one_row(hall, "mayor", number, FIFTEEN)
    assert statutory(hall, number, None) == "2026-11-30"
    assert row.details["item"] is None


def test_another_law_may_allow_fewer_days_for_an_item(hall: Hall) -> None:
    hall.at("2025-12-22T09:30")
    number = hall.accepted()
    with refused(hall, ExtensionTooLong, "3"):
        hall.act("sj.chief", number, ExtendDeadline(4, "名称需要核查", "R01"))
    hall.act("sj.chief", number, ExtendDeadline(3, "名称需要核查", "R01"))
    assert statutory(hall, number, "R01") == "2025-12-30"


@pytest.mark.parametrize("days", [11, 0, -1])
def test_more_than_the_law_allows_and_less_than_a_day_are_refused(hall: Hall, days: int) -> None:
    number = hall.accepted(SEWAGE)
    with refused(hall, ExtensionTooLong, "10"):
        hall.act("zj.chief", number, ExtendDeadline(days, "需现场复核", "R11"))


def test_not_even_the_government_adds_sixteen_days(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, ExtensionTooLong, "15"):
        hall.act("mayor", number, ExtendDeadline(16, "多部门意见需会商"))


def test_an_extension_asked_for_after_the_limit_comes_too_late(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.at("2026-03-09T23:59:59")
    hall.act("zj.chief", number, TEN)
    other = hall.accepted(SEWAGE)
    hall.at("2026-03-17T00:00")  # the promise ended with 03-16, the statute has not
    with refused(hall, ExtensionTooLate):
        hall.act("zj.chief", other, TEN)


def test_a_limit_is_extended_once(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.act("zj.chief", number, ExtendDeadline(2, "需现场复核", "R11"))
    with refused(hall, ExtendedAlready):
        hall.act("zj.chief", number, ExtendDeadline(2, "需现场复核", "R11"))
    hall.act("mayor", number, FIFTEEN)
    with refused(hall, ExtendedAlready):
        hall.act("mayor", number, FIFTEEN)


def test_the_wrong_superior_extends_nothing(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    with refused(hall, GovernmentOnly):
        hall.act("zj.chief", number, FIFTEEN)
    for who in ("mayor", "zj.approver", "sj.chief"):
        with refused(hall, NotYourTask):
            hall.act(who, number, TEN)


def test_an_extension_is_no_pause_so_the_work_goes_on(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.sign_for(number, "R11")
    hall.act("zj.chief", number, TEN)
    hall.opine(number, "R11")
    assert hall.case(number).pauses == []


def test_what_does_not_run_is_not_extended(hall: Hall) -> None:
    number = hall.accepted({"sells_tobacco": True})
    with refused(hall, NothingRuns):
        hall.act("yc.chief", number, ExtendDeadline(5, "需现场复核", "R12"))
    with refused(hall, ItemUnknown, "R11"):
        hall.act("zj.chief", number, TEN)


def test_no_extension_without_a_reason(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    with refused(hall, ReasonMissing):
        hall.act("zj.chief", number, ExtendDeadline(5, "", "R11"))


def test_a_case_that_is_over_is_not_extended(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("zj.chief", number, TEN)


def test_only_approvers_and_the_government_extend(hall: Hall) -> None:
    only(hall, hall.accepted(SEWAGE), TEN, Role.APPROVER, Role.GOVERNMENT)
