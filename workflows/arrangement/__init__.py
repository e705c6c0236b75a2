"""How a year is arranged (放假调休), as people write it: stretches of days off, weekends worked.

notice  the text of the announcement, read sentence by sentence
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, cast

from workflows.calendar import ONE_DAY, Status, Year
from workflows.errors import N_, WorkflowError

#: A stretch is a holiday of people, a name is one line.
LONGEST, NAME = 31, 40


class ArrangementFaulty(WorkflowError):
    """A year that cannot be arranged like this; its kinds say which day, and why."""


class DayOutsideYear(ArrangementFaulty):
    sentence = N_("%(day)s 不在 %(year)s 年内，请到那一年去填写。")


class DayOffAndWorked(ArrangementFaulty):
    sentence = N_("%(day)s 既放假又上班，请您核对。")


class WorkedWeekday(ArrangementFaulty):
    sentence = N_("%(day)s 不是周末，本来就上班，不必写成调休上班。")


class StretchBackwards(ArrangementFaulty):
    sentence = N_("放假从 %(first)s 到 %(last)s：结束早于开始，或者超过 31 天，请您核对。")


class HolidayUnnamed(ArrangementFaulty):
    sentence = N_("%(day)s 放假没有写节日名称（最多 40 字）。")


class DayOffTwice(ArrangementFaulty):
    sentence = N_("%(day)s 写在两个假期里，请您核对。")


class NoHoliday(ArrangementFaulty):
    sentence = N_("没有写任何放假的日子。")


@dataclass(frozen=True)
class Stretch:
    """Days off in a row under one name, both ends included."""

    first: date
    last: date
    name: str

    def days(self) -> Iterator[date]:
        """Each of them; raises StretchBackwards."""
        length = (self.last - self.first).days + 1
        if not 0 < length <= LONGEST:
            raise StretchBackwards(first=self.first, last=self.last)
        return (self.first + timedelta(n) for n in range(length))


def stretches(holidays: Mapping[date, str]) -> list[Stretch]:
    """Days off by name, those in a row under one name together."""
    found: list[Stretch] = []
    for day in sorted(holidays):
        before = found[-1] if found else None
        if before and before.last + ONE_DAY == day and before.name == holidays[day]:
            found[-1] = Stretch(before.first, day, before.name)
        else:
            found.append(Stretch(day, day, holidays[day]))
    return found


def days_off(written: Iterable[Stretch]) -> dict[date, str]:
    """Each day off with its name; raises an ArrangementFaulty that names the day."""
    found: dict[date, str] = {}
    for stretch in written:
        if not stretch.name.strip() or len(stretch.name) > NAME:
            raise HolidayUnnamed(day=stretch.first)
        for day in stretch.days():
            if day in found:
                raise DayOffTwice(day=day)
            found[day] = stretch.name.strip()
    return found


def check(number: int, year: Year) -> None:
    """Raise an ArrangementFaulty where a year is not arranged as one can be."""
    if not year.holidays:
        raise NoHoliday
    for day in sorted([*year.holidays, *year.worked]):
        if day.year != number:
            raise DayOutsideYear(day=day, year=number)
    for day in sorted(year.worked):
        if day in year.holidays:
            raise DayOffAndWorked(day=day)
        if day.weekday() < 5:
            raise WorkedWeekday(day=day)


def days_of(number: int) -> list[date]:
    """Every day of a year."""
    first, last = date(number, 1, 1).toordinal(), date(number, 12, 31).toordinal()
    return [date.fromordinal(day) for day in range(first, last + 1)]


def is_worked(year: Year, day: date) -> bool:
    """Whether people work that day."""
    return day in year.worked or (day.weekday() < 5 and day not in year.holidays)


def changed_days(number: int, before: Year, after: Year) -> list[date]:
    """The days on which people work and did not before, or the other way round."""
    return [day for day in days_of(number) if is_worked(before, day) != is_worked(after, day)]


def first_changed(number: int, before: Year, after: Year) -> date | None:
    """From which day on a limit may end at another time: an official year confirms every day."""
    if before.status != after.status:
        return date(number, 1, 1)
    return next(iter(changed_days(number, before, after)), None)


def in_words(year: Year) -> dict[str, Any]:
    """A year as history remembers it."""
    holidays: dict[str, list[str]] = {}
    for one in stretches(year.holidays):
        days = f"{one.first}/{one.last}" if one.last != one.first else str(one.first)
        holidays.setdefault(one.name, []).append(days)
    worked = [str(day) for day in sorted(year.worked)]
    return {"status": year.status, "source": year.source, "holidays": holidays, "worked": worked}


def as_plain(year: Year) -> dict[str, Any]:
    """A year as it is stored, and handed to other programs."""
    holidays = {str(day): year.holidays[day] for day in sorted(year.holidays)}
    worked = [str(day) for day in sorted(year.worked)]
    return {"status": year.status, "source": year.source, "holidays": holidays, "worked": worked}


def of_plain(plain: Mapping[str, Any]) -> Year:
    """A year from what `as_plain` made of it."""
    holidays = {date.fromisoformat(day): str(name) for day, name in plain["holidays"].items()}
    worked = frozenset(map(date.fromisoformat, plain["worked"]))
    return Year(cast(Status, plain["status"]), plain["source"], holidays, worked)


def neighbours(days: Iterable[date]) -> set[date]:
    """The weekend before and after these days, where it joins them (与周末连休)."""
    found = set(days)
    for step in (ONE_DAY, -ONE_DAY):
        for day in list(found):
            while (day := day + step).weekday() >= 5 and day not in found:
                found.add(day)
    return found


def in_a_row(days: Iterable[date]) -> bool:
    """Whether days follow each other without a gap."""
    return all(later - one == ONE_DAY for one, later in pairwise(sorted(days)))
