"""Simulations under way: a process of its own each, and a thread that writes down how far it is.

Whoever asks reads the row; a stop that is asked for is noticed at the next word of the process.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.context import Services
from workflows.drawing.bundle import Bundle
from workflows.errors import N_, WorkflowError
from workflows.models import RunState, SimulationRun
from workflows.simulation import Inputs
from workflows.simulation.job import asked

#: Where the packages of this program are found.
HOME = Path(__file__).resolve().parents[1]
#: Who says nothing for so long is not there any more: the machine was switched off.
SILENT = timedelta(minutes=2)
UNDER_WAY = (RunState.RUNNING, RunState.STOPPING)
#: At the same time, on the whole site.
MOST = 2


class SimulationBusy(WorkflowError):
    """The machine is for the hall first."""

    sentence = N_("已有 %(most)s 个试算正在运行，请等其中一个结束，或者停止一个。")


_threads: dict[int, Thread] = {}


@dataclass(frozen=True)
class Begun:
    """What a simulation is begun with: files of a draft (version None) or of a version, by whom."""

    process: str
    version: int | None
    bundle: Bundle
    by: str


def begin(services: Services, begun: Begun, inputs: Inputs) -> int:
    """Begin a simulation; its number.  Raises SimulationBusy."""
    process, bundle = begun.process, begun.bundle
    now = services.clock.now()
    with services.database.writers() as session, session.begin():
        if len(_alive(session, services)) >= MOST:
            raise SimulationBusy(most=MOST)
        row = SimulationRun(
            process=process, version=begun.version, files=bundle.substance,
            diagram=bundle.sources.get(f"{process}.bpmn") or next(iter(bundle.sources.values())),
            inputs=json.loads(inputs.model_dump_json()), cases=inputs.cases, seed=inputs.seed,
            state=RunState.RUNNING, decided=0, by=begun.by, at=now, told_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        number = row.id
    files = {
        "sources": list(bundle.sources.values()),
        "tables": list(bundle.tables.values()),
        "catalogue": bundle.catalogue,
    }
    almanac = services.almanac
    text = asked(process, files, inputs, almanac.folder, almanac.imported())
    thread = Thread(target=_watch, args=(services, number, text), daemon=True)
    _threads[number] = thread
    thread.start()
    return number


def wait(number: int) -> None:
    """Until a simulation that was begun here is over."""
    thread = _threads.pop(number, None)
    if thread is not None:
        thread.join()


def stop(services: Services, number: int) -> None:
    """Ask a simulation to stop; one that nobody plays any more is stopped at once."""
    with services.database.writers() as session, session.begin():
        row = session.get(SimulationRun, number)
        if row is not None and row.state in UNDER_WAY:
            alive = row in _alive(session, services)
            row.state = RunState.STOPPING if alive else RunState.STOPPED
            session.flush()


def latest(session: Session, process: str, files: str) -> SimulationRun | None:
    """The latest simulation with these files that came to its end."""
    query = select(SimulationRun).where(
        SimulationRun.process == process, SimulationRun.files == files,
        SimulationRun.state == RunState.DONE,
    )  # fmt: skip
    return session.scalar(query.order_by(SimulationRun.id.desc()).limit(1))


def is_alive(row: SimulationRun, services: Services) -> bool:
    """Whether somebody still plays it."""
    return row.state in UNDER_WAY and services.clock.now() - row.told_at < SILENT


def _alive(session: Session, services: Services) -> list[SimulationRun]:
    query = select(SimulationRun).where(SimulationRun.state.in_(UNDER_WAY))
    return [row for row in session.scalars(query) if is_alive(row, services)]


def _watch(services: Services, number: int, text: str) -> None:
    """Read what the process says, line by line, until it ends or is to end."""
    with subprocess.Popen(
        [sys.executable, "-P", "-W", "ignore", "-m", "workflows.simulation.job"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        cwd="/", env={"PYTHONPATH": str(HOME), "PYTHONUTF8": "1"},
    ) as job:  # fmt: skip
        assert job.stdin is not None and job.stdout is not None
        result: dict[str, Any] | None = None
        stopped = False
        try:
            job.stdin.write(text)
            job.stdin.close()
            for line in job.stdout:
                said = json.loads(line)
                result = said.get("figures")
                if result is None and not _told(services, number, said["decided"]):
                    stopped = True
                    break
        except (OSError, ValueError):
            result = None
        finally:
            job.kill()
    state = RunState.STOPPED if stopped else RunState.DONE if result else RunState.FAILED
    _end(services, number, state, result)


def _told(services: Services, number: int, decided: int) -> bool:
    """Write down how far it is; False when it is to stop."""
    with services.database.writers() as session, session.begin():
        row = session.get(SimulationRun, number)
        if row is None or row.state is not RunState.RUNNING:
            return False
        row.decided, row.told_at = decided, services.clock.now()
        session.flush()
    return True


def _end(services: Services, number: int, state: RunState, result: dict[str, Any] | None) -> None:
    values: dict[str, Any] = {"state": state, "told_at": services.clock.now()}
    if result is not None:
        values |= {"result": result, "decided": result["cases"]["n"]}
    with services.database.writers() as session, session.begin():
        session.execute(update(SimulationRun).where(SimulationRun.id == number).values(values))
