"""Two schedulers at high load, one of them killed at random: each rung once, and none missed.

    python -m tests.bench.schedulers [--quick]

Ten minutes pass in ``seconds``; ``rungs`` of clocks and cards come due in them.  ``missed`` counts
what was climbed twice, or not at all, in the tables, the history and the notices: it must be 0.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.perform import hall_at, postgresql, sqlite
from tests.bench.report import Row, rounded, tell
from tests.schedulers import two_schedulers


def rows(quick: bool) -> Iterator[Row]:
    """Both databases."""
    cases, cards, kills, seconds = (10, 20, 5, 4.0) if quick else (300, 600, 40, 60.0)
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as (url, _copy):
            hall = hall_at(url, Path(folder))
            watch = two_schedulers(hall, cases, cards, kills, seconds)
            for fault in watch.faults[:10]:
                print(fault, flush=True)
            hall.services.database.close()
        yield {
            "database": name, "rungs": watch.rungs, "kills": watch.kills,
            "seconds": rounded(watch.seconds), "missed": len(watch.faults),
        }  # fmt: skip


if __name__ == "__main__":
    tell("schedulers", rows)
