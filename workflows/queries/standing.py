"""How an item or a case stands with its time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflows.calendar import WorkCalendar
from workflows.deadlines import Due, Light, days_left, is_paused, light
from workflows.models import Deadline, DeadlinePause
from workflows.models.deadline import Basis, Clock


@dataclass(frozen=True)
class Standing:
    """The light, when it is due on the promise and by the statute, and what is left.

    ``left`` counts working days; None while a pause keeps it from being due, or when it is done.
    """

    light: Light
    due_at: datetime | None = None
    statutory_at: datetime | None = None
    left: int | None = None
    limit: str | None = None
    used: float | None = None
    provisional: bool = False
    done: bool = False


def standing(
    deadlines: Iterable[Deadline],
    pauses: Sequence[DeadlinePause],
    clock: Clock,
    now: datetime,
    calendar: WorkCalendar,
) -> Standing | None:
    """The standing on one clock; None when it never ran."""
    rows = {row.basis: row for row in deadlines if row.clock is clock}
    if not rows:
        return None
    promised, statutory = rows.get(Basis.PROMISED), rows.get(Basis.STATUTORY)
    main = promised or statutory
    assert main is not None
    at = main.closed_at or now
    ledger = main.ledger(pauses)
    paused = main.closed_at is None and is_paused(now, ledger, calendar)
    held = Light.BLUE if clock is Clock.SUPPLEMENT else Light.GREY if paused else None
    due_at = promised.due_at if promised else None
    statutory_at = statutory.due_at if statutory else None
    left = days_left(at, Due(main.due_at, main.provisional, 0), calendar)
    whole = ledger.days
    return Standing(
        light=_light(at, main, due_at or statutory_at, statutory_at, held),
        due_at=main.due_at,
        statutory_at=statutory_at,
        left=left,
        limit=main.limit,
        used=min(1.0, max(0.0, (whole - left) / whole)) if whole and left is not None else None,
        provisional=main.provisional,
        done=main.closed_at is not None,
    )


def _light(
    at: datetime,
    main: Deadline,
    due_at: datetime | None,
    statutory_at: datetime | None,
    held: Light | None,
) -> Light:
    if main.closed_at is not None:
        found = light(at, due_at, statutory_at, None)
        return Light.GREEN if found in (Light.GREY, Light.YELLOW) else found
    return light(at, due_at, statutory_at, main.yellow_at, held)


def ledgers(session: Session, which: ColumnElement[bool]) -> list[Deadline]:
    """The clocks for which this holds."""
    return list(session.scalars(select(Deadline).where(which)))


def pauses_of(session: Session, which: ColumnElement[bool]) -> list[DeadlinePause]:
    """The pauses for which this holds."""
    return list(session.scalars(select(DeadlinePause).where(which)))
