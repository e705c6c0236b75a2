"""差评整改: what was put right, in time or not."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.ratings import clocks, contact, said
from workflows.actions.base import ReasonMissing
from workflows.actions.people import NotYourTask
from workflows.actions.rectify_rating import RectifyRating
from workflows.permissions import Role
from workflows.states import NotAllowedInState


def test_it_stops_its_own_clock_and_not_that_of_the_call(hall: Hall) -> None:
    rating = said(hall, 1)
    row = one_row(hall, "sj.checker", rating.key, RectifyRating("增设咨询窗口"))
    assert path(row) == ("bad", "rectified") and row.details["round"] == 1
    running = {one.clock.value: one.closed_at for one in clocks(hall, rating)}
    assert running == {"contact": None, "rectify": hall.clock.now()}


def test_after_the_call_it_is_put_right_once(hall: Hall) -> None:
    rating = said(hall, 1)
    contact(hall, rating)
    only(hall, rating.key, RectifyRating("已改"), Role.APPROVER, Role.WINDOW_LEAD)
    with refused(hall, NotYourTask):
        hall.act("sj.handler", rating.key, RectifyRating("已改"))
    with refused(hall, ReasonMissing):
        hall.act("sj.checker", rating.key, RectifyRating(""))
    assert path(one_row(hall, "sj.checker", rating.key, RectifyRating("已改"))) == (
        "contacted", "rectified",
    )  # fmt: skip
    with refused(hall, NotAllowedInState):
        hall.act("sj.checker", rating.key, RectifyRating("再改"))
