"""Have everything reviewed but the result of another item (预审完成).

A department that must wait for another's decision reviews all else beforehand and decides when
the result arrives (滨州并联审批规定 §16); its limit then counts from that result.
"""

from dataclasses import dataclass, field
from typing import Any

from workflows.actions.base import CaseAction, Context, move, written
from workflows.actions.clocks import pause, refresh_joint_clock, undecided_gates
from workflows.actions.fields import write_fields
from workflows.actions.files import fill_in
from workflows.actions.work import take_up
from workflows.errors import N_, WorkflowError
from workflows.models import Case
from workflows.models.deadline import PREDECESSOR
from workflows.states import ItemState


class NothingToWaitFor(WorkflowError):
    """Every predecessor is decided: decide now."""

    sentence = N_("前置事项都已有结果，请直接作出决定。")


@dataclass(frozen=True)
class PreReview(CaseAction):
    task: int
    opinion: str
    form: dict[str, Any] = field(default_factory=dict)
    application: dict[str, Any] = field(default_factory=dict)

    name = "pre_review"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = take_up(case, self.task, ctx, "decide")
        waiting_for = [item.code for item in undecided_gates(case, work.item, "decision")]
        if not waiting_for:
            raise NothingToWaitFor
        opinion = written(self.opinion)
        filled = fill_in(work, self.form, ctx)
        changed = write_fields(work, self.application)
        move(work.item, self.name, ItemState.PRE_REVIEWED)
        pause(case, work.item, PREDECESSOR, "、".join(waiting_for), ctx)
        refresh_joint_clock(case, ctx)
        return work.facts(opinion=opinion, waiting_for=waiting_for, **changed, **filled)
