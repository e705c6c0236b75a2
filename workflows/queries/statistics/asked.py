"""What is asked of the statistics: cases or items, of which days, by what, and of whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum

from workflows.calendar import ONE_DAY
from workflows.clock import office_moment


class Grain(StrEnum):
    """What is counted: whole applications, or what each department decides in them."""

    CASES = "cases"
    ITEMS = "items"


class By(StrEnum):
    """What the figures are told apart by."""

    NOTHING = "all"
    DEPARTMENT = "department"
    ITEM = "item"
    PERSON = "person"
    POST = "post"
    WINDOW = "window"
    THEME = "theme"
    REGION = "region"
    MONTH = "month"


#: By what each can be told apart.
KEYS: Mapping[Grain, tuple[By, ...]] = {
    Grain.CASES: (By.WINDOW, By.THEME, By.REGION, By.MONTH),
    Grain.ITEMS: (By.DEPARTMENT, By.ITEM, By.POST, By.PERSON, By.THEME, By.REGION, By.MONTH),
}
#: The key of rows that have none: received by nobody, decided by nobody.
NOBODY = "-"


@dataclass(frozen=True)
class Asked:
    """One table of figures: the days, both included, and what else has to hold."""

    grain: Grain
    first: date
    last: date
    by: By = By.NOTHING
    only: Mapping[By, str] = field(default_factory=dict)

    @property
    def begins(self) -> datetime:
        """The first moment of the period."""
        return office_moment(self.first, time.min)

    @property
    def ends(self) -> datetime:
        """The first moment after the period."""
        return office_moment(self.last + ONE_DAY, time.min)

    def of(self, key: str) -> "Asked":
        """Only what one row of the table counts."""
        if self.by is By.NOTHING:
            return self
        if self.by is not By.MONTH:
            return replace(self, by=By.NOTHING, only={**self.only, self.by: key})
        first, last = month(key)
        return replace(self, by=By.NOTHING, first=max(first, self.first), last=min(last, self.last))


def month(key: str) -> tuple[date, date]:
    """The first and the last day of a month, written 2026-03."""
    first = date.fromisoformat(f"{key}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, after - ONE_DAY
