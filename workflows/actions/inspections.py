"""What the actions on inspections share: finding one, and whose posts act for a department."""

from typing import Any

from workflows.actions.base import Action, Context, locked
from workflows.actions.people import Responsible, require
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Inspection, Notice
from workflows.models.rows import add_last
from workflows.states import INSPECTIONS

#: Who files and records, and who approves: never the same person.
FILES, APPROVES = "handler", "approver"


class InspectionNotFound(WorkflowError):
    """There is no such inspection."""

    sentence = N_("没有这项检查。")


class InspectionAction(Action):
    """An action on an inspection; its key is written ``inspection:检〔2026〕12号``."""

    table = INSPECTIONS

    def find(self, key: str, ctx: Context) -> Inspection:
        found = locked(Inspection, key, ctx)
        if found is None:
            raise InspectionNotFound
        return found


def must_be(inspection: Inspection, duty: str, ctx: Context) -> Responsible:
    """Whoever acts for a post of the department today, who must be this person."""
    code = inspection.department_code
    return require(ctx.session, code, duty, ctx.actor.person_id, ctx.today)


def tell(inspection: Inspection, duty: str, sentence: str, ctx: Context, **params: Any) -> None:
    """Tell a post of the department."""
    number, enterprise = inspection.number, inspection.enterprise
    facts = {"inspection": number, "number": number, "enterprise": enterprise, **params}
    notice = Notice(
        at=ctx.now, level=Light.GREEN.value, sentence=sentence, params=facts,
        department_code=inspection.department_code, duty=duty,
    )  # fmt: skip
    add_last(ctx.session, notice)
