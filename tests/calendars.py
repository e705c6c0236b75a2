"""The calendar of 2027 as it might be announced, and importing it in the hall."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.hall import Hall
from workflows.actions.import_calendar import ImportCalendar
from workflows.arrangement import Stretch, days_off
from workflows.models import Calendar

SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"


def day(month: int, number: int) -> date:
    return date(2027, month, number)


#: Nobody knows it yet: stretches as people would arrange them around the days of the law.
OFF = (
    Stretch(day(1, 1), day(1, 3), "元旦"),
    Stretch(day(2, 5), day(2, 11), "春节"),
    Stretch(day(4, 3), day(4, 5), "清明节"),
    Stretch(day(5, 1), day(5, 5), "劳动节"),
    Stretch(day(6, 9), day(6, 9), "端午节"),
    Stretch(day(9, 15), day(9, 15), "中秋节"),
    Stretch(day(10, 1), day(10, 7), "国庆节"),
)
WORKED = frozenset({day(1, 30), day(2, 20), day(4, 25), day(5, 8), day(9, 26), day(10, 9)})


def arranged(revision: int = 0, off: Iterable[Stretch] = OFF, **changes: Any) -> ImportCalendar:
    """The import of 2027 as it was announced."""
    values: dict[str, Any] = {
        "year": 2027, "revision": revision, "status": "official", "source": SOURCE,
        "reason": "国务院办公厅已公布", "holidays": days_off(off), "worked": WORKED, **changes,
    }  # fmt: skip
    return ImportCalendar(**values)


def imported(hall: Hall, **changes: Any) -> Calendar:
    """Import it for the whole country."""
    calendar: Calendar = hall.act("admin", "cn", arranged(**changes))
    return calendar


def stored(hall: Hall, region: str = "cn") -> Calendar:
    """The calendar as it is in the database."""
    with hall.read() as session:
        return session.query(Calendar).filter_by(region=region).one()
