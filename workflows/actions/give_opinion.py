"""Give an opinion on an item (审查意见), or return it to the step before (回退)."""

from dataclasses import dataclass, field
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.fields import write_fields
from workflows.actions.files import fill_in
from workflows.actions.signatures import co_signers, signed
from workflows.actions.signers import happening
from workflows.actions.work import ConclusionUnknown, finish, require_state, take_up
from workflows.models import Case


@dataclass(frozen=True)
class GiveOpinion(CaseAction):
    task: int
    conclusion: str
    opinion: str
    form: dict[str, Any] = field(default_factory=dict)
    application: dict[str, Any] = field(default_factory=dict)

    name = "give_opinion"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = take_up(case, self.task, ctx, "review")
        require_state(work.item, self.name, work.item.state)  # a signer's, even of a refusal
        if self.conclusion not in work.task.conclusions:
            raise ConclusionUnknown(conclusion=self.conclusion)
        others = co_signers(work, ctx)
        opinion = written(self.opinion)
        filled = fill_in(work, self.form, ctx)
        changed = write_fields(work, self.application)
        name = happening(work.task, self.name, ctx)
        moot = finish(work, self.conclusion, opinion, {"conclusion": self.conclusion}, ctx, name)
        together = signed(work, others, ctx)
        said = {"conclusion": self.conclusion, "opinion": opinion}
        return work.facts(**said, **changed, **filled, **together, **moot)
