"""A small simulation that is over, for pages that show one."""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from server.bundles import read_bundle
from server.settings import ROOT
from tests.hall import Hall
from workflows import engine
from workflows.calendar import load as load_calendar
from workflows.catalogue import Catalogue
from workflows.catalogue import load as load_catalogue
from workflows.models import RunState, SimulationRun
from workflows.simulation import Inputs, defaults, figures, play
from workflows.simulation.playing import Played
from workflows.worktime import WorkTime

FIRST_DAY = date(2026, 3, 2)


@lru_cache
def process_of(process: str) -> tuple[engine.Definition, Catalogue, Inputs, WorkTime]:
    """What a simulation of a shipped process needs, with its usual inputs."""
    bundle = read_bundle(ROOT / "bpmn", process)
    catalogue = load_catalogue(bundle.catalogue, process)
    sources, work = tuple(bundle.sources.values()), WorkTime(load_calendar("cn"))
    inputs = defaults(catalogue, engine.steps(process, sources), work, FIRST_DAY)
    return engine.load(process, sources), catalogue, inputs, work


def played(process: str = "restaurant", **changes: Any) -> Played:
    """A simulation with other inputs than usual."""
    definition, catalogue, inputs, work = process_of(process)
    return play(definition, catalogue, inputs.model_copy(update=changes), work)


@lru_cache
def small() -> str:
    """The figures of a few cases."""
    return json.dumps(figures(played(cases=12)))


def kept(hall: Hall, process: str = "restaurant") -> int:
    """A simulation of the shipped process that is over; its number."""
    bundle = read_bundle(ROOT / "bpmn", process)
    inputs = process_of(process)[2].model_copy(update={"cases": 12})
    now = hall.clock.now()
    with hall.services.database.writers() as session, session.begin():
        row = SimulationRun(
            process=process, files=bundle.substance, diagram=bundle.sources[f"{process}.bpmn"],
            inputs=json.loads(inputs.model_dump_json()), cases=12, seed=1, state=RunState.DONE,
            decided=12, result=json.loads(small()), by="吴设计", at=now, told_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id
