"""差评联系核实: by who answers for it; only who was reached stops the clock."""

from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from tests.ratings import clocks, said
from workflows.actions.base import ReasonMissing
from workflows.actions.contact_rater import ContactRater
from workflows.actions.give_rating import GiveRating
from workflows.actions.people import NotYourTask
from workflows.actions.ratings import NotAnswering
from workflows.actions.withdraw import Withdraw
from workflows.permissions import Role
from workflows.states import NotAllowedInState


def test_an_attempt_is_kept_and_reaching_them_stops_the_clock(hall: Hall) -> None:
    rating = said(hall, 1)
    row = one_row(hall, "sj.checker", rating.key, ContactRater(False, "电话无人接听"))
    assert path(row) == ("bad", "bad") and row.details["reached"] is False
    assert clocks(hall, rating)[0].closed_at is None
    row = one_row(hall, "sj.checker", rating.key, ContactRater(True, "核实：排队两小时"))
    assert path(row) == ("bad", "contacted")
    contact, rectify = clocks(hall, rating)
    assert (contact.closed_at, contact.next_at) == (hall.clock.now(), None)
    assert rectify.closed_at is None


def test_it_is_the_section_head_s_not_the_one_s_that_was_rated(hall: Hall) -> None:
    rating = said(hall, 1)
    for who in ("sj.handler", "yc.checker"):
        with refused(hall, NotYourTask):
            hall.act(who, rating.key, ContactRater(True, "已联系"))
    with refused(hall, NotYourTask):
        hall.act("lead", rating.key, ContactRater(True, "已联系"))
    with refused(hall, ReasonMissing):
        hall.act("sj.checker", rating.key, ContactRater(True, " "))
    only(hall, rating.key, ContactRater(True, "已联系"), Role.APPROVER, Role.WINDOW_LEAD)


def test_the_case_as_a_whole_is_the_window_lead_s(hall: Hall) -> None:
    number = hall.receive()
    hall.act(APPLICANT, number, Withdraw("不办了"))
    rating = hall.act(APPLICANT, number, GiveRating(2))
    with refused(hall, NotAnswering):
        hall.act("sj.checker", rating.key, ContactRater(True, "已联系"))
    one_row(hall, "lead", rating.key, ContactRater(True, "已联系"))


def test_a_good_rating_asks_for_nothing(hall: Hall) -> None:
    rating = said(hall, 5)
    with refused(hall, NotAllowedInState):
        hall.act("sj.checker", rating.key, ContactRater(True, "已联系"))
