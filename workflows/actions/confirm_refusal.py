"""Confirm, or send back, the refusal of an item (否定报批).

行政许可法 §38(2): a refusal states its reasons and tells the applicant how to appeal.
"""

from dataclasses import dataclass, field
from typing import Any

from workflows.actions.base import CaseAction, Context, move, written
from workflows.actions.files import fill_in
from workflows.actions.work import finish, take_up
from workflows.models import Case
from workflows.states import ItemState


@dataclass(frozen=True)
class ConfirmRefusal(CaseAction):
    task: int
    confirmed: bool
    opinion: str
    form: dict[str, Any] = field(default_factory=dict)

    name = "confirm_refusal"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        work = take_up(case, self.task, ctx, "confirm")
        opinion = written(self.opinion)
        if not self.confirmed:
            move(work.item, self.name, ItemState.REVIEWING)
            work.item.reason = ""
        filled = fill_in(work, self.form, ctx)
        conclusion = "confirmed" if self.confirmed else "returned"
        moot = finish(work, conclusion, opinion, {"confirmed": self.confirmed}, ctx, self.name)
        return work.facts(confirmed=self.confirmed, opinion=opinion, **filled, **moot)
