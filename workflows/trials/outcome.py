"""What came of a trial, and how it differs from what was expected."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.clock import office_day
from workflows.deadlines import Light, light
from workflows.models import Case, Deadline, Task
from workflows.models.deadline import Basis, Clock
from workflows.trials.office import Opened
from workflows.trials.records import Expected

#: What is compared, in this order.
ENDS, ITEMS, ACCEPTED, DECIDED, LIGHT, DOCUMENTS, PATH, STATE, DUE, STATUTORY, STOPPED = (
    "ends", "items", "accepted", "decided", "light", "documents", "path", "state", "due",
    "statutory", "stopped",
)  # fmt: skip
WHOLE = "case"
ENDINGS = ("decided", "withdrawn", "refused", "terminated")


@dataclass(frozen=True)
class Done:
    """A step that was done: when, of which item, by which post, and what was said."""

    at: datetime
    item: str
    element: str
    name: str
    duty: str
    conclusion: str

    @property
    def key(self) -> str:
        return f"{self.item}.{self.element}"


@dataclass(frozen=True)
class Outcome:
    """What came of a trial; `stopped` is the sentence of what stopped it before its end.

    `ends` is the state of the case, which is decided also when it was delivered since.
    """

    ends: str = ""

    items: tuple[str, ...] = ()
    path: tuple[Done, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    due: Mapping[str, date] = field(default_factory=dict)
    statutory: Mapping[str, date] = field(default_factory=dict)
    decided: Mapping[str, datetime] = field(default_factory=dict)
    accepted_at: datetime | None = None
    decided_at: datetime | None = None
    light: str | None = None
    stopped: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def steps(self, item: str) -> tuple[str, ...]:
        """The steps of an item in the order they were done."""
        return tuple(done.element for done in self.path if done.item == item)


@dataclass(frozen=True)
class Line:
    """One thing that was expected, and what it was: texts, or empty for none."""

    what: str
    of: str
    expected: str
    actual: str

    @property
    def fits(self) -> bool:
        return self.expected == self.actual


def outcome_of(
    opened: Opened, number: str, stopped: str = "", params: Mapping[str, object] | None = None
) -> Outcome:
    """What the tables say of a case that has gone through."""
    with opened.sessions() as session:
        case = session.scalar(select(Case).where(Case.number == number))
        if case is None:
            return Outcome(stopped=stopped, params=params or {})
        return told(session, case, stopped, params or {})


def told(
    session: Session, case: Case, stopped: str = "", params: Mapping[str, object] | None = None
) -> Outcome:
    """What the tables say of a case."""
    due = {basis: _due(case, basis) for basis in Basis}
    return Outcome(
        ends="decided" if case.decided_at else case.state.value,
        items=tuple(item.code for item in case.items),
        path=tuple(_path(case)),
        states={item.code: item.state.value for item in case.items},
        documents=tuple(item.code for item in case.items if item.document_number),
        due={key: office_day(at) for key, at in due[Basis.PROMISED].items()},
        statutory={key: office_day(at) for key, at in due[Basis.STATUTORY].items()},
        decided={item.code: item.decided_at for item in case.items if item.decided_at},
        accepted_at=case.accepted_at,
        decided_at=case.decided_at,
        light=_light(case, due),
        stopped=stopped,
        params=params or {},
    )


def _due(case: Case, basis: Basis) -> dict[str, datetime]:
    """When the clocks of the case and of its items are over; the latest of each."""
    names: dict[int | None, str] = {item.id: item.code for item in case.items}
    names[None] = WHOLE
    rows: list[Deadline] = [
        row
        for row in case.deadlines
        if row.basis is basis and row.clock in (Clock.CASE, Clock.ITEM)
    ]
    return {names[row.item_id]: row.due_at for row in rows if row.due_at}


def _light(case: Case, due: Mapping[Basis, Mapping[str, datetime]]) -> str | None:
    """The light in which everything was decided."""
    if case.decided_at is None:
        return None
    promised, statutory = due[Basis.PROMISED].get(WHOLE), due[Basis.STATUTORY].get(WHOLE)
    found = light(case.decided_at, promised, statutory, None)
    return str((found if promised else Light.GREEN).value)


def _path(case: Case) -> Iterator[Done]:
    codes = {item.id: item.code for item in case.items}
    done: list[Task] = [
        task for task in case.tasks if task.closed_at and task.conclusion and task.kind != "check"
    ]
    for task in sorted(done, key=lambda task: (task.closed_at, task.id)):
        assert task.closed_at is not None and task.conclusion is not None
        yield Done(
            task.closed_at, codes[task.item_id], task.element, task.name, task.duty,
            task.conclusion,
        )  # fmt: skip


def expectations(outcome: Outcome) -> Expected:
    """What came of a trial as what is expected from now on."""
    return Expected.model_validate(
        {
            "ends": outcome.ends if outcome.ends in ENDINGS else "decided",
            "items": outcome.items,
            "paths": {item: outcome.steps(item) for item in outcome.items if outcome.steps(item)},
            "states": dict(outcome.states),
            "documents": outcome.documents,
            "due": dict(outcome.due),
            "statutory": dict(outcome.statutory),
            "accepted": outcome.accepted_at and office_day(outcome.accepted_at),
            "decided": outcome.decided_at and office_day(outcome.decided_at),
            "light": outcome.light,
        }
    )


def compare(expected: Expected, outcome: Outcome) -> list[Line]:
    """Line by line; what nobody expects anything of is left out.

    A trial that was stopped before its end has one line more, and it does not fit.
    """
    found = [Line(ENDS, "", expected.ends, outcome.ends), *_whole(expected, outcome)]
    tables: tuple[tuple[str, Mapping[str, object], Mapping[str, object]], ...] = (
        (PATH, expected.paths, {item: outcome.steps(item) for item in expected.paths}),
        (STATE, expected.states, outcome.states),
        (DUE, expected.due, outcome.due),
        (STATUTORY, expected.statutory, outcome.statutory),
    )
    for what, wanted, there in tables:
        found += [Line(what, of, _text(one), _text(there.get(of))) for of, one in wanted.items()]
    if outcome.stopped:
        sentence = outcome.stopped % outcome.params if outcome.params else outcome.stopped
        found.insert(0, Line(STOPPED, "", "", sentence))
    return found


def _whole(expected: Expected, outcome: Outcome) -> Iterator[Line]:
    day = {
        ACCEPTED: (expected.accepted, outcome.accepted_at),
        DECIDED: (expected.decided, outcome.decided_at),
    }
    if expected.items is not None:
        yield Line(ITEMS, "", _set(expected.items), _set(outcome.items))
    for what, (wanted, at) in day.items():
        if wanted is not None:
            yield Line(what, "", _text(wanted), _text(at and office_day(at)))
    if expected.light is not None:
        yield Line(LIGHT, "", expected.light, outcome.light or "")
    if expected.documents is not None:
        yield Line(DOCUMENTS, "", _set(expected.documents), _set(outcome.documents))
    if expected.path is not None:
        yield Line(PATH, "", _text(expected.path), _text([done.key for done in outcome.path]))


def _set(codes: tuple[str, ...]) -> str:
    return " ".join(sorted(codes))


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return " → ".join(map(str, value))
    return "" if value is None else str(value)
