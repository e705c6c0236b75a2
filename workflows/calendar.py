"""Working days: weekends, statutory holidays, and the weekends worked in exchange (调休).

The days are data: ``calendars/cn.toml`` holds what the State Council announced for the country,
and another file may stand on it for a region with festivals or hours of its own
(全国年节及纪念日放假办法 §4). A year that has not been announced is provisional: it is counted
with weekends and statutory festivals, so that nothing stops, and counted again once it is known.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, time, timedelta
from fractions import Fraction
from functools import cache, cached_property
from itertools import count, pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar, cast, get_args

from workflows.errors import N_, WorkflowError

Status = Literal["official", "provisional"]
Session = tuple[time, time]
T = TypeVar("T")

SHIPPED = Path(__file__).parent / "calendars"
ONE_DAY = timedelta(days=1)


class UnknownRegion(WorkflowError):
    """There is no calendar of this name."""

    sentence = N_("没有地区“%(region)s”的工作日历；已有：%(known)s。")


class YearNotCovered(WorkflowError):
    """A day before the first, or after the last, year that any calendar can speak of."""

    sentence = N_("工作日历从%(first)s年开始，没有%(year)s年。")


class CalendarFaulty(WorkflowError):
    """A calendar file that cannot be used; its kinds say what is wrong and where."""


class CalendarUnreadable(CalendarFaulty):
    sentence = N_("日历文件%(file)s不是有效的TOML：%(value)s。")


class CalendarKeyUnknown(CalendarFaulty):
    sentence = N_("日历文件%(file)s中有不认识的键“%(key)s”。")


class CalendarKeyMissing(CalendarFaulty):
    sentence = N_("日历文件%(file)s缺少“%(key)s”。")


class CalendarValueWrong(CalendarFaulty):
    sentence = N_("日历文件%(file)s中“%(key)s”的值无法识别：%(value)s。")


class CalendarYearMismatch(CalendarFaulty):
    sentence = N_("日历文件%(file)s中“%(key)s”的日期%(value)s不在该年份内。")


class CalendarDayTwice(CalendarFaulty):
    sentence = N_("日历文件%(file)s中“%(key)s”的%(value)s既放假又上班。")


class CalendarWorkedWeekday(CalendarFaulty):
    sentence = N_("日历文件%(file)s中“%(key)s”的%(value)s不是周末，不能写作调休上班。")


@dataclass(frozen=True)
class Year:
    """How one year is arranged: the days off by name, the weekends worked, and who said so."""

    status: Status
    source: str
    holidays: Mapping[date, str]
    worked: frozenset[date] = frozenset()


#: Years that were imported, by region: each takes the place of what the files say of it.
Imported = Mapping[str, Mapping[int, Year]]


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """The working days and hours of the halls of one region, over those of its ``base``.

    ``years`` are those that are described. Any later year is counted with weekends and the
    festivals of ``every_year`` (by month and day); one before the first: YearNotCovered.
    """

    region: str
    name: str
    sessions: tuple[Session, ...]
    years: Mapping[int, Year]
    every_year: Mapping[tuple[int, int], str]
    base: str = ""
    _workdays: tuple[date, ...] = field(default=(), init=False, repr=False)

    @cached_property
    def first_year(self) -> int:
        return min(self.years)

    @cached_property
    def standard_hours(self) -> Fraction:
        """The working hours of one full day."""
        minutes = [(b.hour - a.hour) * 60 + b.minute - a.minute for a, b in self.sessions]
        return Fraction(sum(minutes), 60)

    def year(self, number: int) -> Year:
        """The arrangement of a year, made up from the law where nothing is known of it yet."""
        if number < self.first_year or number > MAXYEAR:
            raise YearNotCovered(year=number, first=self.first_year)
        if number in self.years:
            return self.years[number]
        festivals = {date(number, *day): name for day, name in self.every_year.items()}
        return Year("provisional", "", festivals)

    def is_provisional(self, year: int) -> bool:
        """Whether the arrangement of this year has yet to be announced."""
        return self.year(year).status == "provisional"

    def missing_next_year(self, today: date) -> bool:
        """Whether to ask for next year's announcement: it comes in November or December."""
        return today.month >= 11 and self.is_provisional(today.year + 1)

    def is_workday(self, day: date) -> bool:
        year = self.year(day.year)
        return day in year.worked or (day.weekday() < 5 and day not in year.holidays)

    def ordinal(self, day: date) -> int:
        """How many working days lie before ``day``: the place of a working day, from 0."""
        if day.year < self.first_year:
            raise YearNotCovered(year=day.year, first=self.first_year)
        return bisect_left(self._workdays_through(day.year), day)

    def workday_at(self, ordinal: int) -> date:
        """The working day at this place in the row; the inverse of ``ordinal``."""
        days = self._workdays_through(self.first_year)
        while ordinal >= len(days):
            # No year has more than 262 working days, so this never goes a year too far.
            days = self._workdays_through(days[-1].year + 1 + (ordinal - len(days)) // 262)
        return days[ordinal]

    def nth_workday_after(self, day: date, n: int) -> date:
        """The n-th working day (n from 1) after ``day``, which itself does not count."""
        return self.workday_at(self.ordinal(day + ONE_DAY) + n - 1)

    def workdays_after(self, day: date) -> Iterator[date]:
        """Every working day after ``day``, which itself does not count."""
        return map(self.workday_at, count(self.ordinal(day + ONE_DAY)))

    def workdays_between(self, after: date, through: date) -> int:
        """How many working days follow ``after``, to ``through``; negative the other way round."""
        return self.ordinal(through + ONE_DAY) - self.ordinal(after + ONE_DAY)

    def _workdays_through(self, year: int) -> tuple[date, ...]:
        """All working days from the first year to at least ``year``, worked out once.

        The row is replaced as a whole, so that threads may share a calendar.
        """
        days = self._workdays
        known = days[-1].year if days else self.first_year - 1
        if year > known:
            first, last = date(known + 1, 1, 1), date(year, 12, 31)
            new = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
            days += tuple(filter(self.is_workday, new))
            object.__setattr__(self, "_workdays", days)
        return days


def regions(folder: Path | None = None) -> dict[str, Path]:
    """The calendar files there are, by region; one in ``folder`` wins over a shipped one."""
    places = (SHIPPED, folder or SHIPPED)
    return {path.stem: path for place in places for path in sorted(place.glob("*.toml"))}


@cache
def load(region: str = "cn", folder: Path | None = None) -> WorkCalendar:
    """The calendar of a region, from the shipped files and those of an office's own ``folder``.

    Read once. Raises UnknownRegion, or a CalendarFaulty that names file, key and what is wrong.
    """
    return build(region, regions(folder), {})


def build(
    region: str, known: Mapping[str, Path], imported: Imported, above: tuple[str, ...] = ()
) -> WorkCalendar:
    """As `load`, of these files, with the years that were imported since laid over them."""
    if region not in known:
        raise UnknownRegion(region=region, known="、".join(sorted(known)))
    file, table = known[region].name, _read(known[region])
    base = _take(file, table, "base", str, "")
    if base in (*above, region):
        raise CalendarValueWrong(file=file, key="base", value=base)
    under = build(base, known, imported, (*above, region)) if base else None
    name = _take(file, table, "name", str)
    sessions = under.sessions if under and "sessions" not in table else _sessions(file, table)
    festivals = _festivals(file, _take(file, table, "every_year", dict, {}))
    for key in table:
        if len(key) != 4 or not key.isdecimal():
            raise CalendarKeyUnknown(file=file, key=key, value="")
    years = {int(key): _year(file, table, key, under) for key in tuple(table)}
    if under:
        festivals, years = {**under.every_year, **festivals}, {**under.years, **years}
    if not years:
        raise CalendarKeyMissing(file=file, key="[2004]", value="")
    years |= imported.get(region, {})
    return WorkCalendar(region, name, sessions, years, festivals, base)


def _year(file: str, tables: dict[str, Any], key: str, under: WorkCalendar | None) -> Year:
    """One year's table, laid over the same year of the calendar that the file is based on."""
    table, number = _take(file, tables, key, dict), int(key)
    holidays = {
        day: name
        for name, entries in _take(file, table, f"{key}.holidays", dict, {}).items()
        for day in _days(file, f"{key}.holidays.{name}", number, entries)
    }
    worked = frozenset(_days(file, f"{key}.worked", number, table.pop("worked", [])))
    for day in sorted(worked):
        if day.weekday() < 5 or day in holidays:
            kind = CalendarDayTwice if day in holidays else CalendarWorkedWeekday
            raise kind(file=file, key=f"{key}.worked", value=day)
    if under and number >= under.first_year:
        below = under.year(number)
        table = {"status": below.status, "source": below.source or under.name, **table}
        kept = {day: name for day, name in below.holidays.items() if day not in worked}
        holidays, worked = kept | holidays, (below.worked - holidays.keys()) | worked
    status, source = (_take(file, table, f"{key}.{part}", str) for part in ("status", "source"))
    if status not in get_args(Status):
        raise CalendarValueWrong(file=file, key=f"{key}.status", value=status)
    for unknown in table:
        raise CalendarKeyUnknown(file=file, key=f"{key}.{unknown}", value="")
    return Year(cast(Status, status), source, holidays, worked)


def _days(file: str, key: str, year: int, entries: object) -> list[date]:
    """The days of a list such as ["2026-01-01/2026-01-03", "2026-12-31"], all in one year."""
    if not isinstance(entries, list):
        raise CalendarValueWrong(file=file, key=key, value=entries)
    days: list[date] = []
    for entry in entries:
        first, slash, last = str(entry).partition("/")
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last if slash else first)
        except ValueError:
            raise CalendarValueWrong(file=file, key=key, value=entry) from None
        if end < start:
            raise CalendarValueWrong(file=file, key=key, value=entry)
        if not start.year == end.year == year:
            raise CalendarYearMismatch(file=file, key=key, value=entry)
        days += [start + timedelta(n) for n in range((end - start).days + 1)]
    return days


def _festivals(file: str, table: dict[str, Any]) -> dict[tuple[int, int], str]:
    """The days that are off in any year, written "05-01"; never the 29th of February."""
    festivals: dict[tuple[int, int], str] = {}
    for name, entries in table.items():
        dated = [f"2001-{entry}" for entry in entries] if isinstance(entries, list) else entries
        days = _days(file, f"every_year.{name}", 2001, dated)
        festivals |= {(day.month, day.day): name for day in days}
    return festivals


def _sessions(file: str, table: dict[str, Any]) -> tuple[Session, ...]:
    """The hours of the hall, such as ["09:00-12:00", "13:30-17:30"], in the order of the day."""
    entries = _take(file, table, "sessions", list)
    try:
        pairs = [map(time.fromisoformat, str(entry).split("-")) for entry in entries]
        sessions = tuple((opening, closing) for opening, closing in pairs)
    except ValueError:
        sessions = ()
    moments = [moment for session in sessions for moment in session]
    if not moments or any(later <= earlier for earlier, later in pairwise(moments)):
        raise CalendarValueWrong(file=file, key="sessions", value=entries)
    return sessions


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CalendarUnreadable(file=path.name, key="", value=error) from error


def _take(file: str, table: dict[str, Any], key: str, kind: type[T], default: T | None = None) -> T:
    """Take the value of a dotted key out of the table it stands in, checking its type."""
    value = table.pop(key.rpartition(".")[2], default)
    if value is None:
        raise CalendarKeyMissing(file=file, key=key, value="")
    if not isinstance(value, kind) or (value == "" and default is None):
        raise CalendarValueWrong(file=file, key=key, value=value)
    return value
