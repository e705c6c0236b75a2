"""What we override in SpiffWorkflow so that joint approval is right.

Seen on 3.2.0, each with a test that fails on the stock classes:

* A parallel join inside a repeated block fires early: tokens of the round before are counted
  again.  Ours marks the tokens a join has consumed.
* An inclusive join looks for tokens that may still come with a search that misses paths.
  Ours follows the definition of BPMN 2.0.2 §13.4.2 word for word.
* Joins merge copies of all data, so a stale copy overwrites a fresh refusal.  Ours keep one
  scope per process (`Workflow.data`) and leave the tasks' own data empty.
* Conditions run as Python.  Ours run in `expressions`.
"""

from collections import ChainMap
from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from workflows.engine.expressions import Scope, compile_expression


def scope_of(workflow: Any) -> Scope:
    """The variables a process sees: its own, then those of the process that called it."""
    scopes = []
    while workflow is not None:
        scopes.append(workflow.data)
        workflow = workflow.parent_workflow
    return ChainMap(*scopes)


class Conditions:
    """Stands where SpiffWorkflow expects a script engine; evaluates conditions only."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return compile_expression(expression)(scope_of(task.workflow))


def _has_token(task: Any) -> bool:
    """Whether a token rests here: reached, and not left."""
    return bool(
        not task.has_state(TaskState.FINISHED_MASK)
        and task.parent is not None
        and task.parent.state == TaskState.COMPLETED
    )


class _Join:
    """One token for each incoming flow, each consumed once."""

    name: str
    _inputs: list[str]

    def _arrivals(self, my_task: Any) -> Iterator[tuple[str, Any]]:
        """(incoming element, task of this join) for every token not yet consumed."""
        for task in my_task.workflow.tasks.values():
            if (
                task.task_spec is self
                and task.parent.state == TaskState.COMPLETED
                and "consumed" not in task.internal_data
            ):
                yield task.parent.task_spec.name, task

    def _may_fire(self, my_task: Any, arrived: set[str]) -> bool:
        raise NotImplementedError

    def _update_hook(self, my_task: Any) -> bool:
        arrivals = list(self._arrivals(my_task))
        fires = self._may_fire(my_task, {source for source, _ in arrivals})
        for _, task in arrivals:
            if task is not my_task and task.state == TaskState.WAITING:
                task.cancel()  # the newest arrival waits for all; the others only leave a token
        if not fires:
            my_task._set_state(TaskState.WAITING)
            return False
        # My own token goes first; a second one on the same flow stays for the next round.
        consumed: set[str] = set()
        for source, task in sorted(arrivals, key=lambda arrival: arrival[1] is not my_task):
            if source not in consumed:
                consumed.add(source)
                task.internal_data["consumed"] = True
        return True


class ParallelGateway(_Join, defaults.ParallelGateway):
    """Waits for a token on every incoming flow."""

    def _may_fire(self, my_task: Any, arrived: set[str]) -> bool:
        return arrived >= set(self._inputs)

    def _run_hook(self, my_task: Any) -> bool:
        return True


class InclusiveGateway(_Join, defaults.InclusiveGateway):
    """Waits while a token elsewhere can still reach an incoming flow that has none."""

    def _may_fire(self, my_task: Any, arrived: set[str]) -> bool:
        tokens = {
            task.task_spec.name
            for task in my_task.workflow.tasks.values()
            if task.task_spec is not self and _has_token(task)
        }
        toward_arrived = self._upstream(arrived)
        empty = set(self._inputs) - arrived
        return not (tokens & self._upstream(empty)) - toward_arrived

    def _upstream(self, sources: set[str]) -> set[str]:
        """Every element from which a path leads to one of these without visiting this gateway."""
        specs = self._wf_spec.task_specs
        found: set[str] = set()
        todo = list(sources)
        while todo:
            name = todo.pop()
            if name not in found and name != self.name:
                found.add(name)
                todo.extend(specs[name]._inputs)
        return found

    def _run_hook(self, my_task: Any) -> bool:
        matches, default = self._get_matching_outputs(my_task)
        my_task._sync_children(matches or default, TaskState.FUTURE)
        for child in my_task.children:
            child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)
        return True


class EndEvent(defaults.EndEvent):
    """The id of the end that is reached is the outcome of the process."""

    def _on_complete_hook(self, my_task: Any) -> None:
        my_task.workflow.data["outcome"] = self.bpmn_id
        super()._on_complete_hook(my_task)


class CallActivity(defaults.CallActivity):
    """Calls a process in a scope of its own; its outcome becomes a variable of the caller."""

    @property
    def result(self) -> str:
        """The variable that takes the outcome: the item's code, else the element's id."""
        return str(self.extensions.get("item", {}).get("code", self.bpmn_id))

    def copy_data(self, my_task: Any, subworkflow: Any) -> None:
        """Nothing to copy: the called process sees the caller's variables."""

    def update_data(self, my_task: Any, subworkflow: Any) -> None:
        my_task.workflow.data[self.result] = subworkflow.data.get("outcome")
