"""The figures of a bulletin: those of the statistics, as plain data that can be kept."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.clock import office_time
from workflows.models import Department, Person
from workflows.queries.scores import scores
from workflows.queries.statistics.asked import Asked, By, Grain
from workflows.queries.statistics.counting import Figures, Table, count
from workflows.queries.statistics.worked import Calendars
from workflows.schemes import in_force

#: The figures that a bulletin shows, in their order.
CASES = (
    "received", "accepted", "finished", "dropped", "standing", "on_time", "late", "on_time_rate",
    "once_rate", "parallel_rate", "saved_rate", "mean_days",
)  # fmt: skip
ITEMS = (
    "received", "finished", "standing", "same_day", "early", "on_time", "late", "unlawful",
    "on_time_rate", "mean_days",
)  # fmt: skip


def figures(
    session: Session, first: date, last: date, now: datetime, calendars: Calendars
) -> dict[str, Any]:
    """What is frozen: all cases, the tables by department and by window, the scores."""
    cases = count(session, Asked(Grain.CASES, first, last, By.WINDOW), calendars)
    items = count(session, Asked(Grain.ITEMS, first, last, By.DEPARTMENT), calendars)
    departments = {one.code: one for one in session.scalars(select(Department))}
    people = {str(key): name for key, name in session.execute(select(Person.id, Person.name))}
    named = {key: (one.name, one.name_en) for key, one in departments.items()}
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "at": office_time(now).isoformat(timespec="seconds"),
        "cases": _values(cases.total, CASES),
        "items": _values(items.total, ITEMS),
        "departments": _rows(items, ITEMS, named),
        "scores": _scores(session, first, last, calendars, named),
        "windows": _rows(cases, CASES, {key: (name, name) for key, name in people.items()}),
    }


def _scores(
    session: Session, first: date, last: date, calendars: Calendars,
    names: dict[str, tuple[str, str]],
) -> list[dict[str, Any]]:  # fmt: skip
    """The scores of the departments by the scheme that was in force."""
    asked, scheme = Asked(Grain.ITEMS, first, last, By.DEPARTMENT), in_force(first)
    found = []
    for one in scores(session, asked, scheme, calendars):
        name, name_en = names.get(one.key, (one.key, one.key))
        row = {"key": one.key, "name": name, "name_en": name_en, "scheme": scheme.version}
        found.append({**row, "total": one.total, "rank": one.rank, "finished": one.finished})
    return found


def _rows(
    table: Table, codes: tuple[str, ...], names: dict[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """The rows of a table, those that finished most first."""
    order = sorted(table.rows, key=lambda key: (-table.rows[key].counts["finished"], key))
    found = []
    for key in order:
        name, name_en = names.get(key, (key, key))
        row = {"key": key, "name": name, "name_en": name_en}
        found.append({**row, "values": _values(table.rows[key], codes)})
    return found


def _values(found: Figures, codes: tuple[str, ...]) -> dict[str, float | int | None]:
    """Shares and days are kept to six places: the same text on every machine."""
    values = {code: found.value(code) for code in codes}
    return {
        code: round(value, 6) if isinstance(value, float) else value
        for code, value in values.items()
    }
