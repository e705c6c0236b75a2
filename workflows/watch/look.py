"""Which part of the log a rule looks at, and the rows of history that are in it.

Either a few cases, each with all of its history, because something has just happened to them; or
everything that happened since a day.  Both are one query for a rule, not one for a case.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from workflows.calendar import WorkCalendar
from workflows.catalogue import Catalogue
from workflows.catalogue.published import published
from workflows.models import Case, CaseItem, HistoryEvent, ProcessVersion
from workflows.queries.calendars import Calendars
from workflows.watch.found import Found

#: So many subjects are asked for at once.
MANY = 500


class Event(NamedTuple):
    """A row of history, with what of its case a rule asks for."""

    subject: str
    sequence: int
    at: datetime
    actor: str
    action: str
    to_state: str
    details: dict[str, Any]
    item: str | None
    department: str | None
    case_id: int
    version_id: int
    region: str

    @property
    def proof(self) -> tuple[str, int]:
        """What evidence names it by."""
        return self.subject, self.sequence


#: What the details of an act say, as text.
def said(key: str) -> ColumnElement[str]:
    """A word of the details of an act; NULL where they do not have it."""
    word: ColumnElement[str] = HistoryEvent.details[key].as_string()
    return word


EVENT = (
    HistoryEvent.subject, HistoryEvent.sequence, HistoryEvent.at, HistoryEvent.actor,
    HistoryEvent.action, HistoryEvent.to_state, HistoryEvent.details, CaseItem.code,
    CaseItem.department_code, Case.id, Case.version_id, Case.region,
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """One look of one rule.  ``cases`` None is all of them, ``since`` None is ever."""

    session: Session
    now: datetime
    calendars: Calendars
    cases: frozenset[str] | None = None
    since: datetime | None = None
    rule: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    #: The catalogues that were asked for, so that a version is read once.
    known: dict[int, Catalogue] = field(default_factory=dict, repr=False, compare=False)

    def of(self, rule: str, figures: Mapping[str, Any]) -> "Look":
        """The same look, taken by a rule with its figures."""
        return replace(self, rule=rule, figures=figures)

    def at_all(self) -> "Look":
        """The same look at every case there is, whenever it was."""
        return replace(self, cases=None, since=None)

    def found(self, key: str, at: datetime, **more: Any) -> Found:
        """What the rule of this look has found."""
        return Found(self.rule, key, at, **more)

    # -- the log ------------------------------------------------------------------------------

    def rows(self, *actions: str) -> Select[Any]:
        """These acts, in order; each with its case, and its item if it is about one."""
        here = and_(CaseItem.case_id == Case.id, CaseItem.code == said("item"))
        query = (
            select(*EVENT)
            .join_from(HistoryEvent, Case, Case.number == HistoryEvent.subject)
            .outerjoin(CaseItem, here)
            .where(HistoryEvent.action.in_(actions), HistoryEvent.at <= self.now)
        )
        if self.cases is not None:
            return query.where(HistoryEvent.subject.in_(self.cases))
        return query if self.since is None else query.where(HistoryEvent.at >= self.since)

    def events(self, query: Select[Any]) -> Iterator[Event]:
        """The acts of a query."""
        for row in self.session.execute(query, execution_options={"yield_per": 1000}):
            yield Event._make(row)

    def whole(self, subjects: Collection[str], *actions: str) -> dict[str, list[Event]]:
        """Everything of these kinds that was ever done to these cases, by case and in order."""
        found: dict[str, list[Event]] = {subject: [] for subject in sorted(subjects)}
        every = iter(found)
        while some := list(islice(every, MANY)):
            look = replace(self, cases=frozenset(some), since=None)
            order = (HistoryEvent.subject, HistoryEvent.sequence)
            for event in look.events(look.rows(*actions).order_by(*order)):
                found[event.subject].append(event)
        return found

    def within(self, moment: Any) -> list[ColumnElement[bool]]:
        """What of other tables is looked at: these cases, or what happened at these times."""
        conditions: list[ColumnElement[bool]] = [moment <= self.now]
        if self.cases is not None:
            conditions.append(Case.number.in_(self.cases))
        elif self.since is not None:
            conditions.append(moment >= self.since)
        return conditions

    # -- what it is held against ----------------------------------------------------------------

    def catalogue(self, version_id: int) -> Catalogue:
        """The catalogue that a case was received under."""
        if version_id not in self.known:
            version = self.session.get_one(ProcessVersion, version_id)
            self.known[version_id] = published(version).catalogue
        return self.known[version_id]

    def calendar(self, region: str) -> WorkCalendar:
        return self.calendars(region)
