"""Ratings (好差评): those to be followed up, those of a case, and the figures of a period.

Every figure is counted from ratings that somebody gave; those the supervisors took out after an
appeal are counted apart, and nothing stands for who said nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from workflows.clock import office_day
from workflows.models import (
    CaseItem,
    Channel,
    Department,
    FollowUpClock,
    Rating,
    Ticket,
    TicketState,
)
from workflows.models.rating import BAD
from workflows.states import ItemState, RatingState

#: What may be rated online: an item with a decision of its own.
DECIDED = (ItemState.APPROVED, ItemState.REJECTED, ItemState.COMMITTED, ItemState.REVOKED)
SHOWN = 50


@dataclass(frozen=True)
class Reader:
    """Whose ratings a person may see: those of a department, or (None) all."""

    department: str | None = None

    def sees(self, rating: Rating) -> bool:
        """Whether this rating is among them."""
        return self.department is None or rating.department_code == self.department

    @property
    def condition(self) -> list[ColumnElement[bool]]:
        """The same, asked of the database."""
        mine = Rating.department_code == self.department
        return [] if self.department is None else [mine]


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed by, as a figure of the report is."""

    department: str = ""
    window: str = ""
    begins: datetime | None = None
    ends: datetime | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The same, asked of the database."""
        asked = [
            self.department and Rating.department_code == self.department,
            self.window and Rating.window == self.window,
            self.begins and Rating.given_at >= self.begins,
            self.ends and Rating.given_at < self.ends,
        ]
        return [one for one in asked if isinstance(one, ColumnElement)]


EVERYTHING = Narrowed()


@dataclass(frozen=True)
class Listed:
    """A page of ratings with their open clocks, and how many there are."""

    rows: list[tuple[Rating, list[FollowUpClock]]]
    total: int


def listed(
    session: Session, reader: Reader, which: str, page: int = 1, by: Narrowed = EVERYTHING
) -> Listed:
    """The ratings to be followed up (open), appealed, or given lately, bad or all."""
    conditions = [*reader.condition, *_of_list(which), *by.conditions]
    total = session.scalar(select(func.count()).select_from(Rating).where(*conditions)) or 0
    order = Rating.id if which == "open" else Rating.id.desc()
    query = select(Rating).where(*conditions).order_by(order).limit(SHOWN)
    query = query.offset(SHOWN * (page - 1)).options(joinedload(Rating.case))
    rows = list(session.scalars(query))
    running = clocks_of(session, [row.key for row in rows])
    return Listed([(row, running.get(row.key, [])) for row in rows], total)


def _of_list(which: str) -> list[ColumnElement[bool]]:
    match which:
        case "open":
            return [Rating.closed_at.is_(None)]
        case "appealed":
            return [Rating.appealed_at.is_not(None), Rating.appeal_decided_at.is_(None)]
        case "bad":
            return [Rating.round > 0]
    return []


def clocks_of(
    session: Session, keys: Sequence[str], stopped: bool = False
) -> dict[str, list[FollowUpClock]]:
    """The clocks of these, by their keys; those that are stopped only when asked for."""
    query = select(FollowUpClock).where(FollowUpClock.subject.in_(keys))
    if not stopped:
        query = query.where(FollowUpClock.closed_at.is_(None))
    found: dict[str, list[FollowUpClock]] = {}
    for row in session.scalars(query.order_by(FollowUpClock.id)):
        found.setdefault(row.subject, []).append(row)
    return found


def of_case(session: Session, case_id: int) -> list[Rating]:
    """What was said of a case."""
    query = select(Rating).where(Rating.case_id == case_id).order_by(Rating.id)
    return list(session.scalars(query))


@dataclass
class Figures:
    """The ratings of a department, of a window, or of cases as a whole, in a period."""

    key: str
    name: Any = None
    #: Ratings that count, by level; those that were taken out; those corrected from bad.
    levels: dict[int, int] = field(default_factory=dict)
    excluded: int = 0
    corrected: int = 0
    #: Bad ones that were followed up: contacted, called back, and put right to satisfaction.
    followed: int = 0
    contacted: int = 0
    called_back: int = 0
    rectified: int = 0
    #: How many could have been given; None where nobody can tell.
    possible: int | None = None

    @property
    def given(self) -> int:
        """Those that count (有效主动评价)."""
        return sum(self.levels.values())

    @property
    def good(self) -> int:
        """非常满意, 满意 and 基本满意."""
        return sum(number for level, number in self.levels.items() if level > BAD)

    @property
    def bad(self) -> int:
        """不满意 and 非常不满意."""
        return self.given - self.good


@dataclass(frozen=True)
class Report:
    """The figures of a period: everything, by department, by window, and cases as a whole."""

    everything: Figures
    departments: list[Figures]
    windows: list[Figures]
    whole: Figures


def report(session: Session, begins: datetime, ends: datetime) -> Report:
    """Count the ratings given from one instant up to another."""
    departments: dict[str, Figures] = {}
    windows: dict[str, Figures] = {}
    whole, everything = Figures("whole"), Figures("all")
    for channel, department, window, *counted in session.execute(_counted(begins, ends)):
        if channel is Channel.ON_SITE:
            one = windows.setdefault(window, Figures(window))
        else:
            one = departments.setdefault(department, Figures(department)) if department else whole
        _add(one, counted)
        _add(everything, counted)
    _could(session, begins, ends, departments, whole)
    _served(session, begins, ends, windows)
    names = session.scalars(select(Department).where(Department.code.in_(departments)))
    for name in names:
        departments[name.code].name = name
    return Report(
        everything,
        sorted(departments.values(), key=lambda one: (-one.bad, one.key)),
        sorted(windows.values(), key=lambda one: (len(one.key), one.key)),
        whole,
    )


def _counted(begins: datetime, ends: datetime) -> Any:
    """How many ratings there are of each kind, and what came of the bad ones."""
    out = Rating.state == RatingState.EXCLUDED
    followed = and_(Rating.round > 0, ~out)
    satisfied = and_(Rating.state == RatingState.ANSWERED, Rating.satisfied.is_(True))
    columns = (Rating.channel, Rating.department_code, Rating.window, Rating.level, out)
    return (
        select(
            *columns,
            func.count(),
            *(
                func.count().filter(condition)
                for condition in (
                    and_(~out, Rating.first_level <= BAD, Rating.level > BAD),
                    followed,
                    and_(followed, Rating.contacted_at.is_not(None)),
                    and_(followed, Rating.called_back_at.is_not(None)),
                    and_(followed, satisfied),
                )
            ),
        )
        .where(Rating.given_at >= begins, Rating.given_at < ends)
        .group_by(*columns)
    )


def _add(one: Figures, counted: Sequence[Any]) -> None:
    level, out, number, corrected, followed, contacted, called_back, rectified = counted
    if out:
        one.excluded += number
    else:
        one.levels[level] = one.levels.get(level, 0) + number
    one.corrected += corrected
    one.followed += followed
    one.contacted += contacted
    one.called_back += called_back
    one.rectified += rectified


def _could(
    session: Session, begins: datetime, ends: datetime, departments: dict[str, Figures],
    whole: Figures,
) -> None:  # fmt: skip
    """What could be rated online: items decided in the period; cases with such an item."""
    decided = (
        CaseItem.decided_at >= begins, CaseItem.decided_at < ends, CaseItem.state.in_(DECIDED)
    )  # fmt: skip
    query = select(CaseItem.department_code, func.count()).where(*decided)
    for department, number in session.execute(query.group_by(CaseItem.department_code)):
        departments.setdefault(department, Figures(department)).possible = number
    whole.possible = session.scalar(select(func.count(CaseItem.case_id.distinct())).where(*decided))


def _served(
    session: Session, begins: datetime, ends: datetime, windows: dict[str, Figures]
) -> None:
    """What could be rated on site: tickets served at a window, whole days."""
    query = select(Ticket.window, func.count()).where(
        Ticket.day >= office_day(begins), Ticket.day < office_day(ends),
        Ticket.state == TicketState.SERVED,
    )  # fmt: skip
    for window, number in session.execute(query.group_by(Ticket.window)):
        windows.setdefault(window, Figures(window)).possible = number
