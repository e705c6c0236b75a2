"""更正评价: once, in time, and a bad rating stays one that has to be answered."""

from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from tests.ratings import clocks, rated, said
from workflows.actions.correct_rating import CorrectRating, NotCorrected
from workflows.actions.ratings import RatingNotFound
from workflows.permissions import Role


def test_a_bad_rating_talked_out_of_is_followed_up_all_the_same(hall: Hall) -> None:
    rating = said(hall, 1)
    row = one_row(hall, APPLICANT, rating.key, CorrectRating(5, ["kind"]))
    assert path(row) == ("bad", "bad") and row.details["before"] == 1
    now = rated(hall, rating)
    assert (now.level, now.first_level, now.round) == (5, 1, 1)
    assert all(one.closed_at is None for one in clocks(hall, rating))
    with refused(hall, NotCorrected):
        hall.act(APPLICANT, rating.key, CorrectRating(1))


def test_a_good_rating_that_turns_bad_starts_the_clocks_then(hall: Hall) -> None:
    rating = said(hall, 4)
    hall.clock.advance(days=2)
    row = one_row(hall, APPLICANT, rating.key, CorrectRating(2))
    assert path(row) == ("given", "bad")
    assert [one.started_at for one in clocks(hall, rating)] == [hall.clock.now()] * 2
    assert rated(hall, rating).closed_at is None


def test_after_five_working_days_it_stands(hall: Hall) -> None:
    rating = said(hall, 4)  # a Monday
    hall.at("2026-03-09T23:59:59")
    only(hall, rating.key, CorrectRating(1), Role.APPLICANT)
    hall.at("2026-03-10T00:00")
    with refused(hall, NotCorrected):
        hall.act(APPLICANT, rating.key, CorrectRating(1))
    with refused(hall, RatingNotFound):
        hall.act(APPLICANT, "rating:99", CorrectRating(1))
