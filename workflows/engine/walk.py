"""A process that is gone through in thought: the same engine, and nothing is ever written down."""

from collections.abc import Mapping
from typing import Any

from workflows.engine.activities import enter_process
from workflows.engine.definition import Definition
from workflows.engine.instance import Step, TaskNotOpen, go_on, seen
from workflows.engine.scope import GIVEN
from workflows.engine.tree import Process
from workflows.engine.undo import first_time


class Walk:
    """A running process that only lives in memory; its steps have no state to be stored."""

    def __init__(self, definition: Definition, variables: Mapping[str, Any]) -> None:
        self._top = Process(definition.spec, definition.called)
        self._top.scope.write(GIVEN, variables)
        enter_process(self._top)
        self.step = self._settled()

    def complete(self, number: int, variables: Mapping[str, Any]) -> Step:
        """Complete an open task; raises TaskNotOpen when it is not waiting."""
        task = self._top.open.get(number)
        if task is None:
            raise TaskNotOpen
        task.scope.write(task.id, variables)
        task.run()
        self.step = self._settled()
        return self.step

    def fire(self, number: int) -> Step:
        """The limit of an armed timer has run out; raises TaskNotOpen when it is not armed."""
        task = self._top.armed.get(number)
        if task is None or not task.task_spec.is_timer:
            raise TaskNotOpen
        task = first_time(task)
        task.task_spec.happen(task)
        self.step = self._settled()
        return self.step

    def _settled(self) -> Step:
        go_on(self._top)
        return seen(self._top, b"")
