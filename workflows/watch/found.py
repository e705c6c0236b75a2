"""What a rule of the watch has found: one matter, with the history that proves it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.states import Level

__all__ = ["Found", "Level"]


@dataclass(frozen=True)
class Found:
    """One matter.  ``rule`` and ``key`` together name it for good: found again, it is the same."""

    rule: str  # "R01"
    key: str  # unique within the rule, e.g. "<case number>/<item>/<sequence>"
    at: datetime  # when it happened
    case: str | None = None  # number of the case
    item: str | None = None  # code of the item
    department: str | None = None  # code of the department that answers for it
    person: str | None = None  # name of who did it, where one did
    evidence: tuple[tuple[str, int], ...] = ()  # (subject, sequence) of the rows of history
    facts: dict[str, Any] = field(default_factory=dict)  # figures for the sentence of the rule
