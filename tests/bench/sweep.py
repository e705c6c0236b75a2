"""What the clockwork costs: a million clocks and none due, and ten thousand due at once.

    python -m tests.bench.sweep [--quick]

``look`` is one turn of the scheduler with nothing due, in milliseconds, and what that makes of a
processor that looks as often as it does; ``page`` is the desk of a window in the same run.
``fired`` are actions of their own, each with a transaction and a row of history; seconds.
"""

import multiprocessing as mp
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import func, select

from server import create_app
from server.context import Services
from server.db import connect
from server.demo import PASSWORD
from server.memory import settle
from server.scheduler import AT_LEAST_EVERY, sweep_once, wake_after
from server.settings import Settings
from tests.bench.finished import copy_case
from tests.bench.perform import hall_at, postgresql, sqlite
from tests.bench.report import Row, elapsed, median, rounded, tell
from tests.databases import MONDAY
from tests.hall import Hall
from tests.wide import wide
from workflows.clock import FixedClock
from workflows.models import Deadline, DeadlineRung

SPAWN = mp.get_context("spawn")
CLOCKS_OF_A_CASE = 5
LOOKS = 200
#: When four working hours to sign for it are over, and nothing else is.
OVER = "2026-03-02T16:00"
Kind = Callable[[Path], AbstractContextManager[tuple[str, Callable[[], str]]]]


def rows(quick: bool) -> Iterator[Row]:
    """Both databases: idle, then with one scheduler, then with two."""
    running, due = (100_000, 1_000) if quick else (1_000_000, 10_000)
    for name, kind in (("sqlite", sqlite), ("postgresql", postgresql)):
        yield {"database": name, **in_hall(kind, partial(idle, running=running))}
        for schedulers in (1, 2):
            found = in_hall(kind, partial(catch_up, due=due, schedulers=schedulers))
            yield {"database": name, "schedulers": schedulers, **found}


def in_hall(kind: Kind, measure: Callable[[Hall], Row]) -> Row:
    """Measure something in a hall with a database of its own."""
    with tempfile.TemporaryDirectory() as folder, kind(Path(folder)) as (url, _copy):
        hall = hall_at(url, Path(folder))
        found = measure(hall)
        hall.services.database.close()
    return found


def idle(hall: Hall, running: int) -> Row:
    """Look again and again while nothing is due."""
    copy_case(hall, hall.accepted({}, process=wide(hall, 1)), running // CLOCKS_OF_A_CASE)
    app = create_app(hall.services.settings, hall.clock, hall.services.database)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data={"username": "window1", "password": PASSWORD})
    settle()

    def look() -> None:
        assert sweep_once(hall.services) == 0
        wake_after(hall.services, hall.clock.now())

    look()
    began = process_time()
    looks = [elapsed(look) for _ in range(LOOKS)]
    share = (process_time() - began) / LOOKS / AT_LEAST_EVERY.total_seconds()
    page = median(elapsed(lambda: client.get("/")) for _ in range(LOOKS // 20))
    with hall.read() as session:
        open_clocks = select(func.count()).where(Deadline.closed_at.is_(None))
        clocks = session.scalar(open_clocks)
    return {
        "clocks": clocks, "look": median(looks), "page": page,
        "cpu_percent": rounded(100 * share),
    }  # fmt: skip


def catch_up(hall: Hall, due: int, schedulers: int) -> Row:
    """As many clocks become due in one moment; some schedulers fire them, each once."""
    copy_case(hall, hall.accepted({}, process=wide(hall, 1)), due - 1)
    hall.at(OVER)
    gate, climbed = SPAWN.Barrier(schedulers + 1), SPAWN.Queue()
    given = (hall.services.settings, hall.clock.now(), gate, climbed)
    processes = [SPAWN.Process(target=work, args=given) for _ in range(schedulers)]
    for process in processes:
        process.start()
    gate.wait(60)
    began = perf_counter()
    by_each = [climbed.get() for _ in processes]
    seconds = perf_counter() - began
    with hall.read() as session:
        rungs = session.scalar(select(func.count()).select_from(DeadlineRung))
    assert sum(by_each) == rungs == due, "each exactly once"
    return {
        "clocks": due, "fired": sum(by_each), "fewest": min(by_each),
        "seconds": rounded(seconds),
    }  # fmt: skip


def work(settings: Settings, now: Any, gate: Any, climbed: Any) -> None:
    """A scheduler in a process of its own."""
    services = Services(settings, FixedClock(now), connect(settings.database_url))
    sweep_once(Services(settings, FixedClock(MONDAY), services.database))  # loads what it needs
    settle()
    gate.wait()
    climbed.put(sweep_once(services))


if __name__ == "__main__":
    tell("sweep", rows)
