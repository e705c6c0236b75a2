"""What is promised to those who rate and complain: limits and lists, as data with versions.

The numbers stand in ``rules.toml``, each with who said so; a version holds from its first day on,
and whatever began under an older one keeps that one's limits.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from workflows.deadlines import Limit

SHIPPED = Path(__file__).parent / "rules.toml"


@dataclass(frozen=True)
class Promise:
    """How long something may take, and who said so."""

    limit: Limit
    source: str


@dataclass(frozen=True)
class VoiceRules:
    """The rules in force from a day on."""

    name: str
    since: date
    limits: Mapping[str, Promise]
    #: Codes that a good and a bad rating may give as reasons; words stand with the pages.
    good: tuple[str, ...]
    bad: tuple[str, ...]
    #: Codes that a complaint comes by, is about, and what is done about it.
    channels: tuple[str, ...]
    categories: tuple[str, ...]
    measures: tuple[str, ...]
    #: With fewer ratings no rate is published.
    publish_least: int


def rules_on(day: date) -> VoiceRules:
    """The rules in force on a day; of a day before them all, the first."""
    versions = shipped()
    return next((one for one in reversed(versions) if one.since <= day), versions[0])


@cache
def shipped() -> tuple[VoiceRules, ...]:
    """Every version there is, oldest first."""
    found = tomllib.loads(SHIPPED.read_text("utf-8"))["version"]
    return tuple(sorted(map(_read, found), key=lambda one: one.since))


def _read(raw: dict[str, Any]) -> VoiceRules:
    limits = {
        name: Promise(Limit.parse(one["limit"]), one["source"])
        for name, one in raw["limits"].items()
    }
    reasons = raw["reasons"]
    codes = {
        name: tuple(raw["complaints"][name]) for name in ("channels", "categories", "measures")
    }
    return VoiceRules(
        raw["name"], raw["since"], limits, tuple(reasons["good"]), tuple(reasons["bad"]),
        **codes, publish_least=raw["publish_least"],
    )  # fmt: skip
