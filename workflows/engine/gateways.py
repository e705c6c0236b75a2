"""Gateways, exact where SpiffWorkflow's are not: BPMN 2.0.2 §13.4.

* A parallel join counts the tokens it has consumed, so a repeated block does not fire it early.
* An inclusive join follows the definition word for word, and is asked only when nothing else can
  run, so that its answer does not depend on who was quicker.
* The flows of a split are tried in the order of the document, not of the drawing.
"""

from collections.abc import Collection, Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults

from workflows.engine.elements import Element
from workflows.engine.expressions import compile_expression
from workflows.engine.tree import ARMED, COMPLETED, READY, STARTED, WAITING, Token


class _Conditional(Element):
    """A gateway that chooses among its flows."""

    cond_task_specs: list[tuple[Any, str]]

    def bind(self) -> None:
        super().bind()
        specs = self._wf_spec.task_specs
        self.routes = [
            (compile_expression(condition.args[0]), specs[name])
            for condition, name in self.cond_task_specs
            if condition is not None
        ]
        self.default = [specs[name] for cond, name in self.cond_task_specs if cond is None]


class ExclusiveGateway(_Conditional, defaults.ExclusiveGateway):
    """The first flow whose condition holds, else the default flow."""

    def flows(self, my_task: Token) -> Iterable[Any]:
        for condition, target in self.routes:
            if condition(my_task.scope):
                return (target,)
        return self.default


class _Join(Element):
    """Waits for tokens on its incoming flows; a token arrives at the newest task of the join."""

    def bind(self) -> None:
        super().bind()
        self.joins = len(self._inputs) > 1
        self._upstream_of: dict[str, frozenset[str]] = {}

    def fire(self, my_task: Token) -> None:
        """Consume one token of each incoming flow that has one; ``my_task`` goes on with them."""
        process = my_task.workflow
        for tasks in list(process.arrivals[self.name].values()):
            taken = my_task if my_task in tasks else tasks[0]
            if taken is not my_task:
                taken.note(joined=my_task.id)
                taken._set_state(COMPLETED)
        my_task._set_state(READY)

    def upstream(self, source: str) -> frozenset[str]:
        """Every element from which a path leads to this one without visiting this gateway."""
        known = self._upstream_of.get(source)
        if known is None:
            specs = self._wf_spec.task_specs
            found: set[str] = set()
            todo = [source]
            while todo:
                name = todo.pop()
                if name not in found and name != self.name:
                    found.add(name)
                    todo.extend(specs[name].sources)
            known = self._upstream_of[source] = frozenset(found)
        return known


class ParallelGateway(_Join, defaults.ParallelGateway):
    """One token of every incoming flow, then one token on every outgoing flow."""

    def arrive(self, my_task: Token) -> None:
        if not self.joins:
            return super().arrive(my_task)
        my_task._set_state(WAITING)
        if self.is_full(my_task.workflow):
            self.fire(my_task)
        return None

    def is_full(self, process: Any) -> bool:
        """Whether a token waits on every incoming flow."""
        return len(process.arrivals.get(self.name, ())) == len(self._inputs)

    def newest(self, process: Any) -> Token:
        """The last of those that would be joined."""
        firsts = [tasks[0] for tasks in process.arrivals[self.name].values()]
        return max(firsts, key=lambda task: task.id)


class InclusiveGateway(_Join, _Conditional, defaults.InclusiveGateway):
    """Waits while a token elsewhere can still reach an incoming flow that has none."""

    inclusive = True

    def arrive(self, my_task: Token) -> None:
        if self.joins:
            my_task._set_state(WAITING)
        else:
            super().arrive(my_task)

    def flows(self, my_task: Token) -> Iterable[Any]:
        chosen = [target for condition, target in self.routes if condition(my_task.scope)]
        return chosen or self.default

    def enabled(self, process: Any) -> bool:
        """Whether no token outside can still fill an empty flow, unless it can fill a full one."""
        awaited = self.awaited(process.arrivals[self.name].keys())
        return not any(name in awaited for name in process.tokens if name != self.name)

    def awaited(self, arrived: Collection[str]) -> set[str]:
        """The elements whose tokens are waited for, when tokens of these have arrived."""
        toward_arrived: set[str] = set()
        toward_empty: set[str] = set()
        for source in self._inputs:
            (toward_arrived if source in arrived else toward_empty).update(self.upstream(source))
        return toward_empty - toward_arrived


class EventBasedGateway(Element, defaults.EventBasedGateway):
    """Arms the events behind it; the first to happen disarms the others."""

    def connect(self, taskspec: Any) -> None:
        """Leave the events where they are drawn; SpiffWorkflow moves them into the gateway."""
        self._outputs.append(taskspec.name)
        taskspec._connect_notify(self)

    def arrive(self, my_task: Token) -> None:
        my_task._set_state(STARTED)
        for target in self.targets:
            target.arm(my_task._add_child(target), ARMED)
