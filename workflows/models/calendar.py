"""What was imported of a calendar: the years of a region, over those of the files.

A region whose file stands on another one's follows it.  While open deadlines are being counted
again, the row of the region says how far that is: it is written down after every turn, so that
whoever goes on begins there, and nothing is due meanwhile.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Text, UniqueConstraint, exists
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.arrangement import of_plain
from workflows.calendar import Year
from workflows.models.base import Base
from workflows.models.subject import Subject, after


class Calendar(Subject, Base):
    """The calendar of a region: the subject that an import locks."""

    __tablename__ = "calendars"

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    #: How often something was imported; who has read an older one looks again.
    revision: Mapped[int] = mapped_column(default=0)
    #: Deadlines due from this day on are counted again, or were.
    recount_from: Mapped[date | None]
    #: From when on; None while there is nothing to do.
    recount_at: Mapped[datetime | None]
    #: The last case that was looked at, how many there were, were changed, and could not be.
    recount_after: Mapped[int] = mapped_column(default=0)
    recounted: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)

    years: Mapped[list["CalendarYear"]] = relationship(order_by="CalendarYear.year")

    @property
    def key(self) -> str:
        """How history names it."""
        return f"calendar:{self.region}"

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        region = after("calendar:", key)
        return None if region is None else cls.region == region


#: Whether deadlines are being counted again: nothing is due before that is done.
COUNTING_AGAIN = exists().where(Calendar.recount_at.is_not(None))


class CalendarYear(Base):
    """A year as it was imported: the days off by name, and the weekends worked."""

    __tablename__ = "calendar_years"
    __table_args__ = (UniqueConstraint("calendar_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    year: Mapped[int]
    status: Mapped[str]
    source: Mapped[str] = mapped_column(Text)
    #: Day, as 2027-02-05 → the name of its holiday.
    holidays: Mapped[dict[str, Any]]
    worked: Mapped[list[Any]]

    def as_year(self) -> Year:
        """As the arithmetic sees it."""
        names = ("status", "source", "holidays", "worked")
        return of_plain({name: getattr(self, name) for name in names})
