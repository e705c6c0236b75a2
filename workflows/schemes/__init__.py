"""How departments and posts are scored (得分办法): data, with a version and the day it holds from.

A scheme is a file; a change is another file.  What is scored is the scheme that was in force on
the first day of the period.  Nothing here knows where the figures come from.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from workflows.errors import N_, WorkflowError

FOLDER = Path(__file__).parent


class SchemeFaulty(WorkflowError):
    """A scheme that cannot be used, and where it is wrong."""

    sentence = N_("得分办法 %(file)s 有误：%(what)s。")


@dataclass(frozen=True)
class Deduction:
    """What takes points away: a share of the statistics, cards of a level, or bad ratings."""

    of: Literal["share", "card", "rating"]
    points: float
    what: str = ""
    families: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True)
class ScoredPart:
    """A part of the score: its weight is what it begins with."""

    name: str
    name_en: str
    weight: float
    deductions: tuple[Deduction, ...]


@dataclass(frozen=True)
class Bonus:
    """What adds points: from a share on, and more for every step beyond."""

    what: str
    starts: float
    points: float
    each: float
    more: float
    most: float

    def earned(self, value: float | None) -> float:
        """The points for a share; none where there is nothing to take a share of."""
        if value is None or value < self.starts:
            return 0.0
        steps = int((value - self.starts) / self.each + 1e-9)
        return min(self.most, self.points + steps * self.more)


@dataclass(frozen=True)
class Scheme:
    """A version: from when it holds, whose rule it is, its parts, and who is not ranked.

    ``excluded`` says what becomes of parts without data: "scale" lets the others count for all.
    """

    version: int
    starts: date
    name: str
    source: str
    excluded: Literal["scale"]
    least: int
    families: Mapping[str, tuple[str, ...]]
    parts: tuple[ScoredPart, ...]
    bonuses: tuple[Bonus, ...]

    def family(self, rule: str | None) -> str | None:
        """The family of a rule; of a card issued by hand, that of “-”."""
        return next((name for name, rules in self.families.items() if (rule or "-") in rules), None)


@cache
def schemes(folder: Path = FOLDER) -> tuple[Scheme, ...]:
    """Every version there is, the latest first.  Raises SchemeFaulty."""
    found = [read(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: (one.starts, one.version), reverse=True))


def in_force(day: date) -> Scheme:
    """The scheme that holds on a day."""
    return next(one for one in schemes() if one.starts <= day)


def read(file: str, text: str) -> Scheme:
    """A scheme as it is written.  Raises SchemeFaulty that says what is wrong."""
    try:
        table = tomllib.loads(text)
        return _scheme(file, table)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SchemeFaulty(file=file, what=str(error)) from error


def _scheme(file: str, table: dict[str, Any]) -> Scheme:
    families = {name: tuple(rules) for name, rules in table["families"].items()}
    scheme = Scheme(
        table["version"], date.fromisoformat(table["from"]), table["name"], table["source"],
        table["excluded"], table["least"], families,
        tuple(_part(part) for part in table["parts"]),
        tuple(_bonus(bonus) for bonus in table.get("bonuses", [])),
    )  # fmt: skip
    whole = sum(part.weight for part in scheme.parts)
    named = {name for part in scheme.parts for one in part.deductions for name in one.families}
    if whole != 100:
        raise SchemeFaulty(file=file, what=f"{whole} ≠ 100")
    if unknown := named - families.keys():
        raise SchemeFaulty(file=file, what="、".join(sorted(unknown)))
    return scheme


def _part(table: dict[str, Any]) -> ScoredPart:
    deductions = tuple(
        Deduction(**{**one, "families": tuple(one.get("families", ()))})
        for one in table["deductions"]
    )
    return ScoredPart(table["name"], table["name_en"], table["weight"], deductions)


def _bonus(table: dict[str, Any]) -> Bonus:
    names = ("what", "from", "points", "each", "more", "most")
    return Bonus(*(table[name] for name in names))
