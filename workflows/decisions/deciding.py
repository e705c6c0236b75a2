"""Takes decisions: one after another as they require each other, each once, and remembers how."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from workflows.decisions.exchange import given, taken
from workflows.decisions.kinds import Kind
from workflows.decisions.model import Decision, DecisionFailed, Evaluated, Outcome
from workflows.decisions.running import Evaluate, Run, Scope, TooMuch
from workflows.decisions.tables import NotDecided, Table
from workflows.decisions.values import Function, NoValue
from workflows.errors import N_, WorkflowError
from workflows.xml import Fault

MISSING = N_("决策“%(decision)s”缺少变量 %(names)s。")
WRONG = N_("决策“%(decision)s”：变量 %(name)s 的值不是类型 %(kind)s 的。")
TOO_MUCH = N_("决策“%(decision)s”的计算或数据太大。")


class DecisionUnknown(WorkflowError):
    """A decision that the file does not hold."""

    sentence = N_("文件 %(file)s 里没有决策 %(decision)s。")


@dataclass(frozen=True, slots=True)
class Compiled:
    """One decision, ready to be taken.

    ``inputs`` are the variables it reads with their types, ``decisions`` the names of those it
    builds upon with their ids, ``functions`` the business knowledge models it calls.
    """

    said: Decision
    evaluate: Evaluate
    inputs: Mapping[str, Kind]
    decisions: Mapping[str, str]
    functions: Mapping[str, Function]


class Decisions:
    """Everything one file decides; ``look`` finds what its designer should look at again."""

    def __init__(
        self, file: str, compiled: Mapping[str, Compiled], look: Callable[[], Iterable[Fault]]
    ) -> None:
        self.file = file
        self.by_id: Mapping[str, Decision] = {key: one.said for key, one in compiled.items()}
        self._compiled = compiled
        self._look = look

    @cached_property
    def warnings(self) -> tuple[Fault, ...]:
        """Rules that overlap, are covered or never match, and cases that no rule answers."""
        return tuple(self._look())

    def needs(self, decision_id: str) -> frozenset[str]:
        """The names of the variables that a decision reads, by itself or through others."""
        names: set[str] = set()
        for one in self._order(decision_id):
            names |= set(one.inputs)
        return frozenset(names)

    def evaluate(self, decision_id: str, variables: Mapping[str, Any]) -> Outcome:
        """Take a decision; raises DecisionFailed, or DecisionUnknown when there is none."""
        run = Run()
        values: dict[str, Any] = {}
        order = self._order(decision_id)
        for one in order:
            try:
                values[one.said.id] = _take(one, variables, values, run)
                if one is order[-1]:
                    return Outcome(given(values[decision_id]), tuple(map(_said, run.steps)))
            except NotDecided as why:
                raise DecisionFailed(one.said, why.sentence, why.rules, **why.params) from None
            except (TooMuch, RecursionError):
                raise DecisionFailed(one.said, TOO_MUCH) from None
        raise AssertionError("the last of them is the decision itself")

    def _order(self, decision_id: str) -> list[Compiled]:
        """A decision after all those that it requires."""
        if decision_id not in self._compiled:
            raise DecisionUnknown(file=self.file, decision=decision_id)
        order: dict[str, Compiled] = {}
        waiting = [(decision_id, False)]
        while waiting:
            key, ready = waiting.pop()
            if ready:
                order[key] = self._compiled[key]
            elif key not in order:
                waiting.append((key, True))
                waiting += [(one, False) for one in self._compiled[key].decisions.values()]
        return list(order.values())


def _take(one: Compiled, variables: Mapping[str, Any], values: dict[str, Any], run: Run) -> Any:
    """Evaluate one decision; those that it requires have been taken."""
    missing = [name for name in one.inputs if name not in variables]
    if missing:
        raise NotDecided(MISSING, names="、".join(missing))
    read: dict[str, Any] = {}
    for name, kind in one.inputs.items():
        try:
            read[name] = taken(variables[name], kind)
        except NoValue:
            raise NotDecided(WRONG, name=name, kind=kind.name) from None
    read |= {name: values[key] for name, key in one.decisions.items()}
    value = one.evaluate(Scope({**one.functions, **read}, run))
    if not isinstance(one.evaluate, Table):
        run.steps.append(Evaluated(one.said.id, read, (), value))
    return value


def _said(step: Evaluated) -> Evaluated:
    """What is remembered, as JSON has it."""
    inputs = {name: given(value) for name, value in step.inputs.items()}
    return replace(step, inputs=inputs, value=given(step.value))
