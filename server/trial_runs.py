"""Running test cases and keeping what came of them, beside the files they were run with."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from server.context import Services
from server.view import minute
from workflows import engine
from workflows.catalogue import Catalogue, CatalogueInvalid
from workflows.catalogue import load as load_catalogue
from workflows.catalogue.source import Source
from workflows.drawing.bundle import Bundle
from workflows.engine import ProcessInvalid
from workflows.errors import WorkflowError
from workflows.models import TrialRun
from workflows.trials import Outcome, TestCase, compare, office_of, read, run
from workflows.trials.outcome import Done

#: What a test case is called when its file cannot be read.
UNNAMED = "—"


@dataclass(frozen=True)
class Ran:
    """A test case that was run: what was expected and what came of it, line by line.

    `faults` are those of its file, or of the process: then nothing was run.
    """

    title: str
    wording: str
    passed: bool
    lines: list[dict[str, str]] = field(default_factory=list)
    path: list[dict[str, str]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    decided: str = ""
    outcome: Outcome | None = None


def steps_of(process: str, bundle: Bundle) -> dict[str, list[str]]:
    """The steps that are drawn for each item, by element."""
    drawn = engine.steps(process, tuple(bundle.sources.values()))
    return {item: [step.element for step in steps] for item, steps in drawn.items()}


def read_test(process: str, bundle: Bundle, name: str, text: str) -> TestCase:
    """A test case of a process; raises TestCaseInvalid, or CatalogueInvalid."""
    catalogue = load_catalogue(bundle.catalogue, f"{process}/catalogue.yaml")
    return read(text, name, catalogue, steps_of(process, bundle))


def run_test(
    services: Services, process: str, bundle: Bundle, name: str, tests: Mapping[str, str]
) -> Ran:
    """Run one of these test cases; what is wrong with its file, or the process, is a result."""
    text = tests[name]
    wording = hashlib.sha256(text.encode()).hexdigest()
    try:
        case = read_test(process, bundle, name, text)
        office = office_of(process, bundle)
        outcome = run(office, case, services.calendar(office.catalogue.theme.region))
    except WorkflowError as refusal:
        return Ran(title_of(text), wording, False, faults=_faults(refusal, name))
    lines = compare(case.expect, outcome)
    return Ran(
        case.name,
        wording,
        all(line.fits for line in lines),
        [vars(line) for line in lines],
        [_step(done, office.catalogue) for done in outcome.path],
        decided=minute(outcome.decided_at) if outcome.decided_at else "",
        outcome=outcome,
    )


def title_of(text: str) -> str:
    """What a test case is called, as far as its file can be read."""
    value = Source(text).value
    return str(value.get("name") or UNNAMED)[:300] if isinstance(value, dict) else UNNAMED


def _step(done: Done, catalogue: Catalogue) -> dict[str, str]:
    return {
        "at": minute(done.at),
        "item": done.item,
        "element": done.element,
        "name": done.name,
        "department": catalogue.item(done.item).department,
        "duty": done.duty,
        "conclusion": done.conclusion,
    }


def _faults(refusal: WorkflowError, name: str) -> list[dict[str, Any]]:
    """Each fault with its file and line, as message id and parameters."""
    if isinstance(refusal, ProcessInvalid):
        return [_fault(f.file, f.line, f.sentence, f.params) for f in refusal.faults]
    if isinstance(refusal, CatalogueInvalid):
        file = name if refusal.params["name"] == name else "catalogue.yaml"
        return [_fault(file, f.line, f.sentence, f.params) for f in refusal.faults]
    return [_fault("", 0, refusal.sentence, refusal.params)]


def _fault(file: str, line: int, sentence: str, params: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: str(value) for key, value in params.items()}
    return {"file": file, "line": line, "sentence": sentence, "params": told}


def keep_run(
    services: Services, process: str, bundle: Bundle, name: str, ran: Ran, by: str
) -> None:
    """Keep a result in place of the one before, with the files it was got with."""
    found = TrialRun(
        process=process, files=bundle.substance, name=name, wording=ran.wording,
        passed=ran.passed, by=by, at=services.clock.now(),
        result={"title": ran.title, "lines": ran.lines, "path": ran.path,
                "faults": ran.faults, "decided": ran.decided},
    )  # fmt: skip
    same = (
        TrialRun.process == process, TrialRun.files == found.files,
        TrialRun.name == name, TrialRun.wording == found.wording,
    )  # fmt: skip
    with services.database.writers() as session, session.begin():
        session.execute(delete(TrialRun).where(*same))
        session.add(found)
        session.flush()


@dataclass(frozen=True)
class Standing:
    """A test case and how its latest run went; `stale` when something has changed since."""

    name: str
    title: str
    run: TrialRun | None
    stale: bool


def standings(session: Session, process: str, bundle: Bundle) -> list[Standing]:
    """Every test case of a process with its latest result, by file name."""
    latest = (
        select(func.max(TrialRun.id)).where(TrialRun.process == process).group_by(TrialRun.name)
    )
    wanted = or_(TrialRun.files == bundle.substance, TrialRun.id.in_(latest))
    query = select(TrialRun).where(TrialRun.process == process, wanted).order_by(TrialRun.id)
    runs: dict[str, list[TrialRun]] = {}
    for row in session.scalars(query):
        runs.setdefault(row.name, []).append(row)
    return [
        _standing(name, text, runs.get(name, []), bundle.substance)
        for name, text in sorted(bundle.tests.items())
    ]


def _standing(name: str, text: str, runs: list[TrialRun], substance: str) -> Standing:
    wording = hashlib.sha256(text.encode()).hexdigest()
    same = [row for row in runs if (row.files, row.wording) == (substance, wording)]
    latest = (same or runs)[-1] if runs else None
    return Standing(name, title_of(text), latest, latest is not None and not same)
