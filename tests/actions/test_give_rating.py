"""评价: once a matter, only what was done, and a bad one starts its clocks."""

import pytest
from sqlalchemy import func, select

from server.view import minute
from tests.evidence import one_row, only, path, refused
from tests.hall import APPLICANT, Hall
from tests.ratings import clocks, rated, said
from workflows.actions.base import CaseNotFound
from workflows.actions.give_rating import GiveRating, InvitationGone, NotRatedYet, RatedAlready
from workflows.actions.ratings import RatingUnfit
from workflows.inviting import NothingServed, invite
from workflows.models import Notice, Rating, RatingInvitation
from workflows.permissions import Role
from workflows.queries.timeline import verify_all
from workflows.queue import Clerk, WindowMissing


def invited(hall: Hall, number: str, who: str = "window1", window: str = "3") -> RatingInvitation:
    """Ask at a window, as the page does."""
    me = hall.actor(who)
    assert me.person_id is not None
    clerk = Clerk(hall.services.settings.hall, me.person_id, window, hall.clock.now())
    with hall.services.database.writers() as session, session.begin():
        return invite(session, number, clerk, me.name, hall.services.calendar())


def test_a_bad_rating_is_told_at_once_and_its_clocks_count_working_days(hall: Hall) -> None:
    hall.at("2026-09-29T16:00")  # before the National Day
    number = hall.accepted()
    hall.grant(number, "R01")
    action = GiveRating(1, ["slow", "kind"], " 等了三天 ", "R01")
    row = one_row(hall, APPLICANT, number, action)
    assert path(row) == ("unrated", "bad") and row.details["reasons"] == ["slow"]
    assert row.details["text"] == "等了三天" and row.details["rules"] == "2026-1"
    rating = rated(hall, hall_rating(hall))
    assert (rating.department_code, rating.item_id) == ("SJ", hall.item(number, "R01").id)
    assert [(one.clock.value, minute(one.due_at)) for one in clocks(hall, rating)] == [
        ("contact", "2026-09-30 23:59"), ("rectify", "2026-10-26 23:59"),
    ]  # fmt: skip
    assert all(one.source for one in clocks(hall, rating))
    with hall.read() as session:
        told = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        assert told is not None and (told.department_code, told.duty) == ("SJ", "checker")
        assert not [chain for chain in verify_all(session) if chain.fault]


def hall_rating(hall: Hall) -> Rating:
    with hall.read() as session:
        return session.scalars(select(Rating)).one()


def test_a_good_rating_is_all_there_is_to_it(hall: Hall) -> None:
    rating = said(hall, 3)
    assert (rating.state, rating.closed_at) == ("given", hall.clock.now())
    assert clocks(hall, rating) == []


def test_only_what_was_done_is_rated_and_only_once(hall: Hall) -> None:
    number = hall.accepted()
    with refused(hall, NotRatedYet):
        hall.act(APPLICANT, number, GiveRating(5, item="R01"))
    with refused(hall, NotRatedYet):
        hall.act(APPLICANT, number, GiveRating(5))
    with refused(hall, NotRatedYet):
        hall.act(APPLICANT, number, GiveRating(5, item="X99"))
    said(hall, 5, number)
    with refused(hall, RatedAlready):
        hall.act(APPLICANT, number, GiveRating(1, item="R01"))
    with refused(hall, CaseNotFound):
        hall.act(APPLICANT, "1" * 21, GiveRating(1))


def test_what_is_no_level_no_reason_or_too_long_is_refused(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    for unfit in (
        GiveRating(0, item="R01"), GiveRating(6, item="R01"),
        GiveRating(1, ["invented"], item="R01"), GiveRating(1, text="长" * 1001, item="R01"),
    ):  # fmt: skip
        with refused(hall, RatingUnfit):
            hall.act(APPLICANT, number, unfit)
    only(hall, number, GiveRating(5, item="R01"), Role.APPLICANT)


def test_nothing_is_rated_by_itself_however_long_one_waits(hall: Hall) -> None:
    hall.decided()
    hall.clock.advance(days=90)
    hall.sweep()
    with hall.read() as session:
        assert session.scalar(select(func.count()).select_from(Rating)) == 0


def test_a_visit_is_rated_once_at_the_window_by_who_was_asked(hall: Hall) -> None:
    number = hall.receive()
    asked = invited(hall, number)
    assert invited(hall, number).token == asked.token, "asked twice, it is the same"
    row = one_row(hall, APPLICANT, number, GiveRating(2, ["attitude"], token=asked.token))
    assert (row.details["matter"], row.details["window"]) == ("1", "3")
    assert row.details["served_by"] == "李芳"
    rating = hall_rating(hall)
    assert rating.department_code is None and rating.correct_until is None
    with hall.read() as session:
        told = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        assert told is not None and told.role == Role.WINDOW_LEAD
    with refused(hall, InvitationGone):
        hall.act(APPLICANT, number, GiveRating(5, token=asked.token))
    with pytest.raises(NothingServed):
        invited(hall, number)


def test_an_invitation_needs_a_visit_a_window_and_its_time(hall: Hall) -> None:
    number = hall.receive()
    with pytest.raises(NothingServed):
        invited(hall, number, "lead")
    with pytest.raises(WindowMissing):
        invited(hall, number, window="")
    token = invited(hall, number).token
    other = hall.receive()
    with refused(hall, InvitationGone):
        hall.act(APPLICANT, other, GiveRating(5, token=token))
    with refused(hall, InvitationGone):
        hall.act(APPLICANT, number, GiveRating(5, token="guessed"))
    hall.clock.advance(days=1)
    with refused(hall, InvitationGone):
        hall.act(APPLICANT, number, GiveRating(5, token=token))
    with pytest.raises(NothingServed):
        invited(hall, number)
