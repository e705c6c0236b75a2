"""The same models on SpiffWorkflow as it comes, for comparison.

Left out is what it does otherwise by design (called processes share no scope there, the counters
of multi-instance activities are not offered, an event-based gateway hides its events) and what
would be unfair: a step that several equal tasks, timers or messages could take.
"""

import random
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.util.task import TaskState

from tests.engine.oracle.blocks import Model, every
from tests.engine.oracle.game import Endless, Game
from tests.engine.oracle.models import ALL, model
from tests.engine.oracle.play import ANSWERS, MOST_STEPS
from tests.engine.oracle.words import Refused
from tests.engine.oracle.xml import draw

KINDS = ALL - {"call", "many", "event", "date", "refusal", "escalation", "error"}
LIMIT = '"P5D"'
SAME = "no deviation"


def in_python(found: Model) -> Model:
    """The model with limits as stock wants them, as Python."""
    copy = deepcopy(found)
    for body in copy.processes.values():
        for block in every(body):
            if block.kind == "timer":
                block.word = LIMIT
            for border in block.borders:
                border.word = LIMIT if border.kind == "timer" else border.word
    return copy


class Stock:
    """One run of one model on stock and oracle."""

    def __init__(self, found: Model, seed: int) -> None:
        self.random = random.Random(seed)
        self.game = Game(draw(found), "p", dict(found.variables))
        parser = BpmnParser()
        parser.add_bpmn_str(draw(in_python(found)).encode())
        spec = parser.get_spec("p")
        self.workflow = BpmnWorkflow(spec, parser.get_subprocess_specs("p"))
        self.workflow.task_tree.data.update(deepcopy(found.variables))
        self.workflow.do_engine_steps()

    def run(self) -> str:
        """What went otherwise first, or that nothing did."""
        for _ in range(MOST_STEPS):
            if wrong := self.compared():
                return wrong
            actions = self.actions()
            if not actions:
                break
            self.act(*self.random.choice(actions))
        return self.compared() or SAME

    def actions(self) -> list[tuple[str, Any]]:
        """What can be done to both without doubt which one is meant."""
        tasks = Counter(work.token.node.id for work in self.game.open_tasks())
        timers = Counter(arm.node.id for arm in self.game.arms("timer"))
        words = Counter(arm.node.word for arm in self.game.arms("message"))
        found: list[tuple[str, Any]] = []
        found += [("task", w) for w in self.game.open_tasks() if tasks[w.token.node.id] == 1] * 3
        found += [("timer", a) for a in self.game.arms("timer") if timers[a.node.id] == 1]
        found += [("message", a) for a in self.game.arms("message") if words[a.node.word] == 1]
        return found

    def act(self, kind: str, one: Any) -> None:
        values = {f"v_{one.token.node.id}": self.random.choice(ANSWERS)} if kind == "task" else {}
        if kind == "task":
            self.game.complete(one, values)
            [task] = self.open(one.token.node.id)
            task.data.update(values)
            task.run()
        elif kind == "timer":
            self.game.fire(one)
            for task in self.workflow.get_tasks(state=TaskState.WAITING):
                if task.task_spec.bpmn_id == one.node.id:
                    task.internal_data["event_fired"] = True
                    task.task_spec._update(task)
        else:
            self.game.deliver(one.node.word, {})
            self.workflow.catch(BpmnEvent(MessageEventDefinition(one.node.word), {}))
        self.workflow.do_engine_steps()

    def open(self, element: str | None = None) -> list[Any]:
        ready = self.workflow.get_tasks(state=TaskState.READY)
        return [t for t in ready if t.task_spec.manual and element in (None, t.task_spec.bpmn_id)]

    def compared(self) -> str:
        right = Counter(work.token.node.id for work in self.game.open_tasks())
        if Counter(task.task_spec.bpmn_id for task in self.open()) != right:
            return "other tasks are open"
        if self.workflow.completed is not self.game.finished:
            return "finished at another time"
        values = self.game.top.scope.values
        lost = [n for n in values if n[0] in "vw" and self.workflow.data.get(n) != values[n]]
        return "other data at the end" if self.game.finished and lost else ""


def outcome(found: Model, seed: int) -> str:
    """What one run came to."""
    try:
        return Stock(found, seed).run()
    except (Endless, Refused):
        return SAME
    except Exception as failed:
        return f"raises {type(failed).__name__}"


def summary(seeds: Iterable[int]) -> str:
    """How many models stock runs otherwise."""
    found = Counter(outcome(model(seed, KINDS), seed) for seed in seeds)
    models = found.total()
    del found[SAME]
    reasons = [f"{count} {why} ({count / models:.1%})" for why, count in found.most_common()]
    return f"stock: {models} models, {found.total()} deviations: {', '.join(reasons)}"
