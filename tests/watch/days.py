"""Days of the hall as somebody counts them who has only the file of holidays."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

HALL = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
#: A pause that lasts longer than this has no end.
ENDLESS = timedelta(1000)


def day(moment: datetime) -> date:
    return moment.astimezone(HALL).date()


class Calendar:
    """Which days are worked, from the file of holidays."""

    def __init__(self, path: Path) -> None:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        self.off: set[date] = set()
        self.worked: set[date] = set()
        for year in (value for key, value in table.items() if key.isdecimal()):
            self.worked |= {date.fromisoformat(text) for text in year.get("worked", [])}
            for spans in year["holidays"].values():
                for span in spans:
                    first, _, last = span.partition("/")
                    one, end = date.fromisoformat(first), date.fromisoformat(last or first)
                    while one <= end:
                        self.off.add(one)
                        one += DAY
        parts = (text.split("-") for text in table["sessions"])
        self.sessions = [(time.fromisoformat(a), time.fromisoformat(b)) for a, b in parts]

    def works(self, one: date) -> bool:
        return one in self.worked or (one.weekday() < 5 and one not in self.off)

    def between(self, after: date, through: date) -> list[date]:
        """The working days after one day, to another."""
        span = (after + DAY * n for n in range(1, (through - after).days + 1))
        return [one for one in span if self.works(one)]

    def due(
        self, start: datetime, limit: str, longer: int, frozen: Callable[[date], bool]
    ) -> datetime | None:
        """When a limit in working days or hours is over; None while nobody can say."""
        amount = float(limit.removesuffix("wd").removesuffix("h"))
        whole = (int(amount) if limit.endswith("wd") else 0) + longer
        opens = sum((b.hour - a.hour) * 60 + b.minute - a.minute for a, b in self.sessions)
        rest = timedelta(minutes=(amount % 1) * opens)
        if not limit.endswith("wd"):
            rest = timedelta(hours=amount)
        one, left = day(start), whole
        while left:
            if one > day(start) + ENDLESS:
                return None
            one += DAY
            left -= self.works(one) and not frozen(one)
        if rest:
            return self._hours(start, one + DAY if whole else one, rest, frozen)
        while not self.works(one):
            one += DAY
        return datetime.combine(one, time(23, 59, 59), HALL)

    def _hours(
        self, start: datetime, one: date, rest: timedelta, frozen: Callable[[date], bool]
    ) -> datetime | None:
        while one < day(start) + ENDLESS:
            counts = self.works(one) and (one == day(start) or not frozen(one))
            for a, b in self.sessions if counts else ():
                begins = max(datetime.combine(one, a, HALL), start.astimezone(HALL))
                length = datetime.combine(one, b, HALL) - begins
                if length > timedelta():
                    if rest <= length:
                        return begins + rest
                    rest -= length
            one += DAY
        return None
