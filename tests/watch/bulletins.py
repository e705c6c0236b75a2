"""Bulletins as tests draft them."""

from datetime import date, timedelta

from tests.hall import Hall
from workflows.actions.draft_bulletin import DraftBulletin
from workflows.clock import office_day
from workflows.models import Bulletin
from workflows.queries.bulletin import figures


def draft(hall: Hall, first: date, last: date) -> DraftBulletin:
    """The act of drafting one of these days, with the figures as they are now."""
    with hall.read() as session:
        found = figures(session, first, last, hall.clock.now(), hall.services.calendar)
    return DraftBulletin(found, "本期情况平稳。")


def drafted(hall: Hall) -> Bulletin:
    """A bulletin of the two weeks before yesterday."""
    last = office_day(hall.clock.now()) - timedelta(1)
    done: Bulletin = hall.act("supervisor", "", draft(hall, last - timedelta(13), last))
    return done
