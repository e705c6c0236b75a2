"""Give a task back to its post (退回待领): anyone of the post may take it up again."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context
from workflows.actions.offers import take_back_offers
from workflows.actions.work import in_hand
from workflows.errors import N_, WorkflowError
from workflows.models import Case


class NotClaimed(WorkflowError):
    """It belongs to the post already."""

    sentence = N_("这项任务没有人认领，本来就在岗位待领。")


@dataclass(frozen=True)
class Release(CaseAction):
    task: int

    name = "release"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = in_hand(case, self.task, ctx)
        if work.task.assignee_id is None:
            raise NotClaimed
        work.task.assignee_id = None
        take_back_offers(work.task, ctx)
        return work.facts()
