"""Business rule tasks: a decision table (规则表) is asked at once, and its answer is remembered.

The tables of a version are compiled with its diagrams.  A table sees the variables that the
task sees; what comes of it is written under the name that ``lb:decision result`` gives, or each
output under its own.  A decision that fails stops the step, as a script that fails does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin

from workflows.decisions import Decision, Decisions, Outcome, read
from workflows.engine.elements import Element
from workflows.engine.tree import Token
from workflows.engine.values import fits
from workflows.errors import N_, WorkflowError


class AnswerTooLarge(WorkflowError):
    """What a table comes to is more than a variable holds."""

    sentence = N_("规则表“%(decision)s”的结果过大，流程记不下。")


@dataclass(frozen=True)
class Evaluation:
    """A decision that was taken by its table: by which task, with what, by which rules."""

    element: str
    decision: str
    name: str
    inputs: Mapping[str, Any]
    #: The rules that hit, counted from 1 as the table numbers them.
    rules: tuple[int, ...]
    value: Any


class RuleTask(Element, BpmnSpecMixin):
    """Asks a decision table and writes what it says; nobody waits."""

    def bind(self) -> None:
        super().bind()
        asked = self.extensions["decision"]
        self.decision = asked["ref"]
        self.result = asked.get("result")
        self.decisions: Decisions = self._wf_spec.decisions[self.decision]
        #: The variables its table reads.
        self.needs = frozenset(self.decisions.needs(self.decision))

    def _on_complete(self, my_task: Token) -> None:
        seen = {name: my_task.scope[name] for name in self.needs if name in my_task.scope}
        outcome = self.decisions.evaluate(self.decision, seen)
        my_task.scope.write(my_task.id, self._written(outcome))
        my_task.workflow.top_workflow.decided += self._told(outcome)
        super()._on_complete(my_task)

    def _written(self, outcome: Outcome) -> dict[str, Any]:
        """The variables it sets."""
        found = self.decisions.by_id[self.decision]
        if not fits(outcome.value):
            raise AnswerTooLarge(decision=found.name)
        return written(found, self.result, outcome.value)

    def _told(self, outcome: Outcome) -> list[Evaluation]:
        """Every table that was asked on the way, the last one the task's own."""
        return [
            Evaluation(
                self.bpmn_id, one.decision, name_of(self.decisions, one.decision),
                dict(one.inputs), one.rules, one.value,
            )
            for one in outcome.steps
        ]  # fmt: skip


def names_written(found: Decision, result: str | None) -> tuple[str, ...]:
    """The variables that a task writes of this decision."""
    names = tuple(output.name for output in found.outputs if output.name)
    return (result,) if result else names or (found.name,)


def written(found: Decision, result: str | None, value: Any) -> dict[str, Any]:
    """The answer under its names: whole, or each output of a table with several by itself."""
    names = names_written(found, result)
    if result or len(names) == 1:
        return {names[0]: value}
    if isinstance(value, list):  # of all the rules that hit
        return {name: [row[name] for row in value] for name in names}
    return {name: None if value is None else value[name] for name in names}


def name_of(decisions: Decisions, key: str) -> str:
    """What people call a decision; one that has no table of its own is called by its id."""
    found = decisions.by_id.get(key)
    return found.name if found else key


def read_tables(tables: Iterable[str]) -> dict[str, Decisions]:
    """The decisions of these files (checked at publication), each by its id."""
    found = [read(f"#{number}", text) for number, text in enumerate(tables)]
    return {key: decisions for decisions in found for key in decisions.by_id}
