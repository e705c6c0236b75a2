"""R05: a special procedure took longer than was told, or than its cap (行政许可法 §45).

The clock runs on by itself when the time is used up, so the limit of the item is safe; but the
applicant was told a time in writing, and it was not kept.
"""

from collections.abc import Iterator
from datetime import date

from workflows.clock import office_day, office_moment
from workflows.errors import N_
from workflows.watch.found import Found, Level
from workflows.watch.look import Look
from workflows.watch.pauses import END, Stop, notices, stops
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """Every pause that lasted longer than its plan."""
    over = [stop for stop in stops(look, ended=True) if _over(look, stop) is not None]
    for stop, rows in notices(look, over):
        last = _over(look, stop)
        assert last is not None, "asked before"
        yield look.found(
            stop.key, office_moment(last, END), case=stop.case, item=stop.item,
            department=stop.department or look.catalogue(stop.version_id).theme.lead,
            evidence=tuple(row.proof for row in rows),
            facts={"procedure": stop.kind, "planned": stop.planned, "days": _days(look, stop)},
        )  # fmt: skip


def _days(look: Look, stop: Stop) -> int:
    """Working days from the first that stood still up to and without the day it was resumed."""
    calendar = look.calendar(stop.region)
    ended = stop.ended_on or office_day(look.now)
    return calendar.ordinal(ended) - calendar.ordinal(stop.started_on)


def _over(look: Look, stop: Stop) -> date | None:
    """The last day that was told, when the procedure went on after it."""
    told = stop.cap if stop.planned is None else stop.planned
    if told is None or _days(look, stop) <= told:
        return None
    calendar = look.calendar(stop.region)
    return calendar.workday_at(calendar.ordinal(stop.started_on) + told - 1)


RULE = Rule("R05", Family.LIMITS, Level.YELLOW, N_("特别程序超过告知的时间"), "行政许可法45", find)
