"""Check afterwards what was promised (告知承诺事后核查).

The licence is confirmed, or revoked, or the applicant is told to put things right and it is
checked again (行政许可法 §69; 浙江“最多跑一次”规定 §14).
"""

from dataclasses import dataclass, field
from typing import Any

from workflows.actions.base import CaseAction, Context, move, written
from workflows.actions.clocks import stop_clocks
from workflows.actions.files import fill_in
from workflows.actions.work import ConclusionUnknown, finish, take_up
from workflows.models import Case
from workflows.models.deadline import Clock
from workflows.states import ItemState

OUTCOMES = {
    "agree": ItemState.APPROVED,
    "disagree": ItemState.REVOKED,
    "return": ItemState.COMMITTED,
}


@dataclass(frozen=True)
class CheckCommitment(CaseAction):
    task: int
    conclusion: str
    opinion: str
    form: dict[str, Any] = field(default_factory=dict)

    name = "check_commitment"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = take_up(case, self.task, ctx, "check")
        if self.conclusion not in OUTCOMES:
            raise ConclusionUnknown(conclusion=self.conclusion)
        opinion = written(self.opinion)
        move(work.item, self.name, OUTCOMES[self.conclusion])
        if work.item.state is ItemState.REVOKED:
            work.item.reason = opinion
        if work.item.state is not ItemState.COMMITTED:
            stop_clocks(case, ctx, Clock.CHECK, work.item)
        filled = fill_in(work, self.form, ctx)
        finish(work, self.conclusion, opinion, {"conclusion": self.conclusion}, ctx, self.name)
        return work.facts(conclusion=self.conclusion, opinion=opinion, **filled)
