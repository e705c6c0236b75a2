"""差评回访: by another person; who is not satisfied has it put right once more."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from tests.ratings import call_back, clocks, rated, rectify, said
from workflows.actions.call_back_rater import CallBackRater, CalledBack, OwnRectification
from workflows.actions.give_rating import GiveRating
from workflows.actions.rectify_rating import RectifyRating
from workflows.actions.withdraw import Withdraw
from workflows.permissions import Role

SATISFIED, NOT_SATISFIED = CalledBack.SATISFIED, CalledBack.NOT_SATISFIED


@pytest.fixture
def key(hall: Hall) -> str:
    rating = said(hall, 1)
    rectify(hall, rating)
    return rating.key


def test_who_is_satisfied_ends_it(hall: Hall, key: str) -> None:
    only(hall, key, CallBackRater(SATISFIED, "满意"), Role.SUPERVISOR, Role.WINDOW_LEAD)
    row = one_row(hall, "supervisor", key, CallBackRater(CalledBack.NOT_REACHED, "没有接听"))
    assert path(row) == ("rectified", "rectified")
    row = one_row(hall, "supervisor", key, CallBackRater(SATISFIED, "表示满意"))
    assert path(row) == ("rectified", "answered")


def test_who_is_not_satisfied_has_it_put_right_once_more_and_then_it_is_said(hall: Hall) -> None:
    rating = said(hall, 1)
    rectify(hall, rating)
    hall.clock.advance(days=3)
    call_back(hall, rating, NOT_SATISFIED)
    assert (rated(hall, rating).state, rated(hall, rating).round) == ("contacted", 2)
    again = clocks(hall, rating)[-1]
    assert (again.started_at, again.closed_at) == (hall.clock.now(), None)
    hall.act("sj.checker", rating.key, RectifyRating("重新整改"))
    call_back(hall, rating, NOT_SATISFIED)
    now = rated(hall, rating)
    assert (now.state, now.satisfied, now.closed_at) == ("answered", False, hall.clock.now())


def test_nobody_asks_whether_their_own_work_was_good(hall: Hall) -> None:
    number = hall.receive()
    hall.act(APPLICANT, number, Withdraw("不办了"))
    rating = hall.act(APPLICANT, number, GiveRating(1))
    hall.act("lead", rating.key, RectifyRating("已改"))
    with refused(hall, OwnRectification):
        hall.act("lead", rating.key, CallBackRater(SATISFIED, "满意"))
    call_back(hall, rating, SATISFIED)
