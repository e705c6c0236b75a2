"""The calendar of a region, by its name; handed in, so that a hall may have its own."""

from collections.abc import Callable

from workflows.calendar import WorkCalendar

Calendars = Callable[[str], WorkCalendar]
