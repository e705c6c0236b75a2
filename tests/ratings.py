"""Rating in the demonstration hall."""

from typing import Any, cast

from sqlalchemy import select

from tests.hall import APPLICANT, Hall
from workflows.actions.call_back_rater import CallBackRater, CalledBack
from workflows.actions.contact_rater import ContactRater
from workflows.actions.give_rating import GiveRating
from workflows.actions.rectify_rating import RectifyRating
from workflows.models import FollowUpClock, Rating


def said(hall: Hall, level: int, number: str = "", item: str = "R01", **more: Any) -> Rating:
    """Rate an item of a case, that is decided for it; the rating."""
    number = number or hall.accepted()
    hall.grant(number, item)
    return cast(Rating, hall.act(APPLICANT, number, GiveRating(level, item=item, **more)))


def rated(hall: Hall, rating: Rating) -> Rating:
    """The rating as it is now."""
    with hall.read() as session:
        return session.get_one(Rating, rating.id)


def clocks(hall: Hall, rating: Rating) -> list[FollowUpClock]:
    """Every clock of its follow-up."""
    with hall.read() as session:
        query = select(FollowUpClock).where(FollowUpClock.subject == rating.key)
        return list(session.scalars(query.order_by(FollowUpClock.id)))


def contact(hall: Hall, rating: Rating) -> None:
    """The section head of the department reaches who rated."""
    hall.act("sj.checker", rating.key, ContactRater(True, "已电话核实"))


def rectify(hall: Hall, rating: Rating) -> None:
    """Reach who rated, and put it right."""
    contact(hall, rating)
    hall.act("sj.checker", rating.key, RectifyRating("增设咨询窗口"))


def call_back(hall: Hall, rating: Rating, result: CalledBack) -> None:
    """The supervisors call back."""
    hall.act("supervisor", rating.key, CallBackRater(result, "电话回访"))
