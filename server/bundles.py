"""Reading a process from its folder: the diagram, the item processes it calls, its catalogue."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Bundle:
    """The files of one version of a process."""

    sources: dict[str, str]
    catalogue: str
    forms: dict[str, Any]


def read_bundle(folder: Path, process: str) -> Bundle:
    """``folder/<process>`` together with the shared processes of ``folder/items``."""
    own, shared = folder / process, folder / "items"
    diagrams = [own / f"{process}.bpmn", *sorted(shared.glob("*.bpmn"))]
    forms = [*sorted(shared.glob("forms/*.form.json")), *sorted(own.glob("forms/*.form.json"))]
    return Bundle(
        sources={path.name: path.read_text("utf-8") for path in diagrams},
        catalogue=(own / "catalogue.yaml").read_text("utf-8"),
        forms={path.name.split(".")[0]: json.loads(path.read_text("utf-8")) for path in forms},
    )
