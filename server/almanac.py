"""The calendars as they are now: what the files say, and what was imported over them.

A calendar is worked out once and kept; every few seconds somebody looks whether there is a newer
one, in whatever process it was imported.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from server.db import Database
from workflows.calendar import Imported, WorkCalendar, Year, build, load, regions
from workflows.clock import Clock
from workflows.models import Calendar

#: How old a calendar may be; an import waits longer than this before anything is counted again.
AT_MOST = timedelta(seconds=2)


class Almanac:
    """The calendars of every region, for all threads of a process."""

    def __init__(self, database: Database, clock: Clock, folder: Path | None) -> None:
        self.database, self.clock, self.folder = database, clock, folder
        self._looking = Lock()
        self._looked: datetime | None = None
        self._revisions: dict[str, int] = {}
        self._imported: Imported = {}
        self._known: dict[str, WorkCalendar] = {}

    def calendar(self, region: str) -> WorkCalendar:
        """The calendar of a region; raises UnknownRegion."""
        now = self.clock.now()
        if self._looked is None or not timedelta() <= now - self._looked < AT_MOST:
            self.look(now)
        known = self._known
        if region not in known:
            known[region] = self.with_years(region, {})
        return known[region]

    def look(self, now: datetime | None = None) -> None:
        """Look now whether something was imported; one thread is enough."""
        if not self._looking.acquire(blocking=self._looked is None or now is None):
            return
        try:
            with self.database.readers() as session:
                query = select(Calendar.region, Calendar.revision)
                revisions = {region: revision for region, revision in session.execute(query)}
                if revisions != self._revisions:
                    self._imported = self._read()
                    self._known, self._revisions = {}, revisions
            self._looked = now or self.clock.now()
        finally:
            self._looking.release()

    def _read(self) -> dict[str, dict[int, Year]]:
        query = select(Calendar).options(selectinload(Calendar.years))
        with self.database.readers() as session:
            rows = session.scalars(query).all()
            return {row.region: {one.year: one.as_year() for one in row.years} for row in rows}

    def imported(self) -> Imported:
        """The years that were imported, for a program that has no database."""
        self.look(self.clock.now())
        return self._imported

    def with_years(self, region: str, more: Mapping[str, Mapping[int, Year]]) -> WorkCalendar:
        """The calendar of a region as it would be with more years imported."""
        imported = {key: dict(years) for key, years in self._imported.items()}
        for key, years in more.items():
            imported[key] = {**imported.get(key, {}), **years}
        if not imported:
            return load(region, self.folder)
        return build(region, regions(self.folder), imported)

    def regions(self) -> list[str]:
        """Every region that has a calendar, the whole country first."""
        return sorted(regions(self.folder), key=lambda region: (region != "cn", region))

    def standing_on(self, region: str) -> frozenset[str]:
        """This region, and all whose calendar stands on it."""
        return frozenset(one for one in self.regions() if region in self._under(one))

    def _under(self, region: str) -> set[str]:
        found = {region}
        while base := load(region, self.folder).base:
            found.add(base)
            region = base
        return found
