"""Decide an item (决定): grant it, propose to refuse it, or return it for another review.

行政许可法 §38.  A refusal takes effect only when it is confirmed (否定报批); what must wait for
another item's result cannot be granted before it (gate=decision).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workflows.actions.base import CaseAction, Context, move, written
from workflows.actions.clocks import gates
from workflows.actions.consultations import require_answers
from workflows.actions.deferral import require_promised
from workflows.actions.fields import write_fields
from workflows.actions.files import fill_in
from workflows.actions.follow import end_wait
from workflows.actions.work import Work, finish, require_state, take_up
from workflows.errors import N_, WorkflowError
from workflows.models import Case
from workflows.states import GRANTED_ITEMS, ItemState


class Decision(StrEnum):
    """What a decider may say."""

    GRANTED = "granted"
    REFUSED = "refused"
    RETURNED = "returned"


class PredecessorUndecided(WorkflowError):
    """The result this decision depends on has not arrived."""

    sentence = N_("前置事项 %(items)s 还没有结果，不能准予；请先完成预审。")


class PredecessorRefused(WorkflowError):
    """What this item depends on was refused."""

    sentence = N_("前置事项 %(items)s 未获准予，本事项不能准予。")


@dataclass(frozen=True)
class Decide(CaseAction):
    task: int
    decision: Decision
    opinion: str
    form: dict[str, Any] = field(default_factory=dict)
    application: dict[str, Any] = field(default_factory=dict)

    name = "decide"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = take_up(case, self.task, ctx, "decide")
        opinion = written(self.opinion)
        require_state(work.item, self.name, ItemState.REVIEWING)
        if self.decision is Decision.GRANTED:
            _require_gates(work)
            if work.owes:
                require_promised(case, work.item)
        if self.decision is not Decision.RETURNED:
            require_answers(case, work.item, ctx)
        filled = fill_in(work, self.form, ctx)
        changed = write_fields(work, self.application)
        waiting = work.item.state is ItemState.PRE_REVIEWED
        if waiting:
            end_wait(case, work.item, ctx)
        if self.decision is Decision.REFUSED:
            move(work.item, self.name, ItemState.RETURN_REVIEW)
            work.item.reason = opinion
        elif waiting:
            move(work.item, self.name, ItemState.REVIEWING)
        said = {"decision": self.decision.value}
        moot = finish(work, self.decision, opinion, said, ctx, self.name)
        return work.facts(opinion=opinion, **said, **changed, **filled, **moot)


def _require_gates(work: Work) -> None:
    before = gates(work.case, work.item, "decision")
    undecided = [item.code for item in before if not item.decided]
    if undecided:
        raise PredecessorUndecided(items="、".join(undecided))
    refused = [item.code for item in before if item.state not in GRANTED_ITEMS]
    if refused:
        raise PredecessorRefused(items="、".join(refused))
