"""An empty sheet for a new diagram, and which processes the diagrams of a draft contain."""

from collections.abc import Iterator, Mapping

from workflows.catalogue.sheet import Arrow, Shape, write
from workflows.engine.xml import DiagramUnreadable, read, tag


def diagram(process: str, name: str) -> str:
    """A process that begins and ends, and does nothing in between."""
    first = Shape("startEvent", "begin", "", (200, 200))
    last = Shape("endEvent", "done", "", (400, 200))
    return write(process, name or process, "", (first, last), [Arrow("to_done", first, last)])


def processes(sources: Mapping[str, str]) -> list[dict[str, str]]:
    """Id, name and file of every process; a file that cannot be read has none."""
    return [found for file, text in sources.items() for found in _inside(file, text)]


def _inside(file: str, text: str) -> Iterator[dict[str, str]]:
    try:
        root = read(text, file)
    except DiagramUnreadable:
        return
    for process in root.iterfind(tag("process")):
        yield {"id": process.get("id", ""), "name": process.get("name", ""), "file": file}
