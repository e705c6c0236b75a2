"""Decision tables (DMN) and their language (FEEL): read, checked, evaluated; no web, no database.

    model        what a file says: decisions, columns, rules; what an evaluation leaves behind

The interface is `read` and what it returns.
"""

from collections.abc import Mapping
from typing import Any

from workflows.decisions.model import (
    Decision,
    DecisionFailed,
    DecisionInvalid,
    Evaluated,
    Input,
    Outcome,
    Output,
    Rule,
)
from workflows.xml import Fault

__all__ = [
    "Decision",
    "DecisionFailed",
    "DecisionInvalid",
    "Decisions",
    "Evaluated",
    "Fault",
    "Input",
    "Outcome",
    "Output",
    "Rule",
    "read",
]


class Decisions:
    """Everything one file decides."""

    by_id: Mapping[str, Decision]
    warnings: tuple[Fault, ...]

    def needs(self, decision_id: str) -> frozenset[str]:
        """The names of the variables that a decision reads, by itself or through others."""
        raise NotImplementedError

    def evaluate(self, decision_id: str, variables: Mapping[str, Any]) -> Outcome:
        """Take a decision; raises DecisionFailed."""
        raise NotImplementedError


def read(file: str, text: str) -> Decisions:
    """Read a DMN file; raises DecisionInvalid with every fault found in it."""
    raise NotImplementedError
