"""What warnings and escalations share: climb the rung, tell whom it names."""

from typing import Any

from workflows.actions.base import Context
from workflows.actions.climb import climbed
from workflows.actions.tell import tell_post, tell_role
from workflows.clock import office_time
from workflows.models import Case


def sound(case: Case, deadline_id: int, action: str, sentence: str, ctx: Context) -> dict[str, Any]:
    """Climb the next rung of a clock and tell the post or role it names."""
    row, item, rung = climbed(case, deadline_id, action, ctx)
    due = office_time(row.due_at).strftime("%Y-%m-%d %H:%M") if row.due_at else ""
    params = {"what": item.name if item else case.title, "due": due}
    if rung.duty is not None and item is not None:
        tell_post(case, item, rung.duty, rung.light, sentence, params, ctx)
    if rung.role is not None:
        tell_role(case, rung.role, rung.light, sentence, params, ctx)
    return {
        "clock": row.clock.value,
        "basis": row.basis.value,
        "item": item.code if item else None,
        "due": due,
        "light": rung.light.value,
        "to": rung.duty or rung.role,
        "rung": row.rung,
    }
