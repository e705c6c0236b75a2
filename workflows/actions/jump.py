"""Move an open task to another element of its process (流程跳转); on record, with the reason."""

from dataclasses import dataclass
from typing import Any

from workflows import engine
from workflows.actions.base import CaseAction, Context, written
from workflows.actions.moving import definition_of, joint_task, take_over
from workflows.engine.reading import Reading
from workflows.models import Case


@dataclass(frozen=True)
class Jump(CaseAction):
    task: int
    element: str
    reason: str
    #: Whether every other token of the same process is withdrawn, so that none is left waiting.
    alone: bool = False

    name = "jump"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        reason = written(self.reason)
        task, instance = joint_task(case, self.task, ctx)
        item = next(item for item in case.items if item.id == task.item_id)
        definition = definition_of(case, instance)
        place = Reading(definition, instance.state).place(task.number, self.element)
        step = engine.jump(definition, instance.state, task.number, self.element, self.alone)
        return {
            "item": item.code,
            "step": task.name,
            "target": place.name,
            "element": self.element,
            "alone": self.alone,
            "reason": reason,
            **take_over(case, instance, step, ctx, self.name),
        }
