"""The end of a special procedure: its result is recorded, and today counts again."""

import pytest

from server.view import day
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.people import NotYourTask
from workflows.actions.resume_deadline import ResumeDeadline
from workflows.actions.withdraw import Withdraw
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import ItemState, NotAllowedInState

RESULT = ResumeDeadline("R11", "水质检测合格")


@pytest.fixture
def number(hall: Hall) -> str:
    """A case whose sewage licence (20 working days by statute) waits for a test since 03-09."""
    number = hall.accepted({"discharges_sewage": True})
    hall.sign_for(number, "R11")
    hall.at("2026-03-09T10:00")
    hall.suspend(number, "R11", days=30)
    return number


def due(hall: Hall, number: str, basis: Basis) -> str:
    """When the sewage licence is due."""
    return day(hall.deadline(number, Clock.ITEM, basis, "R11").due_at)


def test_the_frozen_days_are_added_and_the_day_of_the_result_counts(
    hall: Hall, number: str
) -> None:
    hall.at("2026-03-19T15:00")  # frozen: eight working days, 03-09 to 03-18
    hall.act("zj.checker", number, RESULT)
    assert hall.item(number, "R11").state is ItemState.REVIEWING
    assert due(hall, number, Basis.PROMISED) == "2026-03-19"
    assert due(hall, number, Basis.STATUTORY) == "2026-04-10"


def test_a_pause_that_ends_on_its_first_day_was_none(hall: Hall, number: str) -> None:
    hall.act("zj.checker", number, RESULT)
    assert due(hall, number, Basis.PROMISED) == "2026-03-09"
    assert due(hall, number, Basis.STATUTORY) == "2026-03-30"


def test_two_pauses_add_up(hall: Hall, number: str) -> None:
    hall.at("2026-03-11T10:00")
    hall.act("zj.checker", number, RESULT)
    hall.suspend(number, "R11")
    hall.at("2026-03-12T10:00")
    hall.act("zj.checker", number, RESULT)
    assert due(hall, number, Basis.PROMISED) == "2026-03-12"


def test_it_is_one_row_with_the_result_and_the_new_day(hall: Hall, number: str) -> None:
    hall.at("2026-03-11T10:00")
    row = one_row(hall, "zj.checker", number, RESULT)
    assert path(row) == ("in_review", "in_review")
    assert row.details["procedure"] == "水质检测"
    assert row.details["result"] == "水质检测合格"
    assert row.details["due_at"].startswith("2026-03-11")


def test_the_review_goes_on_where_it_stood(hall: Hall, number: str) -> None:
    hall.act("zj.checker", number, RESULT)
    hall.grant(number, "R01")
    hall.grant(number, "R11")
    assert hall.item(number, "R11").state is ItemState.APPROVED


def test_the_result_is_written_down(hall: Hall, number: str) -> None:
    with refused(hall, ReasonMissing):
        hall.act("zj.checker", number, ResumeDeadline("R11", " "))


def test_what_is_not_paused_is_not_resumed(hall: Hall, number: str) -> None:
    hall.act("zj.checker", number, RESULT)
    with refused(hall, NotAllowedInState, "reviewing"):
        hall.act("zj.checker", number, RESULT)


def test_a_case_that_is_over_is_not_resumed(hall: Hall, number: str) -> None:
    hall.act(APPLICANT, number, Withdraw("不再开店"))
    with refused(hall, NotAllowedInState):
        hall.act("zj.checker", number, RESULT)


def test_only_the_checker_of_the_department_ends_a_pause(hall: Hall, number: str) -> None:
    only(hall, number, RESULT, Role.APPROVER)
    for who in ("zj.handler", "sj.checker"):
        with refused(hall, NotYourTask):
            hall.act(who, number, RESULT)
