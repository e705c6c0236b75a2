"""The rows that an event of the period has made, and the keys they are counted by.

Rows are found by the day of the event, with an index; what is open at the end is found among the
cases that were not over then, so that a period long past costs what was finished since.  There
days are compared and not instants: the index of when something began would lead to all the past.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from workflows.catalogue import load
from workflows.models import Case, CaseItem, Deadline, ProcessVersion, Task
from workflows.models.deadline import Basis, Clock
from workflows.queries.statistics.asked import NOBODY, Asked, By, Grain
from workflows.queries.statistics.days import DayOf
from workflows.states import ItemState

#: Items that a decision has ended.
DECISIONS = (ItemState.APPROVED, ItemState.REJECTED, ItemState.COMMITTED, ItemState.REVOKED)
PROMISED, STATUTE = aliased(Deadline), aliased(Deadline)


class Event(StrEnum):
    """What made a row count: something of the period, or that it was open at its end."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    FINISHED = "finished"
    DROPPED = "dropped"
    STANDING = "standing"


@dataclass(frozen=True)
class Versions:
    """The versions of the processes by their keys, and the items in them that are done at once."""

    process: Mapping[int, str]
    instant: frozenset[tuple[int, str]]

    def of(self, process: str) -> list[int]:
        """The keys of the versions of a process."""
        return [key for key, name in self.process.items() if name == process]


#: 即办件 of a version, by its hash: a version never changes.
_instant: dict[str, frozenset[str]] = {}


def versions(session: Session) -> Versions:
    """What has to be known of the versions; each catalogue is read once by a process."""
    columns = (ProcessVersion.id, ProcessVersion.process, ProcessVersion.sha256)
    found = session.execute(select(*columns)).all()
    if new := [row.id for row in found if row.sha256 not in _instant]:
        query = select(ProcessVersion.sha256, ProcessVersion.catalogue)
        for sha256, text in session.execute(query.where(ProcessVersion.id.in_(new))):
            items = load(text, sha256).items
            _instant[sha256] = frozenset(item.code for item in items if item.kind == "即办件")
    return Versions(
        {row.id: row.process for row in found},
        frozenset((row.id, code) for row in found for code in _instant[row.sha256]),
    )


def rows(asked: Asked, event: Event, known: Versions, *columns: Any) -> Select[Any]:
    """These columns of the rows that the event has made, with the clocks of what is finished."""
    query = select(*columns)
    items = asked.grain is Grain.ITEMS
    if items:
        query = query.select_from(CaseItem).join(Case, Case.id == CaseItem.case_id)
    else:
        query = query.select_from(Case)
    if event is Event.FINISHED:
        for clock, basis in ((PROMISED, Basis.PROMISED), (STATUTE, Basis.STATUTORY)):
            query = query.outerjoin(clock, and_(*_clock(clock, items), clock.basis == basis))
    return query.where(*_when(asked, event), *_only(asked, known))


def _clock(clock: Any, items: bool) -> tuple[ColumnElement[bool], ...]:
    if items:
        return clock.item_id == CaseItem.id, clock.clock == Clock.ITEM
    return clock.case_id == Case.id, clock.clock == Clock.CASE, clock.item_id.is_(None)


def within(asked: Asked, moment: Any) -> ColumnElement[bool]:
    """In the period."""
    return and_(moment >= asked.begins, moment < asked.ends)


def not_by(asked: Asked, moment: Any) -> ColumnElement[bool]:
    """Not before the period was over."""
    return or_(moment.is_(None), moment >= asked.ends)


def _when(asked: Asked, event: Event) -> tuple[ColumnElement[bool], ...]:
    return _items(asked, event) if asked.grain is Grain.ITEMS else _cases(asked, event)


def _cases(asked: Asked, event: Event) -> tuple[ColumnElement[bool], ...]:
    match event:
        case Event.RECEIVED:
            return (within(asked, Case.received_at),)
        case Event.ACCEPTED:
            return (within(asked, Case.accepted_at),)
        case Event.FINISHED:
            return (within(asked, Case.decided_at),)
        case Event.DROPPED:
            return within(asked, Case.closed_at), Case.decided_at.is_(None)
        case Event.STANDING:
            over = not_by(asked, Case.closed_at), not_by(asked, Case.decided_at)
            return *over, DayOf(Case.received_at) <= asked.last.isoformat()


def _items(asked: Asked, event: Event) -> tuple[ColumnElement[bool], ...]:
    match event:
        case Event.RECEIVED | Event.ACCEPTED:
            return (within(asked, CaseItem.started_at),)
        case Event.FINISHED:
            return within(asked, CaseItem.decided_at), CaseItem.state.in_(DECISIONS)
        case Event.DROPPED:
            return (CaseItem.id.in_(_given_up(asked)),)
        case Event.STANDING:
            over = not_by(asked, Case.closed_at), not_by(asked, CaseItem.decided_at)
            return *over, DayOf(CaseItem.started_at) <= asked.last.isoformat()


def _given_up(asked: Asked) -> Any:
    """Items that had begun and ended without a decision: alone, or with their case."""
    alone = select(CaseItem.id).where(
        within(asked, CaseItem.decided_at), CaseItem.state == ItemState.NOT_NEEDED,
        CaseItem.started_at.is_not(None),
    )  # fmt: skip
    together = (
        select(CaseItem.id)
        .join(Case, Case.id == CaseItem.case_id)
        .where(within(asked, Case.closed_at), Case.decided_at.is_(None))
        .where(CaseItem.decided_at.is_(None), CaseItem.started_at.is_not(None))
    )
    return union_all(alone, together)


def moment_of(grain: Grain, event: Event) -> Any:
    """The column that says when the event was."""
    if grain is Grain.ITEMS:
        return {
            Event.RECEIVED: CaseItem.started_at,
            Event.FINISHED: CaseItem.decided_at,
            Event.DROPPED: func.coalesce(CaseItem.decided_at, Case.closed_at),
        }.get(event, CaseItem.started_at)
    return {
        Event.RECEIVED: Case.received_at,
        Event.ACCEPTED: Case.accepted_at,
        Event.FINISHED: Case.decided_at,
        Event.DROPPED: Case.closed_at,
    }.get(event, Case.received_at)


#: The decision that ended an item: the last one that stands.
_DECISION = (
    select(Task.closed_by_id)
    .where(Task.item_id == CaseItem.id, Task.kind.in_(("decide", "confirm")))
    .where(Task.closed_by_id.is_not(None), Task.void_at.is_(None))
    .order_by(Task.closed_at.desc(), Task.id.desc())
    .limit(1)
    .correlate(CaseItem)
)
#: Who decided an item, and at which post: written SJ/approver.
DECIDER = _DECISION.scalar_subquery()
POST = _DECISION.with_only_columns(
    Task.department_code.concat("/").concat(Task.duty)
).scalar_subquery()

#: What rows are told apart by, in SQL; `named` makes one key of it.  Texts are made expressions:
#: an index that is sorted as the groups are would be read from end to end, for all the past.
_KEYS: Mapping[By, Any] = {
    By.NOTHING: literal(By.NOTHING.value).concat(""),
    By.DEPARTMENT: CaseItem.department_code.concat(""),
    By.ITEM: cast(Case.version_id, String).concat("/").concat(CaseItem.code),
    By.PERSON: DECIDER,
    By.POST: POST,
    By.WINDOW: Case.received_by_id + 0,
    By.THEME: Case.version_id + 0,
    By.REGION: Case.region.concat(""),
}


def key_of(asked: Asked, event: Event) -> Any:
    """What the rows of an event are told apart by, in SQL."""
    if asked.by is By.MONTH:
        return func.substr(DayOf(moment_of(asked.grain, event)), 1, 7)
    return _KEYS[asked.by]


def named(asked: Asked, key: Any, known: Versions) -> str:
    """The key of a row of the table: the versions of a process are one."""
    if key is None:
        return NOBODY
    if asked.by is By.THEME:
        return known.process[key]
    if asked.by is By.ITEM:
        version, _, code = key.partition("/")
        return f"{known.process[int(version)]}/{code}"
    return str(key)


def _only(asked: Asked, known: Versions) -> list[ColumnElement[bool]]:
    return [_holds(by, value, known) for by, value in asked.only.items()]


def _holds(by: By, value: str, known: Versions) -> ColumnElement[bool]:
    if by is By.ITEM:
        process, _, code = value.partition("/")
        return and_(Case.version_id.in_(known.of(process)), CaseItem.code == code)
    if by is By.THEME:
        return Case.version_id.in_(known.of(value))
    if by is By.POST:
        return POST.is_(None) if value == NOBODY else POST == value
    if by in (By.PERSON, By.WINDOW):
        column: ColumnElement[int | None] = (
            DECIDER if by is By.PERSON else Case.__table__.c.received_by_id
        )
        key = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0
        return column.is_(None) if value == NOBODY else column == key
    return CaseItem.department_code == value if by is By.DEPARTMENT else Case.region == value
