"""申请延期: asked for in time and with a reason; the superior grants it by extending."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from tests.talking import SEWAGE, requests, told
from workflows.actions.base import ReasonMissing
from workflows.actions.extend_deadline import ExtendDeadline
from workflows.actions.extension import (
    ExtendedAlready,
    ExtensionTooLate,
    ExtensionTooLong,
    NothingRuns,
)
from workflows.actions.people import NotYourTask
from workflows.actions.request_extension import LeadOnly, RequestExtension
from workflows.actions.requests import RequestedAlready
from workflows.actions.withdraw import Withdraw
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import NotAllowedInState

TEN = RequestExtension(10, "管网改造需现场复核", "R11")
FIFTEEN = RequestExtension(15, "多部门意见需会商")


def test_it_waits_for_the_head_of_the_agency_who_grants_it_by_extending(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    row = one_row(hall, "zj.handler", number, TEN)
    assert path(row) == ("in_review", "in_review")
    assert row.details == {"item": "R11", "days": 10, "reason": "管网改造需现场复核"}
    assert day(hall.deadline(number, Clock.ITEM, item="R11").due_at) == "2026-03-09"
    [request] = requests(hall, number)
    assert (request.department_code, request.duty) == ("ZJ", "chief")
    assert told(hall, number) == [("ZJ", "chief", "yellow")]
    hall.act("zj.chief", number, ExtendDeadline(10, "管网改造需现场复核", "R11"))
    [request] = requests(hall, number)
    assert (request.granted, request.decided_by) == (True, hall.actor("zj.chief").name)
    assert day(hall.deadline(number, Clock.ITEM, item="R11").due_at) == "2026-03-23"
    assert told(hall, number)[-1] == ("ZJ", "handler", "green")


def test_for_the_joint_limit_the_lead_asks_the_government(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, LeadOnly, "窗口负责人"):
        hall.act("zj.handler", number, FIFTEEN)
    row = one_row(hall, "lead", number, FIFTEEN)
    assert row.details["item"] is None
    assert told(hall, number) == [(None, "government", "yellow")]
    hall.act("mayor", number, ExtendDeadline(15, "多部门意见需会商"))
    assert requests(hall, number)[0].granted is True
    due = hall.deadline(number, Clock.CASE, Basis.STATUTORY).due_at
    assert day(due) > "2026-05-15"


def test_after_the_limit_it_is_no_extension_but_an_overdue_case(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.at("2026-03-10T00:00")
    with refused(hall, ExtensionTooLate):
        hall.act("zj.handler", number, TEN)


def test_granted_too_late_is_not_granted(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    hall.act("zj.handler", number, TEN)
    hall.at("2026-03-10T00:00")
    with refused(hall, ExtensionTooLate):
        hall.act("zj.chief", number, ExtendDeadline(10, "管网改造", "R11"))


@pytest.mark.parametrize("days", [0, 11])
def test_no_more_is_asked_for_than_the_law_allows(hall: Hall, days: int) -> None:
    number = hall.accepted(SEWAGE)
    with refused(hall, ExtensionTooLong, "10"):
        hall.act("zj.handler", number, RequestExtension(days, "需现场复核", "R11"))


def test_a_limit_is_extended_once_and_asked_for_once(hall: Hall) -> None:
    number = hall.accepted({**SEWAGE, "sells_tobacco": True})
    with refused(hall, ReasonMissing):
        hall.act("zj.handler", number, RequestExtension(5, "", "R11"))
    with refused(hall, NothingRuns):
        hall.act("yc.handler", number, RequestExtension(5, "需现场复核", "R12"))
    hall.act("zj.handler", number, TEN)
    with refused(hall, RequestedAlready):
        hall.act("zj.handler", number, TEN)
    hall.act("zj.chief", number, ExtendDeadline(3, "三天足够", "R11"))
    with refused(hall, ExtendedAlready):
        hall.act("zj.handler", number, TEN)


def test_only_who_handles_the_item_asks_and_not_when_the_case_is_over(hall: Hall) -> None:
    number = hall.accepted(SEWAGE)
    only(hall, number, TEN, Role.APPROVER, Role.WINDOW_LEAD)
    for who in ("zj.checker", "sj.handler", "lead"):
        with refused(hall, NotYourTask):
            hall.act(who, number, TEN)
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("zj.handler", number, TEN)
