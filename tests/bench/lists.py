"""Whether anything grows with finished cases: pages and acts with ten thousand and a million.

    python -m tests.bench.lists [--quick]

Two halls that differ in nothing else, visited in turn: a department's desk, a window's desk, the
case, the search by number, an opinion given, a sweep.  Milliseconds; ``growth`` is many to few.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from flask.testing import FlaskClient

from server import create_app
from server.auth import limiter
from server.demo import PASSWORD
from server.memory import settle
from server.scheduler import index_once, sweep_once
from tests.bench.finished import fill_finished, fill_open
from tests.bench.perform import hall_at, postgresql, sqlite
from tests.bench.report import Row, elapsed, median, ratio, tell
from tests.hall import Hall
from tests.wide import opinion, submissions, wide

#: Cases under review at the same two departments, so that a post has as many tasks.
OPEN = 2000
RARE = "独一无二糖水铺"
TASKS = {
    "work list, item and light": "/?list=open&item=IW000&light=green",
    "work list, words": "/?list=open&q=金味",
    "work list, due": "/?list=open&due_from=2026-03-02&due_to=2026-04-30",
    "what is new": "/new?list=open&since=1",
}
#: Of someone who has done a task in every finished case.
DONE = {
    "done list": "/?list=done",
    "done list, page 50": "/?list=done&page=50",
    "done list, words": "/?list=done&q=金味餐饮有限公司 77",
    "done list, days": "/?list=done&done_from=2026-03-02&done_to=2026-03-02&item=IW001",
}
CASES = {
    "queue, light": "/?list=in_review&light=green",
    "queue, words": "/?list=in_review&q=金味餐饮",
    "search, rare words": f"/cases?q={RARE[1:5]}",
    "search, two characters": f"/cases?q={RARE[:2]}",
    "search, one character": "/cases?q=糖",
    "search, one name of many": "/cases?q=餐饮有限公司 77",
    "search, common words": "/cases?q=公司",
    "search, words of an opinion": "/cases?q=依法决",
    "search, nothing": "/cases?q=没有这样的词",
    "search, state": "/cases?state=closed",
    "search, department and day": "/cases?department=W000&received_from=2026-03-02&state=closed",
    "search, an answer": "/cases?f.seats_from=7&f.seats_to=7",
}
Visits = dict[str, Callable[[], object]]


def rows(quick: bool) -> Iterator[Row]:
    """Both databases, with few and with many finished cases."""
    few, many, departments = (100, 300, 3) if quick else (10_000, 1_000_000, 26)
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as (url, copy):
            halls = {
                size: hall_at(address, Path(folder))
                for size, address in ((few, copy()), (many, url))
            }
            for row in measure(halls, departments):
                yield {"database": name, **row}
            for hall in halls.values():
                hall.services.database.close()


def measure(halls: dict[int, Hall], departments: int) -> Iterator[Row]:
    """A row for each kind of request; the halls by how many finished cases they have."""
    limiter.enabled = False
    offices = [Office(hall, size, departments) for size, hall in halls.items()]
    limiter.enabled = True
    settle()
    times: dict[tuple[str, int], list[float]] = defaultdict(list)
    for place in range(departments):
        for office in offices:
            for request, visit in office.visits(place).items():
                times[request, office.size].append(elapsed(visit))
    few, many = sorted(halls)
    for request in dict.fromkeys(request for request, _ in times):
        of_few, of_many = (median(times[request, size][1:]) for size in (few, many))
        yield {
            "request": request, "few": few, "few_ms": of_few, "many": many, "many_ms": of_many,
            "growth": ratio(of_many, of_few),
        }  # fmt: skip


class Office:
    """A hall with its finished cases and one open case, which all departments work on."""

    def __init__(self, hall: Hall, size: int, departments: int) -> None:
        self.hall = hall
        self.size = size
        fill_finished(hall, size)
        fill_open(hall, OPEN if size >= OPEN else size)
        hall.receive(applicant=RARE)
        index_once(hall.services)
        self.number = hall.accepted({}, process=wide(hall, departments))
        self.waiting = submissions(hall, self.number)
        app = create_app(hall.services.settings, hall.clock, hall.services.database)
        app.config["WTF_CSRF_ENABLED"] = False
        self.handler = signed_in(app.test_client(), "w000.handler")
        self.checker = signed_in(app.test_client(), "w001.checker")
        self.window = signed_in(app.test_client(), "window1")

    def visits(self, place: int) -> Visits:
        """Everything that is done once for every department."""
        who, task = self.waiting[place]
        return {
            "work list": page(self.handler, "/"),
            **{name: page(self.checker, path) for name, path in DONE.items()},
            "window desk": page(self.window, "/"),
            "case page": page(self.window, f"/cases/{self.number}"),
            "search": page(self.window, f"/cases?q={self.number}"),
            **{name: page(self.handler, path) for name, path in TASKS.items()},
            **{name: page(self.window, path) for name, path in CASES.items()},
            "opinion": lambda: self.hall.act(who, self.number, opinion(task)),
            "sweep": lambda: sweep_once(self.hall.services),
        }


def signed_in(client: FlaskClient, who: str) -> FlaskClient:
    """A browser of this person."""
    assert client.post("/sign-in", data={"username": who, "password": PASSWORD}).status_code == 302
    return client


def page(client: FlaskClient, path: str) -> Callable[[], object]:
    """A visit to a page, which must be there."""

    def visit() -> None:
        assert client.get(path).status_code == 200

    return visit


if __name__ == "__main__":
    tell("lists", rows)
