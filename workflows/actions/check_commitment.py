"""Check afterwards what was promised (告知承诺事后核查): confirm the licence, or revoke it."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import CaseAction, Context, move, written
from workflows.actions.clocks import stop_clocks
from workflows.actions.work import finish, take_up
from workflows.models import Case
from workflows.models.deadline import Clock
from workflows.states import ItemState


@dataclass(frozen=True)
class CheckCommitment(CaseAction):
    task: int
    kept: bool
    opinion: str

    name = "check_commitment"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = take_up(case, self.task, ctx, "check")
        opinion = written(self.opinion)
        move(work.item, self.name, ItemState.APPROVED if self.kept else ItemState.REVOKED)
        if not self.kept:
            work.item.reason = opinion
        stop_clocks(case, ctx, Clock.CHECK, work.item)
        conclusion = "kept" if self.kept else "broken"
        finish(work, conclusion, opinion, {"kept": self.kept}, ctx, self.name)
        return work.facts(kept=self.kept, opinion=opinion)
