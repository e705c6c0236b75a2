"""How often enterprises may be inspected (涉企检查): numbers as data, with versions and sources."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

SHIPPED = Path(__file__).parent / "rules.toml"
T = TypeVar("T")


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A number, or a list, and who said so."""

    value: T
    source: str


@dataclass(frozen=True)
class InspectionRules:
    """The rules in force from a day on."""

    name: str
    since: date
    #: Inspections of one enterprise by one department in a calendar year.
    per_year: Rule[int]
    #: Days: departments that come so close after one another come together (综合查一次).
    together_days: Rule[int]
    #: Inspectors with a valid 执法资格.
    inspectors: Rule[int]
    #: The kinds that these limits hold for.
    counted: Rule[tuple[str, ...]]


def rules_on(day: date) -> InspectionRules:
    """The rules in force on a day; of a day before them all, the first."""
    versions = shipped()
    return next((one for one in reversed(versions) if one.since <= day), versions[0])


@cache
def shipped() -> tuple[InspectionRules, ...]:
    """Every version there is, oldest first."""
    found = tomllib.loads(SHIPPED.read_text("utf-8"))["version"]
    return tuple(sorted(map(_read, found), key=lambda one: one.since))


def _read(raw: dict[str, Any]) -> InspectionRules:
    def number(name: str) -> Rule[int]:
        return Rule(int(raw[name]["value"]), raw[name]["source"])

    return InspectionRules(
        raw["name"],
        raw["since"],
        per_year=number("per_year"),
        together_days=number("together_days"),
        inspectors=number("inspectors"),
        counted=Rule(tuple(raw["counted"]["value"]), raw["counted"]["source"]),
    )
