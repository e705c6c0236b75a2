"""The figures of the rules that a place has set otherwise: one file, with its version and source.

    version = "2026-1"
    source = "本市电子监察办法第十条"

    [R16]
    characters = 10

Every rule and figure in it is checked; what it does not name keeps the default of the rule.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflows.errors import N_, WorkflowError
from workflows.watch.rules import RULES


class FiguresFaulty(WorkflowError):
    """A file of figures that cannot be used; it says where and why."""

    sentence = N_("监察参数文件 %(file)s 有误：%(what)s。")


@dataclass(frozen=True)
class Figures:
    """What a place has set, by rule; nothing at all by default."""

    version: str = ""
    source: str = ""
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, rule: str) -> Mapping[str, Any]:
        """The figures of a rule that are not its defaults."""
        return self.values.get(rule, {})


def read(path: Path) -> Figures:
    """The figures of a file; raises FiguresFaulty, or ParameterWrong for a figure out of bounds."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FiguresFaulty(file=path.name, what=str(error)) from None
    words = {key: table.pop(key, "") for key in ("version", "source")}
    for key, word in words.items():
        if not isinstance(word, str) or not word.strip():
            raise FiguresFaulty(file=path.name, what=key)
    values = {rule: _checked(path, rule, given) for rule, given in table.items()}
    return Figures(words["version"], words["source"], values)


def _checked(path: Path, rule: str, given: object) -> dict[str, Any]:
    if rule not in RULES or not isinstance(given, dict):
        raise FiguresFaulty(file=path.name, what=rule)
    known = {one.key: one for one in RULES[rule].parameters}
    for key in given:
        if key not in known:
            raise FiguresFaulty(file=path.name, what=f"{rule}.{key}")
    return {key: known[key].checked(rule, value) for key, value in given.items()}
