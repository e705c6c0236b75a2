"""What a sweep costs with 100,000 clocks running and none due, against one page view.

    python -m tests.bench.sweep

Prints the medians of one interleaved run and their ratio; the ratio is what counts.
"""

import statistics
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert

from server import create_app
from server.context import Services
from server.db import connect, migrate
from server.demo import PASSWORD, set_up_demo
from server.scheduler import sweep_once
from server.settings import ROOT, Settings
from tests.hall import Hall
from workflows.clock import OFFICE_ZONE, FixedClock
from workflows.models import Deadline
from workflows.models.deadline import Basis, Clock

RUNNING = 100_000
ROUNDS = 50
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=OFFICE_ZONE)


def fill(hall: Hall, running: int) -> None:
    """One real case, and clocks that will be due at some time in the next years."""
    number = hall.accepted()
    case_id = hall.case(number).id
    later = [MONDAY + timedelta(days=1, minutes=place * 10) for place in range(running)]
    rows = [
        {
            "case_id": case_id, "item_id": None, "clock": Clock.SIGN_FOR, "basis": Basis.PROMISED,
            "limit": "4h", "started_at": MONDAY, "extension_days": 0, "due_at": at,
            "yellow_at": at, "provisional": False, "rung": 0, "next_at": at,
        }
        for at in later
    ]  # fmt: skip
    with hall.services.database.writers.begin() as session:
        session.execute(insert(Deadline), rows)


def median_ms(act: Callable[[], object]) -> float:
    """The time of one call in milliseconds."""
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def main() -> None:
    """Fill, measure interleaved, print."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        settings = Settings(database_url=url, var_folder=Path(folder), https=False)
        services = Services(settings, FixedClock(MONDAY), connect(url))
        migrate(services.database)
        set_up_demo(services.context, ROOT / "bpmn")
        fill(Hall(services, FixedClock(MONDAY)), RUNNING)
        app = create_app(settings, services.clock, services.database)
        app.config["WTF_CSRF_ENABLED"] = False
        client = app.test_client()
        client.post("/sign-in", data={"username": "window1", "password": PASSWORD})
        sweeps, pages = [], []
        for _ in range(ROUNDS):
            sweeps.append(median_ms(lambda: sweep_once(services)))
            pages.append(median_ms(lambda: client.get("/")))
        sweep, page = statistics.median(sweeps), statistics.median(pages)
        print(f"{RUNNING} clocks: sweep {sweep:.2f} ms, page {page:.2f} ms, {sweep / page:.2f}")


if __name__ == "__main__":
    main()
