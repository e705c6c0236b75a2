"""How long the last one waits when every department of a case submits at the same moment.

    python -m tests.bench.rush [--quick]

One server with its threads, a browser for each department, over HTTP, on both databases; then two
departments at a time, and one alone.  Seconds from the request to the answer.
"""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from server import create_app
from server.settings import Settings
from tests.bench.perform import hall_at, postgresql, sqlite
from tests.bench.report import Row, rounded, tell
from tests.hall import Hall
from tests.rush import Answer, Submit, rush, served
from tests.wide import submissions, wide

DEPARTMENTS = 26


def rows(quick: bool) -> Iterator[Row]:
    """All at once, two at once, one alone."""
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as (url, _copy):
            hall = hall_at(url, Path(folder))
            for row in measure(hall, hall.services.settings, rounds=1 if quick else 5):
                yield {"database": name, **row}
            hall.services.database.close()


def measure(hall: Hall, settings: Settings, rounds: int) -> Iterator[Row]:
    """A few cases, each with a rush of its own; the first one warms up."""
    app = create_app(settings, hall.clock, hall.services.database)
    process = wide(hall, DEPARTMENTS)
    everyone, pairs, alone = [], [], []
    with served(settings, hall.clock.now()) as port:
        for _ in range(rounds + 1):
            everyone.append(rush(app, port, opinions(hall, process)))
        jobs = opinions(hall, process)
        while jobs:
            pairs.append(rush(app, port, [jobs.pop(), jobs.pop()]))
        for submit in opinions(hall, process):
            alone += rush(app, port, [submit])
    yield told("all at once", [answers[-1] for answers in everyone[1:]], everyone)
    yield told("second of two", [answers[-1] for answers in pairs], pairs)
    yield told("alone", alone, [alone])


def opinions(hall: Hall, process: str) -> list[Submit]:
    """The forms that the departments of a new case will send."""
    number = hall.accepted({}, process=process)
    form = {"conclusion": "agree", "opinion": "经审查，符合法定条件。"}
    return [
        Submit(hall.actor(who).person_id or 0, f"/cases/{number}/give_opinion",
               {"task": str(task.id), **form})
        for who, task in submissions(hall, number)
    ]  # fmt: skip


def told(what: str, last: list[Answer], answers: list[list[Answer]]) -> Row:
    """Of the last answers: the middle one and the slowest; and how many were no success."""
    seconds = [answer.seconds for answer in last]
    refused = sum(answer.status != 303 for group in answers for answer in group)
    return {
        "submits": what, "median": rounded(statistics.median(seconds)),
        "slowest": rounded(max(seconds)), "refused": refused,
    }  # fmt: skip


if __name__ == "__main__":
    tell("rush", rows)
