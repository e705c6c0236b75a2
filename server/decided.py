"""The ladders that were decided on: kept in memory, and looked for again every few seconds.

A ladder takes effect later than it takes every process to see it, so that whoever begins a clock
knows all that hold.
"""

from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import func, select

from server.db import Database
from workflows.clock import Clock
from workflows.ladders import LadderTable, from_plain
from workflows.models import Ladder, LadderVersion

#: How old what is known may be; a ladder takes effect later than this.
AT_MOST = timedelta(seconds=2)
#: (region, theme) → every table with the instant from which it holds, the latest first.
Known = dict[tuple[str, str], list[tuple[datetime, LadderTable]]]


class Decided:
    """Every revision of every ladder, for all threads of a process."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self._looking = Lock()
        self._looked: datetime | None = None
        self._latest = 0
        self._known: Known = {}

    def of(self, region: str, theme: str, at: datetime) -> LadderTable | None:
        """What holds for a clock that began then: of the theme, or else of all of the region."""
        now = self.clock.now()
        if self._looked is None or not timedelta() <= now - self._looked < AT_MOST:
            self.look(now)
        if not self._known:
            return None
        for key in ((region, theme), (region, "")):
            for from_at, table in self._known.get(key, ()):
                if from_at <= at:
                    return table
        return None

    def look(self, now: datetime | None = None) -> None:
        """Look now whether something was decided; one thread is enough."""
        if not self._looking.acquire(blocking=self._looked is None or now is None):
            return
        try:
            with self.database.readers() as session:
                latest = session.scalar(select(func.max(LadderVersion.id))) or 0
            if latest != self._latest:
                self._known, self._latest = self._read(), latest
            self._looked = now or self.clock.now()
        finally:
            self._looking.release()

    def _read(self) -> Known:
        query = (
            select(Ladder.region, Ladder.theme, LadderVersion)
            .join(LadderVersion, LadderVersion.ladder_id == Ladder.id)
            .order_by(LadderVersion.revision.desc())
        )
        found: Known = {}
        with self.database.readers() as session:
            for region, theme, version in session.execute(query):
                table = from_plain(version.content)
                found.setdefault((region, theme), []).append((version.from_at, table))
        return found
