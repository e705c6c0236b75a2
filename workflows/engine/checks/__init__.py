"""What is refused when a process is published, by element, with a sentence.

Nothing is swallowed: what the engine does not run is refused here, before any case meets it.

    grammar      which elements and attributes there may be, and where
    document     ids, declarations, pools: a file as a file, and all files together
    flows        where a token can go, and whether it gets there
    events       what is waited for and thrown
    activities   people, calls, instances
    signing      several people who sign one step together
    variables    expressions, and the names they ask for
    calls        who calls whom, and what is thrown across
    tables       the decision tables that diagrams are published with
    ruling       business rule tasks: which decision they ask
    restless     loops that would never rest
    decisions    nothing decides but a person
"""

from collections.abc import Iterator, Mapping, Set

from workflows.engine.checks import (
    activities,
    calls,
    decisions,
    document,
    events,
    flows,
    grammar,
    restless,
    ruling,
    variables,
)
from workflows.engine.checks.faults import Fault, ProcessInvalid
from workflows.engine.checks.level import Level, Source
from workflows.engine.checks.tables import tables_of
from workflows.engine.xml import DiagramUnreadable, read

__all__ = ["Fault", "ProcessInvalid", "check"]


def check(
    sources: Mapping[str, str],
    names: Set[str] | None = None,
    tables: Mapping[str, str] | None = None,
    answers: Set[str] = frozenset(),
) -> tuple[Fault, ...]:
    """Every fault of the diagrams and tables (file name → XML) that are published together.

    ``names`` are the variables that conditions may ask for; any, when it is not given.
    ``answers`` are those that only tables may ask for besides.
    """
    known = tables_of(tables or {}, answers)
    faults: list[Fault] = list(known.faults)
    files: list[Source] = []
    for file, text in sources.items():
        try:
            files.append(Source(file, read(text, file), known))
        except DiagramUnreadable as unreadable:
            faults.append(Fault(file, 1, "-", unreadable.sentence, unreadable.params))
    processes = [level for source in files for level in source.processes]
    too_many = list(document.too_many(processes))
    faults.extend(too_many or _all(files, processes, names))
    return tuple(sorted(faults, key=lambda fault: (fault.file, fault.line)))


def _all(files: list[Source], processes: list[Level], names: Set[str] | None) -> Iterator[Fault]:
    for source in files:
        yield from grammar.faults(source)
        yield from document.faults(source)
    yield from document.together(processes)
    known = {process.key: process for process in processes}
    for process in processes:
        for level in process.levels():
            yield from flows.faults(level)
            yield from events.faults(level)
            yield from activities.faults(level, set(known))
            yield from ruling.faults(level)
    known, circles = calls.ordered(known)
    yield from circles
    yield from variables.faults(known, names)
    yield from calls.faults(known)
    yield from restless.faults(known)
    yield from decisions.faults(known)
