"""What a request works with: the database, the one clock, the calendars, and who asks.

The clock is read once a request, so that everything the request writes or shows agrees.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import cast

from flask import current_app, g
from sqlalchemy.orm import Session

from server.almanac import Almanac
from server.db import Database
from server.decided import Decided
from server.settings import Settings
from workflows.actions import Actor, Context
from workflows.calendar import WorkCalendar
from workflows.clock import Clock, office_day


@dataclass(frozen=True)
class Services:
    """What the application was made with."""

    settings: Settings
    clock: Clock
    database: Database

    @cached_property
    def almanac(self) -> Almanac:
        """The calendars, kept for all threads."""
        return Almanac(self.database, self.clock, self.settings.calendar_folder)

    @cached_property
    def ladders(self) -> Decided:
        """The ladders that were decided on, kept for all threads."""
        return Decided(self.database, self.clock)

    def calendar(self, region: str = "cn") -> WorkCalendar:
        """The calendar of a region, or of the whole country."""
        return self.almanac.calendar(region)

    def context(self, actor: Actor, now: datetime | None = None) -> Context:
        """A context for one action of this actor; its session is closed by whoever asked."""
        return Context(
            session=self.database.writers(),
            actor=actor,
            now=now or self.clock.now(),
            calendars=self.calendar,
            hall=self.settings.hall,
            ladders=self.ladders.of,
        )


def services() -> Services:
    """The services of this application."""
    return cast(Services, current_app.extensions["lianban"])


def now() -> datetime:
    """The instant of this request."""
    if "now" not in g:
        g.now = services().clock.now()
    return cast(datetime, g.now)


def today() -> date:
    """The day it is at the counter."""
    return office_day(now())


def calendars(region: str) -> WorkCalendar:
    """The calendar of a region."""
    return services().calendar(region)


def reader() -> Session:
    """The session this page reads with."""
    if "reader" not in g:
        g.reader = services().database.readers()
    return cast(Session, g.reader)


@contextmanager
def keeping() -> Iterator[Session]:
    """A transaction of its own for what a person keeps: it changes nothing of a case."""
    with services().database.writers() as session, session.begin():
        yield session


def acting(actor: Actor) -> Context:
    """A context for one action in this request."""
    context = services().context(actor, now())
    g.setdefault("writers", []).append(context.session)
    return context


def close_sessions(error: BaseException | None) -> None:
    """Give the connections back at the end of the request."""
    for session in [*g.pop("writers", []), *filter(None, [g.pop("reader", None)])]:
        session.close()
