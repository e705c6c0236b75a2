"""Whether anything grows with finished cases: pages and acts with ten thousand and a million.

    python -m tests.bench.lists [--quick]

The same hall before and after: a department's desk, a window's desk, the case, the search by
number, an opinion given.  Milliseconds; ``growth`` is against the smaller number of cases.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from flask.testing import FlaskClient

from server import create_app
from server.auth import limiter
from server.demo import PASSWORD
from server.memory import settle
from server.scheduler import sweep_once
from tests.bench.finished import fill_finished
from tests.bench.perform import hall_at, postgresql, sqlite
from tests.bench.report import Row, elapsed, median, ratio, tell
from tests.hall import Hall
from tests.wide import opinion, submissions, wide
from workflows.models import Task

DEPARTMENTS = 12
Visits = dict[str, Callable[[], object]]


def rows(quick: bool) -> Iterator[Row]:
    """Both databases, with few and with many finished cases."""
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as (url, _copy):
            hall = hall_at(url, Path(folder))
            for row in measure(hall, (100, 300) if quick else (10_000, 1_000_000)):
                yield {"database": name, **row}
            hall.services.database.close()


def measure(hall: Hall, sizes: tuple[int, int]) -> Iterator[Row]:
    """A row for each kind of request at each size."""
    app = create_app(hall.services.settings, hall.clock, hall.services.database)
    app.config["WTF_CSRF_ENABLED"] = False
    limiter.enabled = False
    process = wide(hall, DEPARTMENTS)
    before: dict[str, float] = {}
    there = 0
    for size in sizes:
        fill_finished(hall, size - there)
        there = size
        settle()
        clients = {who: signed_in(app.test_client(), who) for who in ("w000.handler", "window1")}
        for request, time in times(hall, process, clients).items():
            yield {
                "finished": size, "request": request, "median_ms": time,
                "growth": ratio(time, before.setdefault(request, time)),
            }  # fmt: skip
    limiter.enabled = True


def signed_in(client: FlaskClient, who: str) -> FlaskClient:
    """A browser of this person."""
    assert client.post("/sign-in", data={"username": who, "password": PASSWORD}).status_code == 302
    return client


def times(hall: Hall, process: str, clients: dict[str, FlaskClient]) -> dict[str, float]:
    """The middle of what each request takes, in a case where every department gives its opinion."""
    number = hall.accepted({}, process=process)
    found: dict[str, list[float]] = {}
    for who, task in submissions(hall, number):
        for request, visit in visits(hall, number, who, task, clients).items():
            found.setdefault(request, []).append(elapsed(visit))
    return {request: median(each) for request, each in found.items()}


def visits(
    hall: Hall, number: str, who: str, task: Task, clients: dict[str, FlaskClient]
) -> Visits:
    """Everything that is done once in every department."""
    handler, window = clients["w000.handler"], clients["window1"]

    def page(client: FlaskClient, path: str) -> Callable[[], object]:
        def visit() -> None:
            assert client.get(path).status_code == 200

        return visit

    return {
        "work list": page(handler, "/"),
        "done list": page(handler, "/?list=done"),
        "window desk": page(window, "/"),
        "case page": page(window, f"/cases/{number}"),
        "search": page(window, f"/cases?q={number}"),
        "opinion": lambda: hall.act(who, number, opinion(task)),
        "sweep": lambda: sweep_once(hall.services),
    }


if __name__ == "__main__":
    tell("lists", rows)
