"""What a rule of the watch is (监察规则): level, legal hook, figures, how it looks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workflows.errors import N_, WorkflowError
from workflows.watch.found import Found, Level
from workflows.watch.look import Look


class Family(StrEnum):
    """What a rule is about (时限、流程、内容、收费、满意)."""

    LIMITS = "limits"
    COURSE = "course"
    CONTENT = "content"
    FEES = "fees"
    RATINGS = "ratings"


class ParameterWrong(WorkflowError):
    """A figure of a rule that no rule can work with."""

    sentence = N_(
        "监察规则 %(rule)s 的参数“%(key)s”应为 %(least)s 到 %(most)s，不能是“%(value)s”。"
    )


@dataclass(frozen=True)
class Parameter:
    """A figure that a place may set otherwise, with its unit and where the default comes from."""

    key: str
    title: str
    default: float
    unit: str
    source: str
    least: float = 1
    most: float = 1000

    def checked(self, rule: str, value: object) -> float:
        """The value, when it is a figure of this parameter; raises ParameterWrong."""
        whole = isinstance(self.default, int)
        right = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not right or not self.least <= value <= self.most:  # type: ignore[operator]
            bounds = {"least": self.least, "most": self.most}
            raise ParameterWrong(rule=rule, key=self.key, value=value, **bounds)
        return value  # type: ignore[return-value]


@dataclass(frozen=True)
class Rule:
    """One rule.  ``find`` reads the log, within a look, and tells what it has found."""

    id: str
    family: Family
    level: Level
    title: str
    hook: str
    find: Callable[[Look], Iterator[Found]] = field(repr=False)
    parameters: tuple[Parameter, ...] = ()
    #: Which of what it finds is a red card, whatever its level.
    graver: Callable[[Found], bool] | None = field(default=None, repr=False)

    def level_of(self, found: Found) -> Level:
        """How grave a matter is that it has found."""
        return Level.RED if self.graver and self.graver(found) else self.level

    def run(self, look: Look, values: Mapping[str, Any] = {}) -> Iterator[Found]:
        """What it finds in this part of the log, with the figures of the place."""
        figures = {one.key: one.default for one in self.parameters} | dict(values)
        for found in self.find(look.of(self.id, figures)):
            if (look.since is None or found.at >= look.since) and found.at <= look.now:
                yield found
