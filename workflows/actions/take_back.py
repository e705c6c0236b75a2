"""Take back what one has just concluded (拿回), while nobody has gone on from it.

Whoever pressed the wrong button puts it right without asking anybody.  Once another person has
worked on what followed, or a decision is out, that takes a return (退回) or a roll-back.
"""

from dataclasses import dataclass
from typing import Any

from workflows import engine
from workflows.actions.base import CaseAction, Context
from workflows.actions.moving import NoSuchTask, definition_of, joint_task, take_over
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Task


class NotYourConclusion(WorkflowError):
    """Only what one has concluded oneself, and what still counts, can be taken back."""

    sentence = N_("只能拿回您自己办结、且仍然有效的环节。")


class GoneOn(WorkflowError):
    """What followed has been worked on."""

    sentence = N_("后续环节“%(step)s”已由 %(by)s 办理，不能拿回；需要更正时请走退回或流程回退。")


class AlreadyDecided(WorkflowError):
    """A decision that is out is taken back by nobody alone (行政许可法 §69)."""

    sentence = N_("事项 %(items)s 的决定已经作出，不能拿回。")


@dataclass(frozen=True)
class TakeBack(CaseAction):
    task: int

    name = "take_back"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        mine, instance = joint_task(case, self.task, ctx)
        if mine.signer_of is not None:
            raise NoSuchTask
        if mine.closed_by_id != ctx.actor.person_id or not mine.conclusion or mine.void_at:
            raise NotYourConclusion
        item = next(item for item in case.items if item.id == mine.item_id)
        later = [row for row in case.tasks if _after(row, mine)]
        step = engine.roll_back(definition_of(case, instance), instance.state, mine.number)
        facts = take_over(case, instance, step, ctx, self.name)
        for row in later:
            if row.void_at is not None:
                raise GoneOn(step=row.name, by=row.closed_by)
        if decided := [row["item"] for row in facts.get("reopened", ())]:
            raise AlreadyDecided(items="、".join(decided))
        return {"item": item.code, "step": mine.name, **facts}


def _after(row: Task, mine: Task) -> bool:
    """Concluded since, in the same process, and counting until now."""
    since = row.id != mine.id and row.instance_id == mine.instance_id
    return since and bool(row.conclusion) and row.void_at is None
