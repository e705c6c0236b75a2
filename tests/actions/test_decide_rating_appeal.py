"""差评申诉审核: taken out or left in, with a reason; what is taken out counts nowhere."""

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.ratings import clocks, rated, said
from workflows.actions.appeal_rating import AppealRating
from workflows.actions.base import ReasonMissing
from workflows.actions.decide_rating_appeal import DecideRatingAppeal, NotAppealed
from workflows.models import Rating
from workflows.permissions import Role


@pytest.fixture
def appealed(hall: Hall) -> Rating:
    rating = said(hall, 1)
    hall.act("sj.checker", rating.key, AppealRating("评价的是另一件事"))
    return rating


def test_what_is_taken_out_is_over(hall: Hall, appealed: Rating) -> None:
    only(hall, appealed.key, DecideRatingAppeal(True, "核实"), Role.SUPERVISOR)
    with refused(hall, ReasonMissing):
        hall.act("supervisor", appealed.key, DecideRatingAppeal(True, ""))
    row = one_row(hall, "supervisor", appealed.key, DecideRatingAppeal(True, "确系误评"))
    assert path(row) == ("bad", "excluded")
    assert all(one.closed_at for one in clocks(hall, appealed))
    assert rated(hall, appealed).appeal_answer == "确系误评"


def test_what_is_left_in_goes_on(hall: Hall, appealed: Rating) -> None:
    row = one_row(hall, "supervisor", appealed.key, DecideRatingAppeal(False, "情况属实"))
    assert path(row) == ("bad", "bad")
    with refused(hall, NotAppealed):
        hall.act("supervisor", appealed.key, DecideRatingAppeal(True, "改变主意"))


def test_nothing_is_decided_that_nobody_asked_for(hall: Hall) -> None:
    rating = said(hall, 1)
    with refused(hall, NotAppealed):
        hall.act("supervisor", rating.key, DecideRatingAppeal(True, "不好看"))
