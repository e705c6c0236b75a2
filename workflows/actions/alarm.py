"""What warnings and escalations share: climb the rung, tell whom it names."""

from typing import Any

from sqlalchemy import select

from workflows.actions.base import Context
from workflows.actions.climb import climbed
from workflows.actions.tell import deputy_of, tell_department, tell_person, tell_role
from workflows.clock import office_time
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.ladders.table import DEPUTIES, ROLES
from workflows.models import Case, CaseItem, Consultation, Deadline
from workflows.models.deadline import Clock
from workflows.permissions import Role

#: A question to another department: its answer is due, not the item.
QUESTIONS = {
    "warn": N_("关于%(what)s的征求意见应于%(due)s前答复，请抓紧。"),
    "escalate": N_("关于%(what)s的征求意见已超期（应于%(due)s前答复），请督促答复。"),
}
#: A material that was promised for later (容缺): it is to come by then.
PROMISES = {
    "warn": N_("%(what)s：容缺材料应于%(due)s前补交，请提醒申请人。"),
    "escalate": N_("%(what)s：容缺材料逾期未补交（应于%(due)s前），请处理。"),
}


def sound(case: Case, deadline_id: int, action: str, sentence: str, ctx: Context) -> dict[str, Any]:
    """Climb the next rung of a clock and tell the post or role it names."""
    row, item, rung = climbed(case, deadline_id, action, ctx)
    due = office_time(row.due_at).strftime("%Y-%m-%d %H:%M") if row.due_at else ""
    params = {"what": item.name if item else case.title, "due": due}
    if row.clock is Clock.DEFERRAL:
        sentence = PROMISES[action]
    department = item.department_code if item else None
    if item is not None and row.clock is Clock.CONSULTATION:
        department, sentence = _asked(row, ctx), QUESTIONS[action]
    for whom in rung.to:
        if whom in ROLES:
            tell_role(case, Role(whom), rung.light, sentence, params, ctx)
        elif item is not None and department is not None:
            _tell_post(case, item, department, whom, rung.light, sentence, params, ctx)
    return {
        "clock": row.clock.value,
        "basis": row.basis.value,
        "item": item.code if item else None,
        "due": due,
        "light": rung.light.value,
        "to": " ".join(rung.to),
        "rung": row.rung,
    }


def _tell_post(  # noqa: PLR0913
    case: Case, item: CaseItem, department: str, duty: str, light: Light, sentence: str,
    params: dict[str, Any], ctx: Context,
) -> None:  # fmt: skip
    """Tell a post, or its deputy (B角) besides."""
    if duty not in DEPUTIES:
        tell_department(case, department, duty, light, sentence, params, ctx, item)
    elif (deputy := deputy_of(ctx.session, department, duty)) is not None:
        tell_person(case, deputy, item, light, sentence, params, ctx)


def _asked(row: Deadline, ctx: Context) -> str:
    """The department whose answer a clock waits for."""
    query = select(Consultation.department_code).where(Consultation.deadline_id == row.id)
    return ctx.session.scalars(query).one()
