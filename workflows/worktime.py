"""Working time as one line of seconds, on which the work of people is added up.

Closing time and the next opening are one place on the line: nobody works in between.
"""

from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate

from workflows.calendar import WorkCalendar
from workflows.clock import office_moment, office_time
from workflows.deadlines import Limit, Unit

Spans = tuple[tuple[int, int], ...]


class WorkTime:
    """The working seconds of the halls of a region, from the first day of its calendar on."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar

    @cached_property
    def spans(self) -> Spans:
        """Opening and closing of each session, in seconds of the day."""
        return tuple(
            (a.hour * 3600 + a.minute * 60, b.hour * 3600 + b.minute * 60)
            for a, b in self.calendar.sessions
        )

    @cached_property
    def in_a_day(self) -> int:
        """The working seconds of one day."""
        return sum(closes - opens for opens, closes in self.spans)

    @cached_property
    def _before(self) -> tuple[int, ...]:
        """The working seconds of the day before each session."""
        return tuple(accumulate((b - a for a, b in self.spans), initial=0))

    def place(self, moment: datetime) -> int:
        """Where an instant lies on the line; one outside working hours lies at the next opening."""
        local = office_time(moment)
        days = self.calendar.ordinal(local.date())
        if not self.calendar.is_workday(local.date()):
            return days * self.in_a_day
        at = local.hour * 3600 + local.minute * 60 + local.second
        worked = sum(max(0, min(at, closes) - opens) for opens, closes in self.spans)
        return days * self.in_a_day + worked

    def moment(self, place: int) -> datetime:
        """The instant at a place; at the end of a session it is closing time."""
        days, rest = divmod(place - 1, self.in_a_day)
        rest += 1
        for (opens, _), before in zip(reversed(self.spans), self._before[-2::-1], strict=True):
            if rest > before:
                at = timedelta(seconds=opens + rest - before)
                break
        day = self.calendar.workday_at(days)
        return office_moment(day, datetime.min.time()) + at

    def span(self, limit: Limit) -> int:
        """So much work in seconds: a working day is a full day of it, calendar days 5 in 7."""
        if limit.unit is Unit.HOURS:
            return round(limit.amount * 3600)
        days = limit.amount if limit.unit is Unit.WORKING_DAYS else limit.amount * 5 / 7
        return round(days * self.in_a_day)

    def later(self, moment: datetime, seconds: int) -> datetime:
        """The instant after so much more work, never before the one it is counted from."""
        return max(moment, self.moment(self.place(moment) + seconds)) if seconds else moment
