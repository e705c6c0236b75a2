"""What a list is narrowed by, and the conditions that each part of it becomes.

A list offers some of these; what it does not offer is left empty.  Days are days at the counter,
both ends included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from workflows.calendar import ONE_DAY
from workflows.clock import office_moment
from workflows.deadlines import Light
from workflows.models import Case, CaseField, CaseItem, ProcessVersion, Task
from workflows.queries.board import light_of, paused
from workflows.queries.calendars import Calendars
from workflows.queries.unindexed import Unindexed
from workflows.states import CaseState, ItemState

PAGE = 20


@dataclass(frozen=True)
class Span:
    """From a day to a day; either may be open."""

    first: date | None = None
    last: date | None = None

    def holds(self, column: Any) -> list[ColumnElement[bool]]:
        """The conditions for an instant to lie within."""
        found = []
        if self.first:
            found.append(column >= office_moment(self.first, time.min))
        if self.last:
            found.append(column < office_moment(self.last + ONE_DAY, time.min))
        return found


ALWAYS = Span()


@dataclass(frozen=True)
class Answer:
    """What the answer to a searchable question has to be: a text's beginning, or a range."""

    field: str
    text: str = ""
    numbers: tuple[float | None, float | None] = (None, None)
    days: Span = ALWAYS

    def holds(self, of_case: bool = False) -> list[ColumnElement[bool]]:
        """The conditions on a row of the answers.

        Of one case they must not lead to the rows of all the others that answered so: then the
        columns are hidden from their indexes.
        """
        text, number, day = (
            Unindexed(column) if of_case else column
            for column in (CaseField.text, CaseField.number, CaseField.day)
        )
        least, most = self.numbers
        found = [CaseField.field == self.field]
        if self.text:
            found.append(text.between(self.text, self.text + chr(0x10FFFF)))
        found += [number >= least] if least is not None else []
        found += [number <= most] if most is not None else []
        found += [day >= self.days.first] if self.days.first else []
        found += [day <= self.days.last] if self.days.last else []
        return found


@dataclass(frozen=True)
class Filter:
    """All that a list may be narrowed by."""

    words: str = ""
    item: str = ""
    department: str = ""
    process: str = ""
    applicant: str = ""
    light: Light | None = None
    item_state: ItemState | None = None
    case_state: CaseState | None = None
    received: Span = ALWAYS
    due: Span = ALWAYS
    done: Span = ALWAYS
    answers: tuple[Answer, ...] = ()

    @property
    def asks_items(self) -> bool:
        """Whether a task's item has to be looked at."""
        return bool(self.words or self.item or self.item_state)

    @property
    def asks_cases(self) -> bool:
        """Whether a task's case has to be looked at."""
        asked = self.words or self.process or self.applicant or self.answers
        return bool(asked) or self.received != ALWAYS


EVERYTHING = Filter()


@dataclass(frozen=True)
class Part:
    """The part of a list that is shown: what it is narrowed to, and one page of that."""

    wanted: Filter = EVERYTHING
    page: int = 1
    size: int = PAGE

    @property
    def start(self) -> int:
        """How many rows come before it."""
        return self.size * (self.page - 1)


FIRST = Part()
#: The time is the applicant's.
SUPPLEMENTING = Case.state == CaseState.SUPPLEMENTING


def of_tasks(wanted: Filter) -> list[ColumnElement[bool]]:
    """The conditions on a task, its item and its case, which are joined if they are asked about.

    An item's code is hidden from its index: open tasks are few, cases that had the item are not.
    """
    found: list[ColumnElement[bool]] = []
    if wanted.words:
        found.append(_says(wanted.words))
    if wanted.item:
        found.append(Unindexed(CaseItem.code) == wanted.item)
    if wanted.department:
        found.append(Task.department_code == wanted.department)
    if wanted.item_state:
        found.append(CaseItem.state == wanted.item_state)
    return [*found, *_of_case(wanted), *wanted.done.holds(Task.closed_at)]


def _says(words: str) -> ColumnElement[bool]:
    """Whether a task of a short list has these words anywhere in it."""
    texts = (Case.applicant, Case.title, CaseItem.name, Task.opinion)
    return or_(
        Case.number.startswith(words, autoescape=True),
        Case.applicant_number == words,
        CaseItem.document_number.startswith(words, autoescape=True),
        *(text.contains(words, autoescape=True) for text in texts),
    )


def _of_case(wanted: Filter) -> list[ColumnElement[bool]]:
    """What tasks and cases are narrowed by in the same way."""
    found: list[ColumnElement[bool]] = []
    if wanted.process:
        versions = select(ProcessVersion.id).where(ProcessVersion.process == wanted.process)
        found.append(Case.version_id.in_(versions))
    if wanted.applicant:
        found.append(Case.applicant.contains(wanted.applicant, autoescape=True))
    for answer in wanted.answers:
        given = exists().where(CaseField.case_id == Case.id, *answer.holds(of_case=True))
        found.append(given.correlate(Case))
    return [*found, *wanted.received.holds(Case.received_at)]


def of_cases(wanted: Filter) -> list[ColumnElement[bool]]:
    """The conditions on a case."""
    found: list[ColumnElement[bool]] = []
    if wanted.item:
        found.append(_has_item(CaseItem.code == wanted.item))
    if wanted.department:
        found.append(_has_item(CaseItem.department_code == wanted.department))
    if wanted.case_state:
        found.append(Case.state == wanted.case_state)
    return [*found, *_of_case(wanted), *wanted.done.holds(Case.closed_at)]


def of_words(words: str) -> ColumnElement[bool]:
    """Whether a case of a short list has these words in its number, name or title."""
    return or_(
        Case.number.startswith(words, autoescape=True),
        Case.applicant_number == words,
        Case.applicant.contains(words, autoescape=True),
        Case.title.contains(words, autoescape=True),
        _has_item(CaseItem.document_number.startswith(words, autoescape=True)),
    )


def _has_item(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(CaseItem.case_id == Case.id, condition).correlate(Case)


def of_light(
    session: Session,
    light: Light,
    now: datetime,
    calendars: Calendars,
    clocks: tuple[Any, Any],
    subject: Any,
) -> ColumnElement[bool]:
    """Whether the lamp of a task's item, or of a case, shows this light.

    A pause that ends by itself takes the calendar to tell; there are never many, and each is
    looked at by itself.
    """
    of_items = subject is Task.item_id
    held = paused(session, now, calendars, of_items)
    matching = [key for key, shown in held.items() if shown is light]
    plain = light_of(now, *clocks, applicants=None if of_items else SUPPLEMENTING) == light.value
    if not held:
        return plain
    return or_(subject.in_(matching), and_(subject.not_in(list(held)), plain))


def drivers(wanted: Filter) -> Sequence[Any]:
    """For each part of a filter that an index knows: a query for the cases it leaves."""
    found = [
        _items_of(CaseItem.code, wanted.item),
        _items_of(CaseItem.department_code, wanted.department),
    ]
    if wanted.case_state:
        found.append(select(Case.id).where(Case.state == wanted.case_state))
    if wanted.process:
        versions = select(ProcessVersion.id).where(ProcessVersion.process == wanted.process)
        found.append(select(Case.id).where(Case.version_id.in_(versions)))
    if wanted.received != ALWAYS:
        found.append(select(Case.id).where(*wanted.received.holds(Case.received_at)))
    found += [select(CaseField.case_id).where(*answer.holds()) for answer in wanted.answers]
    return [query for query in found if query is not None]


def _items_of(column: Any, value: str) -> Any:
    return select(CaseItem.case_id).where(column == value) if value else None
