"""A busy hall: ten approvers and two clerks work at the same time, each from a browser.

    python -m tests.bench.office [--quick]

The real server in a process of its own; the people in another.  Everyone reads a page, thinks for
about a second, and does what there is to do: the clerks receive and accept, the approvers sign
for, review and decide.  ``p95`` and the others are milliseconds until the whole answer is there;
``errors`` are answers that nobody should see, ``lost`` acts that were confirmed and are not in the
history.
"""

import random
import re
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from statistics import quantiles
from threading import Event
from time import perf_counter

from sqlalchemy import func, select

from server.scripts import RESTAURANT
from tests.bench.perform import hall_at, postgresql, sqlite
from tests.bench.report import Row, rounded, tell
from tests.bench.web import Browser
from tests.hall import Hall
from tests.rush import served
from tests.wide import wide
from workflows.models import HistoryEvent

DEPARTMENTS = 5
CLERKS = ("window1", "window2")
#: Seconds between two requests of one person, at most; half of it on average.
THINKING = 2.0


@dataclass
class Day:
    """What happened meanwhile."""

    port: int
    process: str
    over: Event
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)


class Worker:
    """Someone with a browser, who does what they find until the day is over."""

    def __init__(self, day: Day, who: str) -> None:
        self.day = day
        self.who = who
        self.browser = Browser(day.port, who)
        self.chance = random.Random(who)

    def work(self) -> None:
        """One thing after the other."""
        step = self.receive if self.who in CLERKS else self.review
        while not self.day.over.is_set():
            step()

    def request(self, path: str, form: dict[str, str] | None = None) -> str:
        """A page, or an act; the text of the answer."""
        self.day.over.wait(self.chance.uniform(0, THINKING))
        began = perf_counter()
        status, text = self.browser.ask(path, form)
        self.day.times.append((perf_counter() - began) * 1000)
        if status != (303 if form else 200):
            said = re.search(r'class="(?:alert|invalid)[^>]*>([^<]+)', text)
            self.day.errors.append(f"{self.who} {path}: {status} {said and said[1]}")
        elif form:
            self.day.done[path.rpartition("/")[2]] += 1
        return text

    def receive(self) -> None:
        """A new case, received and accepted."""
        page = self.request(f"/intake?process={self.day.process}")
        token = re.search(r'name="token" value="([^"]+)"', page)
        if token is None or self.day.over.is_set():
            return
        form = {**RESTAURANT.form, "process": self.day.process, "materials": "M01"}
        number = self.request("/cases", {**form, "token": unescape(token[1])})
        found = re.search(r"/cases/(\d{21})", number)
        if found:
            self.request(f"/cases/{found[1]}/accept", {"confirm": "1"})

    def review(self) -> None:
        """The first task of the desk, as far as it goes."""
        found = re.search(r'href="(/tasks/\d+)"', self.request("/"))
        if found is None or self.day.over.is_set():
            return
        page, task = self.request(found[1]), found[1].rpartition("/")[2]
        for path, form in (
            (r"/cases/\d{21}/sign_for", {}),
            (r"/cases/\d{21}/give_opinion", {"conclusion": "agree", "opinion": "符合条件"}),
            (r"/cases/\d{21}/decide", {"decision": "granted", "opinion": "准予许可"}),
        ):
            act = re.search(f'action="({path})"', page)
            if act:
                self.request(act[1], {"task": task, **form})
                return


def rows(quick: bool) -> Iterator[Row]:
    """Both databases, five minutes each."""
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as (url, _copy):
            yield {"database": name, **work(hall_at(url, Path(folder)), 15 if quick else 300)}


def work(hall: Hall, seconds: float) -> Row:
    """Everybody at work for so long, then what came of it."""
    process = wide(hall, DEPARTMENTS)
    before = _acts(hall)
    with served(hall.services.settings, hall.clock.now()) as port:
        day = Day(port, process, Event())
        people = [*CLERKS, *(f"w{n:03d}.{duty}" for n in range(DEPARTMENTS)
                             for duty in ("handler", "checker"))]  # fmt: skip
        workers = [Worker(day, who) for who in people]
        threads = [threading.Thread(target=worker.work) for worker in workers]
        _all(threads, threading.Thread.start)
        day.over.wait(seconds)
        day.over.set()
        _all(threads, threading.Thread.join)
    written = _acts(hall)
    written.subtract(before)
    confirmed = day.done["cases"], *(day.done[name] for name in ACTS)
    kept = written["receive"], *(written[name] for name in ACTS)
    hall.services.database.close()
    for error in day.errors[:5]:
        print(error)
    cuts = quantiles(day.times, n=100)
    return {
        "people": len(people), "requests": len(day.times), "acts": sum(confirmed),
        "errors": len(day.errors), "lost": sum(kept) - sum(confirmed),
        "median": rounded(cuts[49]), "p95": rounded(cuts[94]), "slowest": rounded(max(day.times)),
    }  # fmt: skip


ACTS = ("accept", "sign_for", "give_opinion", "decide")


def _all(threads: list[threading.Thread], what: Callable[[threading.Thread], None]) -> None:
    for thread in threads:
        what(thread)


def _acts(hall: Hall) -> Counter[str]:
    query = select(HistoryEvent.action, func.count()).group_by(HistoryEvent.action)
    with hall.read() as session:
        return Counter({action: count for action, count in session.execute(query)})


if __name__ == "__main__":
    tell("office", rows)
