"""How many acts a second 1, 2 and 4 processes get through on one PostgreSQL server.

    python -m tests.bench.processes [--quick]

Each process has cases of its own; all begin at one gate, when each has done
one act and everything is loaded.  ``stock`` loads, completes and saves one column of text;
``engine`` is ours with its rows of state, task and history; ``perform`` is the product: opinions
given, with permissions, clocks and the sealed history.  The server writes to disk as a real one.
"""

import multiprocessing as mp
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
from sqlalchemy import make_url

from server.memory import settle
from tests.bench.models import Model
from tests.bench.perform import hall_at, postgresql
from tests.bench.report import Row, ratio, rounded, tell
from tests.bench.stored import Ours, Stock, Store, Way
from tests.hall import Hall
from tests.wide import opinion, submissions, wide
from workflows.actions import Action, Actor, perform

SPAWN = mp.get_context("spawn")
KINDS: dict[str, Callable[[Store, Model], Way]] = {"stock": Stock, "engine": Ours}

Doings = Iterator[Callable[[], object]]


@dataclass(frozen=True)
class Share:
    """What one process has to do: whole cases by their keys, or actions prepared beforehand."""

    kind: str
    url: str
    departments: int = 0
    keys: Sequence[int] = ()
    actions: Sequence[tuple[Actor, str, Action]] = ()

    def doings(self) -> Doings:
        """Everything it does, one after the other."""
        return self._performed() if self.kind == "perform" else self._stored()

    def _stored(self) -> Doings:
        store = Store(dial(self.url), postgres=True)
        model = Model(self.departments)
        way = KINDS[self.kind](store, model)
        for key in self.keys:
            way.clear()
            way.start(key)
            for act in model.acts():
                yield way.prepare(key, act)
        store.close()

    def _performed(self) -> Doings:
        with tempfile.TemporaryDirectory() as folder:
            services = hall_at(self.url, Path(folder)).services
            for actor, number, action in self.actions:
                context = services.context(actor)
                with context.session:
                    yield lambda: perform(number, action, context)  # noqa: B023 (done at once)
            services.database.close()


def rows(quick: bool) -> Iterator[Row]:
    """Each kind with 1, 2 and 4 processes, in turn."""
    departments, cases, counts = (3, 4, (1, 2)) if quick else (10, 24, (1, 2, 4))
    with tempfile.TemporaryDirectory() as folder, postgresql(Path(folder)) as (url, _copy):
        hall = hall_at(url, Path(folder))
        yield from measure(hall, departments, cases, counts)
        hall.services.database.close()


def measure(hall: Hall, departments: int, cases: int, counts: Sequence[int]) -> Iterator[Row]:
    """A row for each kind and number of processes, on the database of a hall."""
    url = hall.services.settings.database_url
    store = Store(dial(url), postgres=True)
    store.create()
    store.close()
    process = wide(hall, departments)
    alone: dict[str, float] = {}
    for turn, processes in enumerate(counts):
        keys = range(turn * cases, (turn + 1) * cases)
        shares = _stored(url, departments, keys, processes) | {
            "perform": _performed(hall, process, cases, processes)
        }
        found = {kind: throughput(share) for kind, share in shares.items()}
        for kind, each_second in found.items():
            yield {
                "kind": kind, "departments": departments, "processes": processes,
                "acts_per_second": each_second,
                "gain": ratio(each_second, alone.setdefault(kind, each_second)),
                "times_stock": ratio(each_second, found["stock"]),
            }  # fmt: skip


def dial(url: str) -> Any:
    """A plain connection of PostgreSQL's own driver."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, prepare_threshold=2)


def _stored(
    url: str, departments: int, keys: Sequence[int], processes: int
) -> dict[str, list[Share]]:
    return {
        kind: [Share(kind, url, departments, keys=keys[n::processes]) for n in range(processes)]
        for kind in KINDS
    }


def _performed(hall: Hall, process: str, cases: int, processes: int) -> list[Share]:
    """Opinions that are ready to be given, in every department of so many new cases."""
    shares: list[list[tuple[Actor, str, Action]]] = [[] for _ in range(processes)]
    for place in range(cases):
        number = hall.accepted({}, process=process)
        for who, task in submissions(hall, number):
            shares[place % processes].append((hall.actor(who), number, opinion(task)))
    url = hall.services.settings.database_url
    return [Share("perform", url, actions=mine) for mine in shares]


def throughput(shares: Sequence[Share]) -> float:
    """Acts per second, from the gate until the last process is done."""
    gate, told = SPAWN.Barrier(len(shares)), SPAWN.Queue()
    workers = [SPAWN.Process(target=work, args=(share, gate, told)) for share in shares]
    for worker in workers:
        worker.start()
    counts = [told.get(timeout=300) for _ in workers]
    for worker in workers:
        worker.join()
    return rounded(sum(count for count, _ in counts) / max(seconds for _, seconds in counts))


def work(share: Share, gate: Any, told: Any) -> None:
    """One process: its first act loads everything, the others are counted."""
    doings = share.doings()
    next(doings)()
    settle()
    gate.wait(120)
    began, count = perf_counter(), 0
    for doing in doings:
        doing()
        count += 1
    told.put((count, perf_counter() - began))


if __name__ == "__main__":
    tell("processes", rows)
