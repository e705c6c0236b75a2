"""The rows behind one figure: exactly as many as the figure says.

A share shows what it is a share of, and marks the rows that count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session, joinedload

from workflows.models import Case, CaseItem, Deadline, DeadlinePause, Person
from workflows.queries.statistics.asked import Asked, Grain
from workflows.queries.statistics.columns import RATES, Column
from workflows.queries.statistics.conditions import ALL, COUNTED
from workflows.queries.statistics.days import DayOf
from workflows.queries.statistics.sources import (
    DECIDER,
    PROMISED,
    STATUTE,
    Event,
    Versions,
    moment_of,
    rows,
)


@dataclass(frozen=True)
class Opened:
    """One row: the case, its item, who decided it, its clocks, and whether a share counts it."""

    case: Case
    item: CaseItem | None
    person: str | None
    promised: Deadline | None
    statute: Deadline | None
    counts: bool


def how_many(session: Session, asked: Asked, column: Column, known: Versions) -> int:
    """How many rows its list has."""
    event, holds = _which(asked, column, known)
    return session.scalar(rows(asked, event, known, func.count()).where(holds)) or 0


def opened(
    session: Session, asked: Asked, column: Column, known: Versions, page: tuple[int, int]
) -> Sequence[Opened]:
    """So many rows of the list of a figure, from the so-manieth on; the latest first."""
    event, holds = _which(asked, column, known)
    items, finished = asked.grain is Grain.ITEMS, event is Event.FINISHED
    person = select(Person.name).where(Person.id == DECIDER).scalar_subquery()
    columns: list[Any] = [Case, CaseItem if items else literal(None)]
    columns += [person if items else literal(None)]
    columns += [PROMISED, STATUTE] if finished else [literal(None), literal(None)]
    columns += [_share(asked, column, known)]
    first, many = page
    # by the day: in the order of an index what is open would be looked for among all the past
    order = (DayOf(moment_of(asked.grain, event)).desc(), (CaseItem if items else Case).id.desc())
    query = rows(asked, event, known, *columns).where(holds).order_by(*order)
    query = query.options(joinedload(Case.version)).offset(first).limit(many)
    found = session.execute(query)
    return [Opened(*row) for row in found]


def pauses(session: Session, found: Sequence[Opened]) -> dict[tuple[int, int | None], list[Any]]:
    """What stopped the time of these rows, by case and item."""
    query = select(DeadlinePause).where(DeadlinePause.case_id.in_({row.case.id for row in found}))
    by_row: dict[tuple[int, int | None], list[Any]] = {}
    for pause in session.scalars(query):
        by_row.setdefault((pause.case_id, pause.item_id), []).append(pause)
    return by_row


def _which(asked: Asked, column: Column, known: Versions) -> tuple[Event, Any]:
    event, condition = COUNTED[asked.grain][column.listed or column.code]
    return event, condition(asked, known)


def _share(asked: Asked, column: Column, known: Versions) -> ColumnElement[Any]:
    """Whether a row is among those that a share counts."""
    counted = RATES.get(column.code, ("", ""))[0]
    _event, condition = COUNTED[asked.grain].get(counted, (None, ALL))
    found: ColumnElement[Any] = condition(asked, known)
    return found
