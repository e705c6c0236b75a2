"""Import how a year is arranged (节假日安排) for a region: announced, corrected, or provisional.

No deadline is touched here.  The region, and those whose calendar stands on it, are marked to be
counted again; that begins when every process has had the time to look at the new calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from workflows.actions.base import CalendarAction, Context, written
from workflows.arrangement import as_plain, check, first_changed, in_words
from workflows.calendar import Status, Year
from workflows.errors import N_, WorkflowError
from workflows.models import Calendar, CalendarYear

#: Every process looks at least so often whether there is a newer calendar, and some to spare.
SETTLED = timedelta(seconds=5)
#: So many years ahead a year may be arranged.
AHEAD = 3


class CalendarChanged(WorkflowError):
    """Somebody imported something since this was looked at."""

    sentence = N_("日历刚刚被别人更新过，请您重新查看影响后再确认。")


class CalendarSame(WorkflowError):
    """Nothing would change."""

    sentence = N_("与现在的安排完全相同，没有需要导入的。")


class YearOutOfReach(WorkflowError):
    """Before the first year of the calendar, or too far ahead."""

    sentence = N_("可以导入 %(first)s 年到 %(last)s 年的安排，不能是 %(year)s 年。")


class SourceMissing(WorkflowError):
    """Days off are announced by somebody: the source is a part of the year."""

    sentence = N_("请写明依据，例如通知的名称和文号。")


@dataclass(frozen=True)
class ImportCalendar(CalendarAction):
    year: int
    revision: int
    status: Status
    source: str
    reason: str
    holidays: Mapping[date, str] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()

    name = "import_calendar"

    def apply(self, calendar: Calendar, ctx: Context) -> dict[str, Any]:
        if calendar.revision != self.revision:
            raise CalendarChanged
        reason = self._check(calendar, ctx)
        row = next((row for row in calendar.years if row.year == self.year), None)
        before = row.as_year() if row else ctx.calendars(calendar.region).year(self.year)
        after = Year(self.status, self.source.strip(), dict(self.holidays), self.worked)
        check(self.year, after)
        if after == before:
            raise CalendarSame
        if row is None:
            row = CalendarYear(year=self.year)
            calendar.years.append(row)
        for name, value in as_plain(after).items():
            setattr(row, name, value)
        calendar.revision += 1
        since = first_changed(self.year, before, after)
        if since is not None:
            _mark(calendar, since, ctx)
        return {
            "year": self.year,
            "reason": reason,
            "source": after.source,
            "before": in_words(before),
            "after": in_words(after),
            "revision": calendar.revision,
            "since": str(since) if since else None,
        }

    def _check(self, calendar: Calendar, ctx: Context) -> str:
        """The reason, or the refusal of a year that nobody can arrange, or of what nobody said."""
        first, last = ctx.calendars(calendar.region).first_year, ctx.today.year + AHEAD
        if not first <= self.year <= last:
            raise YearOutOfReach(year=self.year, first=first, last=last)
        if len(self.source.strip()) < 2:
            raise SourceMissing
        return written(self.reason)


def _mark(calendar: Calendar, since: date, ctx: Context) -> None:
    """Count again from the first case on; what an earlier import left undone is done as well."""
    begun = calendar.recount_from if calendar.recount_at else None
    calendar.recount_from = min(since, begun) if begun else since
    calendar.recount_at = ctx.now + SETTLED
    calendar.recount_after = calendar.recounted = calendar.changed = calendar.failed = 0
