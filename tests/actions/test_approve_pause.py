"""停表审核: another person decides, and the clock stands still from that day on."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.talking import pause_of, requests, told, under_review
from workflows.actions.approve_pause import ApprovePause, OwnRequest
from workflows.actions.base import ReasonMissing
from workflows.actions.people import NotYourTask
from workflows.actions.requests import RequestGone
from workflows.deadlines import PauseAfterDue
from workflows.models import Post
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import ItemState


@pytest.fixture
def number(hall: Hall) -> str:
    """A case for whose sewage licence a pause was asked for on Monday."""
    number = under_review(hall)
    hall.act("zj.handler", number, pause_of())
    return number


def granted(hall: Hall, number: str) -> ApprovePause:
    return ApprovePause(requests(hall, number)[-1].id, True)


def due(hall: Hall, number: str, basis: Basis = Basis.PROMISED) -> str:
    return day(hall.deadline(number, Clock.ITEM, basis, "R11").due_at)


def test_the_days_that_the_request_waited_are_not_given_back(hall: Hall, number: str) -> None:
    hall.at("2026-03-04T10:00")
    row = one_row(hall, "zj.checker", number, granted(hall, number))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R11", "procedure": "水质检测", "planned_days": 3, "cap_days": 3,
        "reason": "取样送检", "number": "TB〔2026〕第000001号", "granted": True,
        "requested_by": hall.actor("zj.handler").name,
    }  # fmt: skip
    [pause] = hall.case(number).pauses
    assert (day(pause.started_on), pause.notice_number) == ("2026-03-04", "TB〔2026〕第000001号")
    assert hall.item(number, "R11").state is ItemState.SUSPENDED
    assert due(hall, number) == "2026-03-12"
    assert due(hall, number, Basis.STATUTORY) == "2026-04-02"
    assert told(hall, number)[-1] == ("ZJ", "handler", "grey")
    hall.at("2026-03-06T10:00")
    hall.resume(number, "R11")
    assert due(hall, number) == "2026-03-11"


def test_a_refusal_says_why_and_the_clock_runs_on(hall: Hall, number: str) -> None:
    request = requests(hall, number)[0].id
    with refused(hall, ReasonMissing):
        hall.act("zj.checker", number, ApprovePause(request, False))
    row = one_row(hall, "zj.checker", number, ApprovePause(request, False, "已有检测报告"))
    assert (row.details["granted"], row.details["reason"]) == (False, "已有检测报告")
    assert hall.item(number, "R11").state is ItemState.REVIEWING
    assert due(hall, number) == "2026-03-09"
    assert told(hall, number)[-1] == ("ZJ", "handler", "yellow")
    hall.act("zj.handler", number, pause_of(2))  # and may be asked for again


def test_a_request_is_decided_once(hall: Hall, number: str) -> None:
    action = granted(hall, number)
    hall.act("zj.checker", number, action)
    with refused(hall, RequestGone):
        hall.act("zj.checker", number, action)
    other = under_review(hall)
    with refused(hall, RequestGone):
        hall.act("zj.checker", other, ApprovePause(999, True))


def test_approved_after_the_limit_is_over_it_cures_nothing(hall: Hall, number: str) -> None:
    hall.at("2026-03-10T09:00")
    with refused(hall, PauseAfterDue, "2026-03-09"):
        hall.act("zj.checker", number, granted(hall, number))


def test_nothing_is_paused_that_has_moved_on_meanwhile(hall: Hall, number: str) -> None:
    hall.grant(number, "R01")
    hall.grant(number, "R11")
    with refused(hall, RequestGone):
        hall.act("zj.checker", number, granted(hall, number))


def test_only_the_checker_of_the_department_decides(hall: Hall, number: str) -> None:
    only(hall, number, granted(hall, number), Role.APPROVER)
    for who in ("zj.approver", "zj.chief", "sj.checker"):
        with refused(hall, NotYourTask):
            hall.act(who, number, granted(hall, number))


def test_nobody_approves_what_they_asked_for_it_falls_to_the_deputy(hall: Hall) -> None:
    with hall.services.database.writers() as session, session.begin():
        post = session.query(Post).filter_by(department_code="ZJ", duty="checker").one()
        post.holder_id = hall.actor("zj.handler").person_id or 0
    number = under_review(hall)
    hall.act("zj.handler", number, pause_of())
    with refused(hall, OwnRequest, "另一人"):
        hall.act("zj.handler", number, granted(hall, number))
    row = one_row(hall, "zj.approver", number, granted(hall, number))
    assert row.acting_for == hall.actor("zj.handler").name
