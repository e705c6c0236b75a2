"""申请停表: asked for by who handles the item; nothing stands still by asking."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from tests.talking import pause_of, requests, told, under_review
from workflows.actions.base import ReasonMissing
from workflows.actions.people import NotYourTask
from workflows.actions.request_pause import RequestPause
from workflows.actions.requests import RequestedAlready
from workflows.actions.special import NotSpecial, PlannedTooLong
from workflows.actions.withdraw import Withdraw
from workflows.deadlines import PauseAfterDue
from workflows.models.deadline import Clock
from workflows.permissions import Role
from workflows.states import ItemState, NotAllowedInState


def test_asking_stops_nothing_and_tells_the_checker(hall: Hall) -> None:
    number = under_review(hall)
    row = one_row(hall, "zj.handler", number, pause_of())
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R11", "procedure": "水质检测", "planned_days": 3, "reason": "取样送检",
    }  # fmt: skip
    assert hall.item(number, "R11").state is ItemState.REVIEWING
    assert hall.case(number).pauses == []
    assert day(hall.deadline(number, Clock.ITEM, item="R11").due_at) == "2026-03-09"
    [request] = requests(hall, number)
    assert (request.department_code, request.duty, request.days) == ("ZJ", "checker", 3)
    assert told(hall, number) == [("ZJ", "checker", "green")]


@pytest.mark.parametrize("procedure", ["喝茶", "现场核查", "专家评审"])
def test_only_what_the_law_and_the_catalogue_name_is_asked_for(hall: Hall, procedure: str) -> None:
    number = under_review(hall)
    with refused(hall, NotSpecial, procedure):
        hall.act("zj.handler", number, RequestPause("R11", procedure, 3, "取样送检"))


@pytest.mark.parametrize("days", [0, -1, 61])
def test_the_time_needed_is_told_and_may_not_pass_the_cap(hall: Hall, days: int) -> None:
    number = under_review(hall)
    with refused(hall, PlannedTooLong):
        hall.act("zj.handler", number, pause_of(days))


def test_one_request_at_a_time_and_with_a_reason(hall: Hall) -> None:
    number = under_review(hall)
    with refused(hall, ReasonMissing):
        hall.act("zj.handler", number, RequestPause("R11", "水质检测", 3, ""))
    hall.act("zj.handler", number, pause_of())
    with refused(hall, RequestedAlready):
        hall.act("zj.handler", number, pause_of(5))


def test_a_pause_cures_nothing_that_is_overdue(hall: Hall) -> None:
    number = under_review(hall)
    hall.at("2026-03-10T09:00")
    with refused(hall, PauseAfterDue, "2026-03-09"):
        hall.act("zj.handler", number, pause_of())


def test_only_the_handler_of_the_item_asks_and_only_under_review(hall: Hall) -> None:
    number = hall.accepted({"discharges_sewage": True})
    with refused(hall, NotAllowedInState, "received"):
        hall.act("zj.handler", number, pause_of())
    hall.sign_for(number, "R11")
    only(hall, number, pause_of(), Role.APPROVER)
    for who in ("zj.checker", "sj.handler"):
        with refused(hall, NotYourTask):
            hall.act(who, number, pause_of())
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("zj.handler", number, pause_of())
