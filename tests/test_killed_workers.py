"""Four workers on the same cases, killed at random: every case ends as its people decided.

Every worker is a process of its own, killed in the middle of whatever it does and replaced; the
decisions are fixed beforehand, so that each one can be compared with what came out.
"""

import os
import random
import signal
from collections import Counter
from datetime import datetime
from multiprocessing.process import BaseProcess
from typing import Any
from zlib import crc32

from sqlalchemy import select

from server.context import Services
from server.db import connect
from server.settings import Settings
from tests.hall import Hall
from tests.processes import PROCESSES
from workflows import engine
from workflows.actions import Action
from workflows.actions.confirm_refusal import ConfirmRefusal
from workflows.actions.decide import Decide, Decision
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.sign_for import SignFor
from workflows.catalogue.published import published
from workflows.clock import FixedClock
from workflows.errors import WorkflowError
from workflows.models import Case, CaseItem, ProcessInstance, Task
from workflows.queries.timeline import verify_all
from workflows.states import ItemState

CASES, WORKERS, KILLS = 6, 4, 5


def decision_for(number: str, item: str) -> Decision:
    """What is going to be decided: one in four is refused."""
    return Decision.REFUSED if crc32(f"{number} {item}".encode()) % 4 == 0 else Decision.GRANTED


def next_act(task: Task, item: CaseItem, number: str) -> Action:
    """What the holder of a task does next."""
    if item.state is ItemState.RECEIVED:
        return SignFor(task.id)
    if task.kind == "review":
        return GiveOpinion(task.id, "agree", "已审查")
    if task.kind == "confirm":
        return ConfirmRefusal(task.id, True, "同意不予")
    return Decide(task.id, decision_for(number, item.code), "依法决定")


def work(settings: Settings, now: datetime, seed: int, acts: Any) -> None:
    """Do whatever is open, in any order, until nothing is."""
    services = Services(settings, FixedClock(now), connect(settings.database_url))
    hall = Hall(services, services.clock)  # type: ignore[arg-type]
    chance = random.Random(seed)
    open_tasks = (
        select(Task, CaseItem, Case.number)
        .join(CaseItem, CaseItem.id == Task.item_id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.closed_at.is_(None))
    )
    while True:
        with hall.read() as session:
            found = session.execute(open_tasks).all()
        if not found:
            return
        task, item, number = chance.choice(found)
        try:
            hall.act(hall.holder(task), number, next_act(task, item, number))
        except WorkflowError:  # someone was faster, or it waits for another item
            continue
        with acts.get_lock():
            acts.value += 1


def run_and_kill(hall: Hall) -> int:
    """Run the workers to the end, killing one after every few acts; returns the kills."""
    acts, seeds, chance = PROCESSES.Value("i", 0), iter(range(10_000)), random.Random(7)
    settings, now = hall.services.settings, hall.clock.now()

    def employ() -> BaseProcess:
        process = PROCESSES.Process(target=work, args=(settings, now, next(seeds), acts))
        process.start()
        return process

    crew = [employ() for _ in range(WORKERS)]
    killed = 0
    while any(process.is_alive() for process in crew):
        wanted = 8 * (killed + 1)
        crew[0].join(timeout=0.05)
        if killed < KILLS and acts.value >= wanted:
            victim = chance.randrange(WORKERS)
            pid = crew[victim].pid
            if crew[victim].is_alive() and pid is not None:
                os.kill(pid, signal.SIGKILL)
                killed += 1
            crew[victim].join()
            crew[victim] = employ()
    assert {process.exitcode for process in crew} <= {0, -signal.SIGKILL}
    return killed


def test_killed_workers_lose_no_case_and_double_no_task(hall: Hall) -> None:
    numbers = [hall.accepted() for _ in range(CASES)]
    assert run_and_kill(hall) == KILLS
    with hall.read() as session:
        assert all(chain.fault is None for chain in verify_all(session))
    for number in numbers:
        case = hall.case(number)
        assert case.state == "decided"
        done = Counter(
            event.details["step"] + event.details["item"]
            for event in hall.history(number)
            if event.action in ("give_opinion", "decide", "confirm_refusal")
        )
        assert set(done.values()) == {1}, "no task was done twice"
        assert sum(done.values()) == len([task for task in case.tasks if task.conclusion])
        for item in case.items:
            refused = decision_for(number, item.code) is Decision.REFUSED
            assert item.state is (ItemState.REJECTED if refused else ItemState.APPROVED)
        outcomes = {item.code: stated(hall, case).get(item.code) for item in case.items}
        assert outcomes == {i.code: outcome_of(number, i.code) for i in case.items}


def outcome_of(number: str, item: str) -> str:
    """How the process names what was decided."""
    return "refused" if decision_for(number, item) is Decision.REFUSED else "granted"


def stated(hall: Hall, case: Case) -> dict[str, Any]:
    """The results as the stored process has them."""
    query = select(ProcessInstance.process, ProcessInstance.state).where(
        ProcessInstance.case_id == case.id, ProcessInstance.item_id.is_(None)
    )
    with hall.read() as session:
        process, state = session.execute(query).one()
    return engine.look(published(case.version).definition(process), state).variables
