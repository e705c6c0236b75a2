"""Plays a simulation in a process of its own, which can be stopped and slows nobody down.

    python -m workflows.simulation.job

What to play comes in as JSON; a line of JSON goes out for every few cases that are decided, and
the last one has the figures.
"""

import gc
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from workflows import engine
from workflows.arrangement import as_plain, of_plain
from workflows.calendar import Imported, WorkCalendar, build, regions
from workflows.catalogue import load as load_catalogue
from workflows.simulation.figures import figures
from workflows.simulation.inputs import Inputs
from workflows.simulation.playing import play
from workflows.worktime import WorkTime

#: So many times it says how far it is.
REPORTS = 50


def asked(
    process: str, files: Mapping[str, Any], inputs: Inputs, folder: Path | None,
    imported: Imported | None = None,
) -> str:  # fmt: skip
    """What the program is given: diagrams and catalogue, the inputs, where calendars are."""
    years = {
        region: {number: as_plain(year) for number, year in several.items()}
        for region, several in (imported or {}).items()
    }
    calendars = {"folder": str(folder) if folder else None, "imported": years}
    return json.dumps(
        {"process": process, **files, "inputs": inputs.model_dump_json(), "calendars": calendars}
    )


def _calendar(region: str, given: Mapping[str, Any]) -> WorkCalendar:
    """The calendar of a region, of the files there and the years that were imported."""
    folder = Path(given["folder"]) if given["folder"] else None
    imported = {
        key: {int(number): of_plain(year) for number, year in several.items()}
        for key, several in given["imported"].items()
    }
    return build(region, regions(folder), imported)


def run(text: str, out: TextIO) -> None:
    """Play what was asked and say how far it is."""
    given = json.loads(text)
    inputs = Inputs.model_validate_json(given["inputs"])
    catalogue = load_catalogue(given["catalogue"], given["process"])
    work = WorkTime(_calendar(catalogue.theme.region, given["calendars"]))
    definition = engine.load(given["process"], tuple(given["sources"]), tuple(given["tables"]))
    every = max(1, inputs.cases // REPORTS)

    def told(decided: int) -> None:
        if decided % every == 0:
            print(json.dumps({"decided": decided}), file=out, flush=True)

    told(0)
    played = play(definition, catalogue, inputs, work, told)
    print(json.dumps({"figures": figures(played)}), file=out, flush=True)


if __name__ == "__main__":
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    run(sys.stdin.read(), sys.stdout)
