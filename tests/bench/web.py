"""What a submit and a page cost over HTTP: the real server in a process of its own.

    python -m tests.bench.web [--quick]

People of every department of a case come one after the other, each with a browser that keeps its
connection: their desk, their task, the case, and then they give their opinion.  ``health`` is
the floor: a request that does nothing.  Milliseconds from the request to the whole answer.
"""

import http.client
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from server.demo import PASSWORD
from tests.bench.perform import hall_at, postgresql, sqlite
from tests.bench.report import Row, elapsed, median, rounded, tell
from tests.hall import Hall
from tests.rush import served
from tests.wide import submissions, wide

FORM = {"conclusion": "agree", "opinion": "经审查，符合法定条件。"}
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


def rows(quick: bool) -> Iterator[Row]:
    """Every kind of request on both databases."""
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as (url, _copy):
            hall = hall_at(url, Path(folder))
            departments = 3 if quick else 26
            process = wide(hall, departments)
            with served(hall.services.settings, hall.clock.now()) as port:
                found = measure(hall, process, port, rounds=1 if quick else 3)
            hall.services.database.close()
        for request, times in found.items():
            yield {
                "database": name, "departments": departments, "request": request,
                "requests": len(times), "median_ms": median(times),
                "slowest_ms": rounded(max(times)),
            }  # fmt: skip


def measure(hall: Hall, process: str, port: int, rounds: int) -> dict[str, list[float]]:
    """The times of each kind of request; every case has all departments come once.

    The first of each kind is left out: it loads what all others find loaded.
    """
    browsers: dict[str, Browser] = {}
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        number = hall.accepted({}, process=process)
        for who, task in submissions(hall, number):
            if who not in browsers:
                browsers[who] = Browser(port, who)
            for request, visit in visits(browsers[who], number, task.id).items():
                found[request].append(elapsed(visit))
    for browser in browsers.values():
        browser.client.close()
    return {request: times[1:] for request, times in found.items()}


def visits(browser: "Browser", number: str, task_id: int) -> dict[str, Callable[[], object]]:
    """What everyone does, in order."""
    form = {"task": str(task_id), **FORM}
    return {
        "health": lambda: browser.get("/health"),
        "desk": lambda: browser.get("/"),
        "task": lambda: browser.get(f"/tasks/{task_id}"),
        "case": lambda: browser.get(f"/cases/{number}"),
        "submit": lambda: browser.post(f"/cases/{number}/give_opinion", form),
    }


class Browser:
    """Someone who has signed in, on a connection that stays open."""

    def __init__(self, port: int, username: str) -> None:
        self.client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        form = {"username": username, "password": PASSWORD}
        answer, _text = self._ask("POST", "/sign-in", form, {})
        self.cookie = {"Cookie": (answer.getheader("Set-Cookie") or "").partition(";")[0]}

    def get(self, path: str) -> None:
        """Open a page."""
        status, _text = self.ask(path)
        assert status == 200, f"{path}: {status}"

    def post(self, path: str, form: dict[str, str]) -> None:
        """Send a form; the answer leads on to another page."""
        status, _text = self.ask(path, form)
        assert status == 303, f"{path}: {status}"

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Open a page or send a form; the status, and the page or where it leads to."""
        answer, text = self._ask("POST" if form else "GET", path, form, self.cookie)
        return answer.status, answer.getheader("Location") or text

    def _ask(
        self, method: str, path: str, form: dict[str, str] | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, str]:
        body = urlencode(form) if form else None
        self.client.request(method, path, body, {**headers, **(FORM_TYPE if form else {})})
        answer = self.client.getresponse()
        return answer, answer.read().decode()


if __name__ == "__main__":
    tell("web", rows)
