"""Two schedulers over a clock that runs ahead, one of them killed again and again.

Each is a process of its own.  ``load`` spreads the rungs of clocks and cards over the minutes;
`run` lets the minutes pass and kills one of the two, at random, in the middle of whatever it does;
`faults` says what was climbed twice, or not at all.
"""

import os
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from threading import Event
from time import perf_counter
from typing import Any

from sqlalchemy import func, select, update

from server.context import Services
from server.db import connect
from server.scheduler import sweep_once
from server.settings import Settings
from tests.hall import Hall
from tests.processes import PROCESSES
from tests.watching import raised
from workflows.clock import FixedClock
from workflows.models import Card, CardRung, Deadline, DeadlineRung, HistoryEvent, Notice
from workflows.models.deadline import Basis, Clock
from workflows.queries.timeline import verify_all
from workflows.sweep import next_wake

MINUTES = timedelta(minutes=10)
ITEMS = (Deadline.clock == Clock.ITEM, Deadline.basis == Basis.PROMISED)


class RunsAhead:
    """A clock that all the processes share: so many seconds after the beginning."""

    def __init__(self, began: datetime, passed: Any) -> None:
        self.began, self.passed = began, passed

    def now(self) -> datetime:
        """The instant it is for everybody."""
        return self.began + timedelta(seconds=self.passed.value)


@dataclass
class Watch:
    """What a run came to: the rungs there were, the kills, how long it took, what is wrong."""

    rungs: int = 0
    kills: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def load(hall: Hall, cases: int, cards: int, chance: random.Random) -> int:
    """Clocks of items that warn and are over within the minutes, and cards nobody answers.

    How many rungs there will be: two of each clock, one of each card.
    """
    numbers = [hall.accepted() for _ in range(cases)]
    for at in range(cards):
        raised(hall, number=numbers[at % cases], key=f"matter {at}")
    began, writing = hall.clock.now(), hall.services.database.writing
    half = MINUTES.total_seconds() / 2
    clocks = 0
    with writing.begin() as connection:
        connection.execute(update(Deadline).values(next_at=None))
        for row in connection.execute(select(Deadline.id).where(*ITEMS)).all():
            yellow = began + timedelta(seconds=1 + chance.random() * (half - 2))
            due = began + timedelta(seconds=half + chance.random() * (half - 2))
            values = {"yellow_at": yellow, "due_at": due, "next_at": yellow, "rung": 0}
            connection.execute(update(Deadline).where(Deadline.id == row.id).values(values))
            clocks += 1
        for row in connection.execute(select(Card.id)).all():
            comes = began + timedelta(seconds=1 + chance.random() * (2 * half - 2))
            connection.execute(update(Card).where(Card.id == row.id).values(next_at=comes))
    return 2 * clocks + cards


def look_again_and_again(settings: Settings, began: datetime, passed: Any, over: Any) -> None:
    """A scheduler: it sweeps until the minutes are over and nothing is left.

    What the processes share has no lock: who is killed would keep it for good.
    """
    pause = Event()
    clock = RunsAhead(began, passed)
    services = Services(settings, clock, connect(settings.database_url))
    while True:
        last = bool(over.value)
        sweep_once(services)
        with services.database.readers() as reader:
            due = next_wake(reader)
        if last and (due is None or due > clock.now()):
            return
        pause.wait(0.02)


def run(hall: Hall, kills: int, seconds: float, chance: random.Random) -> Watch:
    """Let the minutes pass in so many seconds, killing one of two schedulers so often."""
    passed, over = PROCESSES.RawValue("d", 0.0), PROCESSES.RawValue("b", 0)
    watch = Watch()
    settings, began = hall.services.settings, hall.clock.now()

    def employ() -> BaseProcess:
        process = PROCESSES.Process(
            target=look_again_and_again, args=(settings, began, passed, over)
        )
        process.start()
        return process

    crew = [employ(), employ()]
    started = perf_counter()
    instants = sorted(chance.uniform(0.05, 0.95) * seconds for _ in range(kills))
    while (elapsed := perf_counter() - started) < seconds:
        passed.value = MINUTES.total_seconds() * elapsed / seconds
        if instants and elapsed >= instants[0]:
            instants.pop(0)
            victim = chance.randrange(2)
            watch.kills += _kill(crew[victim])
            crew[victim] = employ()
        crew[0].join(timeout=0.01)
    passed.value = MINUTES.total_seconds()
    over.value = 1
    for process in crew:
        process.join()
    watch.seconds = perf_counter() - started
    assert {process.exitcode for process in crew} == {0}
    hall.clock.set(began + MINUTES)
    return watch


def _kill(process: BaseProcess) -> bool:
    if not process.is_alive() or process.pid is None:
        return False
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    return True


def faults(hall: Hall, expected: int) -> list[str]:
    """What was climbed twice, or not at all, in the tables, in the history, and on the desks."""
    found = []
    with hall.read() as session:
        clocks = session.execute(select(Deadline.id, Deadline.rung).where(*ITEMS)).all()
        of_clocks = Counter(session.scalars(select(DeadlineRung.deadline_id)).all())
        found += [f"clock {k}: {n} rungs" for k, n in clocks if (n, of_clocks[k]) != (2, 2)]
        cards = session.execute(select(Card.id, Card.rung)).all()
        of_cards = Counter(session.scalars(select(CardRung.card_id)).all())
        found += [f"card {k}: {n} rungs" for k, n in cards if (n, of_cards[k]) != (2, 2)]
        steps = select(HistoryEvent.subject, HistoryEvent.action, HistoryEvent.details)
        climbed = steps.where(HistoryEvent.action.in_(["warn", "escalate", "climb_card"]))
        said = Counter(_rung(*row) for row in session.execute(climbed))
        found += [f"{rung}: {n} rows of history" for rung, n in said.items() if n > 1]
        if said.total() != expected:
            found.append(f"{said.total()} rungs in the history, and {expected} were due")
        told = session.scalar(select(func.count()).where(Notice.at > hall.clock.now() - MINUTES))
        if told != expected + len(cards):  # a card's rung tells two
            found.append(f"{told} notices of {expected + len(cards)}")
        found += [str(chain) for chain in verify_all(session) if chain.fault is not None]
    return found


def _rung(subject: str, action: str, details: dict[str, Any]) -> tuple[object, ...]:
    return subject, action, details.get("item"), details.get("clock"), details["rung"]


def two_schedulers(hall: Hall, cases: int, cards: int, kills: int, seconds: float) -> Watch:
    """The whole of it: load, run with kills, and what is wrong afterwards."""
    chance = random.Random(6)
    expected = load(hall, cases, cards, chance)
    assert isinstance(hall.clock, FixedClock)
    watch = run(hall, kills, seconds, chance)
    watch.rungs, watch.faults = expected, faults(hall, expected)
    return watch
