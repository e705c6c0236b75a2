"""What every element has: a token arrives, the element runs, the token leaves.

SpiffWorkflow's life cycle (`Task.run` → `_run_hook` → `complete` → `_on_complete`) with two
differences: nothing is predicted, and a process is over when its last token is gone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition

from workflows.engine.expressions import compile_script
from workflows.engine.flow import send, throw, withdraw
from workflows.engine.tree import READY, Token


class Element:
    """The element a token visits.  Its spec is shared by all processes and never changes."""

    name: str
    bpmn_id: str
    bpmn_name: str | None
    manual: bool
    extensions: Mapping[str, Mapping[str, str]]
    _wf_spec: Any
    _inputs: list[str]
    _outputs: list[str]
    #: Whether tokens wait here for each other, and whether for those that may still come.
    joins = False
    inclusive = False
    #: Whether the process inside shares the scope around it (a sub-process) or has its own.
    embeds = False
    #: The boundary events attached to this element.
    boundary: tuple[Any, ...] = ()

    def bind(self) -> None:
        """Look up once what every step will need, when the whole diagram has been read."""
        specs = self._wf_spec.task_specs
        self.targets = tuple(specs[name] for name in self._outputs)
        #: The elements a token can come from.
        self.sources = tuple(name for name in self._inputs if isinstance(specs[name], Element))

    def _predict(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is predicted: a task exists once a token has reached it."""

    def _update(self, my_task: Token) -> None:
        self.arrive(my_task)

    def arrive(self, my_task: Token) -> None:
        """A token has arrived; by default the element runs when its turn comes."""
        my_task._set_state(READY)

    def _run(self, my_task: Token) -> bool | None:
        return True

    def flows(self, my_task: Token) -> Iterable[Any]:
        """The elements that get a token when this one is done."""
        return self.targets

    def _on_complete(self, my_task: Token) -> None:
        send(my_task, self.flows(my_task))


class StartEvent(Element, defaults.StartEvent):
    """Where a process begins."""


class ScriptTask(Element, defaults.ScriptTask):
    """Sets variables: lines ``name = expression``."""

    script: str

    def bind(self) -> None:
        super().bind()
        self.assign = compile_script(self.script)

    def _on_complete(self, my_task: Token) -> None:
        my_task.scope.write(my_task.id, self.assign(my_task.scope))
        super()._on_complete(my_task)


class EndEvent(Element, defaults.EndEvent):
    """The end that is reached last is the outcome of its process."""

    event_definition: Any

    @property
    def terminates(self) -> bool:
        """Whether it ends everything in its process."""
        return isinstance(self.event_definition, TerminateEventDefinition)

    def flows(self, my_task: Token) -> Iterable[Any]:
        return ()

    def _on_complete(self, my_task: Token) -> None:
        process = my_task.workflow
        if not process.embedded:
            process.scope.write(my_task.id, {"outcome": self.bpmn_id})
        if self.terminates:
            for task in process.unfinished():
                withdraw(task, my_task)
        else:
            throw(my_task, self.event_definition)
        super()._on_complete(my_task)


class ThrowEvent(Element, defaults.IntermediateThrowEvent):
    """An escalation on the way, or nothing but a mark (none)."""

    event_definition: Any

    def _on_complete(self, my_task: Token) -> None:
        if throw(my_task, self.event_definition):
            super()._on_complete(my_task)
