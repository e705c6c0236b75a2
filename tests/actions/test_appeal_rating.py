"""差评申诉: once, in time, with a reason; nothing stands still for it."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.ratings import clocks, said
from workflows.actions.appeal_rating import AppealClosed, AppealRating
from workflows.actions.base import ReasonMissing
from workflows.actions.people import NotYourTask
from workflows.permissions import Role

MISTAKEN = AppealRating("评价的是另一件事")


def test_it_is_told_to_the_supervisors_and_the_clocks_run_on(hall: Hall) -> None:
    rating = said(hall, 1)
    only(hall, rating.key, MISTAKEN, Role.APPROVER, Role.WINDOW_LEAD)
    with refused(hall, NotYourTask):
        hall.act("sj.handler", rating.key, MISTAKEN)
    with refused(hall, ReasonMissing):
        hall.act("sj.checker", rating.key, AppealRating(""))
    assert path(one_row(hall, "sj.checker", rating.key, MISTAKEN)) == ("bad", "bad")
    assert all(one.closed_at is None for one in clocks(hall, rating))
    with refused(hall, AppealClosed):
        hall.act("sj.checker", rating.key, MISTAKEN)


def test_after_three_working_days_it_is_too_late(hall: Hall) -> None:
    rating = said(hall, 1)  # a Monday
    hall.at("2026-03-06T00:00")
    with refused(hall, AppealClosed):
        hall.act("sj.checker", rating.key, MISTAKEN)
