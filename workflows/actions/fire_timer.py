"""Let a timer that the diagram has drawn run out (定时到期): the process goes the way it marks."""

from dataclasses import dataclass
from typing import Any

from workflows import engine
from workflows.actions.base import CaseAction, Context
from workflows.actions.climb import climb
from workflows.actions.moving import definition_of, take_over
from workflows.engine.reading import Reading
from workflows.models import Case, ProcessInstance


@dataclass(frozen=True)
class FireTimer(CaseAction):
    deadline: int

    name = "fire_timer"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        row = climb(case, self.deadline, self.name, ctx)
        assert row.timer_number is not None, "only the clock of a timer has this rung"
        instance = ctx.session.get_one(ProcessInstance, row.instance_id)
        definition = definition_of(case, instance)
        place = Reading(definition, instance.state).place(row.timer_number)
        step = engine.fire(definition, instance.state, row.timer_number)
        codes = {item.id: item.code for item in case.items}
        facts = {
            "item": codes.get(row.item_id) if row.item_id else None,
            "event": place.name,
            "element": place.element,
            "limit": row.limit,
            "due_at": row.due_at.isoformat() if row.due_at else None,
        }
        return facts | take_over(case, instance, step, ctx, self.name)
