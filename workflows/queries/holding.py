"""Late cases: the way through their items that took longest, and the item that held them up.

The way is walked back from the item that ended last (or is still open): before it stands the item
it waited for, and so on.  On that way, the item that went furthest beyond its promise held it up.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from workflows.catalogue.published import published
from workflows.clock import office_day
from workflows.models import Case, CaseItem, Deadline
from workflows.queries.calendars import Calendars
from workflows.queries.dashboard import joint_late
from workflows.queries.statistics.asked import Asked, Grain
from workflows.queries.statistics.conditions import CASES
from workflows.queries.statistics.sources import Event, rows, versions
from workflows.queries.statistics.worked import used

#: So many cases are looked at: the latest.
MOST = 60


@dataclass(frozen=True)
class Leg:
    """An item on the way: the working days it used, and how far beyond its promise."""

    item: CaseItem
    used: int
    over: int


@dataclass(frozen=True)
class Held:
    """A late case, its way, and who held it up; ``open`` while it is not decided."""

    case: Case
    way: tuple[Leg, ...]
    holder: Leg
    open: bool


def held(session: Session, now: datetime, asked: Asked, calendars: Calendars) -> list[Held]:
    """The late cases that are open, and those that were finished late in a period."""
    assert asked.grain is Grain.CASES, "whole cases"
    known = versions(session)
    going = select(Case.id).join(Deadline, Deadline.case_id == Case.id).where(joint_late(now))
    over = rows(asked, Event.FINISHED, known, Case.id).where(CASES["late"][1](asked, known))
    newest = [*session.scalars(going.order_by(Deadline.due_at).limit(MOST))]
    newest += session.scalars(over.order_by(Case.decided_at.desc()).limit(MOST - len(newest)))
    query = select(Case).where(Case.id.in_(newest)).order_by(Case.decided_at.desc(), Case.id)
    parts = (Case.items, Case.pauses, Case.version)
    found = session.scalars(query.options(*map(selectinload, parts)))
    ways = ((case, way(case, now, calendars)) for case in found)
    return [
        Held(case, legs, max(legs, key=lambda leg: (leg.over, leg.used)), case.decided_at is None)
        for case, legs in ways
        if legs
    ]


def way(case: Case, now: datetime, calendars: Calendars) -> tuple[Leg, ...]:
    """The items that followed one upon another to the end, the first one first."""
    begun = {item.code: item for item in case.items if item.started_at}
    ended = {code: item.decided_at or now for code, item in begun.items()}
    if not begun:
        return ()
    catalogue = published(case.version).catalogue
    code = max(ended, key=lambda one: (ended[one], one))
    found: list[CaseItem] = []
    while code and begun[code] not in found:
        found.append(begun[code])
        before = [
            gate.item
            for gate in catalogue.item(code).after
            if gate.item in begun and ended[gate.item] >= (begun[code].started_at or now)
        ]
        code = max(before, key=ended.__getitem__, default="")
    return tuple(_leg(case, item, ended[item.code], calendars) for item in reversed(found))


def _leg(case: Case, item: CaseItem, end: datetime, calendars: Calendars) -> Leg:
    assert item.started_at is not None, "only what has begun"
    mine = [row for row in case.pauses if row.item_id == item.id]
    calendar = calendars(case.region)
    days = used(office_day(item.started_at), office_day(end), mine, calendar)
    catalogue = published(case.version).catalogue
    _statute, promised = catalogue.limits(catalogue.item(item.code))
    return Leg(item, days, days - promised.days)
