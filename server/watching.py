"""The watch on this machine: what its rules find becomes cards, as the log grows and at night.

The clockwork looks at what is new with every turn, for the price of one step into an index while
nothing is; once a night, in a thread of its own, at everything since the night before.
"""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.context import Services
from workflows.actions import SYSTEM, perform
from workflows.actions.base import Context
from workflows.actions.raise_card import CardKnown, RaiseCard
from workflows.clock import office_moment, office_time
from workflows.models import Card
from workflows.watch.found import Found, Level
from workflows.watch.parameters import Figures, read
from workflows.watching import Watch, has_news, watch_news, watch_whole, whole_is_due

log = logging.getLogger(__name__)

#: When the night's work begins, at the counter.
NIGHT = time(1)
OFTEN = timedelta(minutes=10)


class Raised:
    """The cards there are, and those that are raised now."""

    def __init__(self, services: Services, ctx: Context) -> None:
        self.services, self.ctx = services, ctx

    def known(self, rule: str, keys: Collection[str]) -> Collection[str]:
        """Which of these matters have their cards."""
        query = select(Card.matter).where(Card.rule == rule, Card.matter.in_(keys))
        with self.services.database.readers() as reader:
            return {key for key in reader.scalars(query) if key is not None}

    def raise_card(self, found: Found, level: Level) -> object:
        """A card for a matter; somebody else may have been faster."""
        try:
            return perform("", RaiseCard(found, level), self.ctx)
        except CardKnown as known:
            log.info("%s %s: %s", found.rule, found.key, known)
            return None


def figures_of(services: Services) -> Figures:
    """The figures that the place has set, by its file."""
    path = services.settings.watch_figures
    return read(path) if path else Figures()


@contextmanager
def watching(services: Services) -> Iterator[tuple[Watch, Session, datetime]]:
    """A watch with what it reads with and raises cards with, a session for its place, the time."""
    context = services.context(SYSTEM)
    database = services.database
    with (
        database.readers() as reader,
        database.clockwork() as session,
        database.writers() as writer,
    ):
        cards = Raised(services, replace(context, session=session))
        yield Watch(reader, services.calendar, figures_of(services), cards), writer, context.now


def watch_once(services: Services) -> int:
    """Look at what happened lately; returns how many cards were raised."""
    with services.database.readers() as reader:
        if not has_news(reader, services.clock.now()):
            return 0
    with watching(services) as (watch, writer, now):
        return watch_news(watch, writer, now)


def watch_at_night(services: Services) -> int:
    """Look at everything, once a night, whoever of several schedulers comes first."""
    now = services.clock.now()
    day = office_time(now).date()
    begun = office_moment(day, NIGHT)
    if now < begun:
        begun = office_moment(day - timedelta(days=1), NIGHT)
    with services.database.readers() as reader:
        if not whole_is_due(reader, begun):
            return 0
    with watching(services) as (watch, writer, moment):
        return watch_whole(watch, writer, moment)


def schedule_watch(scheduler: BaseScheduler, services: Services) -> None:
    """See every few minutes whether it is the night's turn; a failure is logged and tried again."""

    def turn() -> None:
        try:
            if raised := watch_at_night(services):
                log.info("watched: %s cards raised", raised)
        except Exception:  # the clockwork must not stop
            log.exception("the night's watch failed")

    trigger = IntervalTrigger(seconds=int(OFTEN.total_seconds()))
    scheduler.add_job(turn, trigger, id="watch", misfire_grace_time=None)
