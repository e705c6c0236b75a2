"""What a decision file says, as its readers see it: decisions, their columns, their rules."""

from dataclasses import dataclass
from typing import Any

from workflows.errors import N_, WorkflowError
from workflows.xml import Fault


class DecisionInvalid(WorkflowError):
    """A decision file that may not be used; `faults` holds everything found, by line."""

    sentence = N_("规则表 %(file)s 有 %(count)s 处问题：%(first)s")

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        super().__init__(file=file, count=len(faults), first=first.sentence % first.params)
        self.faults = faults


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


class DecisionFailed(WorkflowError):
    """A decision that cannot be taken with these variables, and the rules concerned.

    Each has its own sentence; ``%(decision)s`` is the name of the decision, `decision` its id.
    """

    def __init__(
        self, decision: Decision, sentence: str, rules: tuple[int, ...] = (), **params: object
    ) -> None:
        self.sentence = sentence
        self.decision = decision.id
        self.rules = rules
        listed = {"rules": "、".join(map(str, rules))} if rules else {}
        super().__init__(decision=decision.name, **listed, **params)


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
