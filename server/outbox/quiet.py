"""Quiet hours (免打扰): at night and on days nobody works, only what is overdue comes through."""

from datetime import datetime, time

from workflows.calendar import WorkCalendar
from workflows.clock import office_moment, office_time
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError

#: Lights that do not wait for the morning.
THROUGH = frozenset({Light.RED, Light.PURPLE})


class QuietHoursMalformed(WorkflowError):
    """The setting of the quiet hours cannot be read."""

    sentence = N_("免打扰时段“%(text)s”无法识别，应写作 20:00-08:00。")


def hours(text: str) -> tuple[time, time] | None:
    """(evening, morning) of "20:00-08:00"; None when nothing is quiet.

    Raises QuietHoursMalformed.
    """
    if not text:
        return None
    evening, _, morning = text.partition("-")
    try:
        found = time.fromisoformat(evening.strip()), time.fromisoformat(morning.strip())
    except ValueError:
        raise QuietHoursMalformed(text=text) from None
    if found[0] <= found[1]:
        raise QuietHoursMalformed(text=text)
    return found


def earliest(light: str, now: datetime, calendar: WorkCalendar, quiet: str) -> datetime:
    """When a message of this light may go out: now, or on the next working morning."""
    found = hours(quiet)
    if found is None or light in THROUGH:
        return now
    evening, morning = found
    here = office_time(now)
    working = calendar.is_workday(here.date())
    if working and morning <= here.time() < evening:
        return now
    if working and here.time() < morning:
        return office_moment(here.date(), morning)
    return office_moment(calendar.nth_workday_after(here.date(), 1), morning)
