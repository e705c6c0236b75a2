"""A year of a hall, 13,400 cases: simulated by real actions, swept by the clockwork, judged.

    python -m tests.bench.year [--quick] [--cases 13400]

Two windows of a city, each with half of the cases and a process and a database of its own, act
case by case through `perform`; their databases are made one, and every rule of the watch looks at
all of it.  What it has to find was written down as it was planted.  Ends with 1 when a rule missed
anything or found anything else.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time

from server.context import Services
from server.db import connect, migrate
from server.demo import set_up_demo
from server.memory import settle
from server.settings import ROOT, Settings
from tests.bench.report import machine, table
from tests.year.calendar import AFTER, BEFORE, GREEDY, MONTH, arrivals, prepared
from tests.year.judging import Verdict, judged
from tests.year.merging import merge
from tests.year.stage import Expected, Stage
from workflows.clock import FixedClock

CASES, PLANTED, SITES = 13_400, 12, 150
#: Of a quick run: too few in a month for departments to be compared.
QUICK = (600, 2, 12)
HALLS = ("330701", "330702")


def main() -> int:
    """Simulate, merge, judge, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few hundred cases, a minute")
    parser.add_argument("--cases", type=int, default=CASES)
    options = parser.parse_args()
    cases, planted, sites = QUICK if options.quick else (options.cases, PLANTED, SITES)
    print(f"\n== year: {machine()}", flush=True)
    began = perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = simulated(folder, cases // 2, planted, sites)
        if not options.quick:
            expected.append(Expected("R10", f"{GREEDY}/2025-{MONTH:02d}"))
        verdicts = swept(folder, expected)
    wrong = sum(not verdict.right for verdict in verdicts)
    tell({"whole": round(perf_counter() - began, 1), "rules": len(verdicts), "wrong": wrong})
    return 1 if wrong else 0


def tell(row: dict[str, object]) -> None:
    print(json.dumps({"bench": "year", **row}, ensure_ascii=False), flush=True)


@contextmanager
def hall_of(path: Path, now: datetime, hall: str = HALLS[0]) -> Iterator[Services]:
    """The services of a database file, with a clock that stands."""
    url = f"sqlite:///{path}"
    settings = Settings(database_url=url, var_folder=path.parent, https=False, hall=hall)
    services = Services(settings, FixedClock(now), connect(url))
    yield services
    services.database.close()


def simulated(folder: Path, cases: int, planted: int, sites: int) -> list[Expected]:
    """Both halls through their year, at the same time; then one database of them."""
    set_up(folder / "seed.db")
    began = perf_counter()
    expected = []
    with ProcessPoolExecutor(len(HALLS), initializer=settle) as pool:
        given = [(folder, turn, cases, planted, sites) for turn in range(len(HALLS))]
        for row, found in pool.map(half, given):
            tell(row)
            expected += found
    simulating = perf_counter() - began
    began = perf_counter()
    rows = merge(folder / "hall0.db", folder / "hall1.db", folder / "seed.db")
    tell({"simulating": round(simulating, 1), "merging": round(perf_counter() - began, 1),
          "merged rows": rows})  # fmt: skip
    return expected


def set_up(path: Path) -> None:
    """The demonstration hall, as it was before the year."""
    with hall_of(path, BEFORE) as services:
        migrate(services.database)
        set_up_demo(services.context, ROOT / "bpmn")
        prepared(services)


def half(given: tuple[Path, int, int, int, int]) -> tuple[dict[str, object], list[Expected]]:
    """One hall's year, in a process of its own."""
    folder, turn, cases, planted, sites = given
    path = folder / f"hall{turn}.db"
    shutil.copy(folder / "seed.db", path)
    with hall_of(path, BEFORE, HALLS[turn]) as services:
        clock = services.clock
        assert isinstance(clock, FixedClock)
        stage = Stage(services, clock, seed=turn + 1)
        arrivals(stage, cases, planted, sites)
        began = perf_counter()
        stage.play()
        stage.close()
    return {
        "hall": HALLS[turn], "cases": stage.cases, "acts": stage.acts,
        "seconds": round(perf_counter() - began, 1), "processor": round(process_time(), 1),
    }, stage.expected  # fmt: skip


def swept(folder: Path, expected: list[Expected]) -> list[Verdict]:
    """Every rule over the whole year."""
    verdicts = []
    with hall_of(folder / "hall0.db", AFTER) as services:
        for verdict in judged(services, expected):
            verdicts.append(verdict)
            for what, which in (("missed", verdict.missed), ("false", verdict.false)):
                for one in which[:5]:
                    print(f"{what}: {one}", flush=True)
    print(table([
        {"rule": one.rule, "seconds": one.seconds, "planted": one.planted, "found": one.found,
         "missed": len(one.missed), "false": len(one.false)} for one in verdicts
    ]), flush=True)  # fmt: skip
    tell({"sweeping": round(sum(one.seconds for one in verdicts), 1)})
    return verdicts


if __name__ == "__main__":
    sys.exit(main())
