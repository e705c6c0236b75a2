"""Reading a process from its folder: the diagram, the item processes it calls, its catalogue."""

from pathlib import Path

from workflows.drawing.bundle import CATALOGUE, OTHERS, Bundle, from_files


def read_bundle(folder: Path, process: str) -> Bundle:
    """``folder/<process>`` together with the shared processes of ``folder/items``."""
    own, shared = folder / process, folder / "items"
    paths = [own / f"{process}.bpmn", *sorted(shared.glob("*.bpmn")), own / CATALOGUE]
    paths += [*sorted(shared.glob("forms/*.form.json")), *sorted(own.glob("forms/*.form.json"))]
    paths += [path for end in OTHERS for path in sorted(own.glob(f"**/*{end}"))]
    return from_files({path.name: path.read_text("utf-8") for path in paths})


def shipped(folder: Path) -> Bundle:
    """What a new process begins with: the processes of items that are shipped, no catalogue."""
    found = read_bundle(folder, "restaurant")
    sources = {name: text for name, text in found.sources.items() if name != "restaurant.bpmn"}
    return Bundle(sources, "", dict(found.forms))
