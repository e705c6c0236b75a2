"""Clocks that were stopped for a special procedure (行政许可法 §45), with what was told in writing.

What stands still by itself, because an item waits for another one, is no special procedure.
"""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from workflows.clock import office_day
from workflows.models import Case, CaseItem, DeadlinePause
from workflows.models.deadline import ALL_BLOCKED, PREDECESSOR, SUSPENDED_CASE
from workflows.watch.look import Event, Look

END = time(23, 59, 59)
STOPPING = ("approve_pause", "pause_deadline", "suspend_case")


class Stop(NamedTuple):
    """A clock that was stopped: of an item, or of the whole case."""

    id: int
    kind: str
    started_on: date
    ended_on: date | None
    planned: int | None
    cap: int | None
    notice: str | None
    by: str
    case: str
    version_id: int
    region: str
    item_id: int | None
    item: str | None
    department: str | None

    @property
    def key(self) -> str:
        return f"{self.case}/{self.item or ''}/{self.id}"


def stops(look: Look, ended: bool = False) -> Iterator[Stop]:
    """What was stopped, in the part of the log that is looked at, or (``ended``) still stood."""
    row = DeadlinePause
    of_case = row.kind == SUSPENDED_CASE
    query = (
        select(
            row.id, row.kind, row.started_on, row.ended_on, row.planned_days, row.cap_days,
            row.notice_number, row.by, Case.number, Case.version_id, Case.region, row.item_id,
            CaseItem.code, CaseItem.department_code,
        )
        .join_from(row, Case, Case.id == row.case_id)
        .outerjoin(CaseItem, CaseItem.id == row.item_id)
        .where(row.kind.not_in((PREDECESSOR, ALL_BLOCKED)), or_(~of_case, row.item_id.is_(None)))
        .order_by(row.id)
    )  # fmt: skip
    for found in look.session.execute(query.where(*_when(look, ended))):
        yield Stop._make(found)


def _when(look: Look, ended: bool) -> list[Any]:
    if look.cases is not None:
        return [Case.number.in_(look.cases)]
    if look.since is None:
        return []
    first = office_day(look.since)
    still = DeadlinePause.ended_on.is_(None) | (DeadlinePause.ended_on >= first)
    return [still if ended else DeadlinePause.started_on >= first]


def notices(look: Look, found: Sequence[Stop]) -> Iterator[tuple[Stop, list[Event]]]:
    """Each with the acts that stopped it and let it run again."""
    ends = ("resume_deadline", "resume_case")
    history = look.whole({stop.case for stop in found}, *STOPPING, *ends)
    for stop in found:
        rows = [row for row in history[stop.case] if row.item == stop.item]
        began = [row for row in rows if row.action in STOPPING and _is(row, stop)]
        after = [row for row in rows if row.action in ends and office_day(row.at) == stop.ended_on]
        yield stop, began + after


def _is(row: Event, stop: Stop) -> bool:
    """Whether an act stopped this clock: by the number of the notice, else by the day."""
    if stop.notice:
        return bool(row.details.get("number") == stop.notice)
    return office_day(row.at) - stop.started_on == timedelta() and row.details.get("granted", True)
