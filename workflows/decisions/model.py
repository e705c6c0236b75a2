"""What a decision file says, as its readers see it: decisions, their columns, their rules."""

from dataclasses import dataclass
from typing import Any

from workflows.errors import N_, WorkflowError
from workflows.xml import Fault


class DecisionInvalid(WorkflowError):
    """A decision file that may not be used; `faults` holds everything found, by line."""

    sentence = N_("决策表 %(file)s 有 %(count)s 处问题：%(first)s")

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        super().__init__(file=file, count=len(faults), first=first.sentence % first.params)
        self.faults = faults


class DecisionFailed(WorkflowError):
    """A decision that cannot be taken with these variables; `rules` are those concerned."""

    sentence = N_("决策“%(decision)s”无法得出结果：%(why)s")

    def __init__(self, decision: str, why: str, rules: tuple[int, ...] = ()) -> None:
        super().__init__(decision=decision, why=why)
        self.decision = decision
        self.why = why
        self.rules = rules


@dataclass(frozen=True)
class Input:
    """A column that is asked: its heading, the expression it tests, and what may come out of it."""

    id: str
    label: str
    expression: str
    kind: str = ""
    allowed: str = ""


@dataclass(frozen=True)
class Output:
    """A column that answers: the name of the value, and what it may be."""

    id: str
    name: str
    label: str
    kind: str = ""
    allowed: str = ""
    default: str = ""


@dataclass(frozen=True)
class Rule:
    """One row as it is written: a test for every input, a result for every output."""

    id: str
    tests: tuple[str, ...]
    results: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """One decision: a table, or an expression in `literal`; neither for other boxed forms.

    ``requires`` names the ids of decisions and the names of input data it reads.
    """

    id: str
    name: str
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    rules: tuple[Rule, ...] = ()
    hit_policy: str = ""
    aggregation: str = ""
    requires: tuple[str, ...] = ()
    literal: str | None = None


@dataclass(frozen=True)
class Evaluated:
    """What one decision (or one business knowledge model, by its id) came to, and by which rules.

    ``rules`` are the numbers of the rows that matched, from 1, in the order they count.
    """

    decision: str
    inputs: dict[str, Any]
    rules: tuple[int, ...]
    value: Any


@dataclass(frozen=True)
class Outcome:
    """The value of a decision as JSON has it, and every table that was asked on the way."""

    value: Any
    steps: tuple[Evaluated, ...]
