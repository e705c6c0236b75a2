"""What an import of a calendar costs: foretold, confirmed, and every open deadline counted again.

    python -m tests.bench.calendars [--quick]

``foretell`` is the preview of the page, ``confirm`` the import itself, ``recount`` the clockwork
until nothing is left to do, all in seconds; ``changed`` are the cases with a new row of history.
"""

from collections.abc import Iterator
from functools import partial
from time import perf_counter

from sqlalchemy import func, select

from server.memory import settle
from server.scheduler import recount_all
from tests.bench.finished import fill_open
from tests.bench.perform import postgresql, sqlite
from tests.bench.report import Row, tell
from tests.bench.sweep import in_hall
from tests.calendars import arranged, day, imported, stored
from tests.hall import Hall
from tests.wide import wide
from workflows.actions.foretelling import foretell
from workflows.calendar import Year
from workflows.models import Deadline

OPEN_OF_A_CASE = 8


def rows(quick: bool) -> Iterator[Row]:
    """Both databases, with a hundred thousand open deadlines."""
    running = 4_000 if quick else 100_000
    for name, kind in (("sqlite", sqlite), ("postgresql", postgresql)):
        yield {"database": name, **in_hall(kind, partial(import_over, running=running))}


def import_over(hall: Hall, running: int) -> Row:
    """Import the year over so many open deadlines."""
    hall.at("2027-01-25T09:30")
    wide(hall, 2)
    fill_open(hall, running // OPEN_OF_A_CASE)
    settle()
    action = arranged()
    year = Year("official", action.source, action.holidays, action.worked)
    began = perf_counter()
    calendars = {"cn": hall.services.almanac.with_years("cn", {"cn": {2027: year}})}
    with hall.read() as session:
        found = foretell(session, hall.clock.now(), day(1, 1), calendars)
    foretold = perf_counter()
    imported(hall)
    confirmed = perf_counter()
    hall.clock.advance(seconds=5)
    recount_all(hall.services)
    counted = perf_counter()
    with hall.read() as session:
        query = select(func.count()).select_from(Deadline).where(Deadline.closed_at.is_(None))
        open_ones = session.scalar(query) or 0
        left = foretell(session, hall.clock.now(), day(1, 1), calendars)
    assert (left.moved, left.confirmed, stored(hall).failed) == (0, 0, 0)
    return {
        "open": open_ones, "moved": found.moved, "confirmed": found.confirmed,
        "foretell": round(foretold - began, 2), "confirm": round(confirmed - foretold, 3),
        "recount": round(counted - confirmed, 1), "changed": stored(hall).changed,
    }  # fmt: skip


if __name__ == "__main__":
    tell("calendars", rows)
