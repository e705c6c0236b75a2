"""Investigate a complaint and propose what becomes of it (调查、拟办意见)."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.complaints import ComplaintAction, advance, must_handle, tell_watch
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import Complaint, Finding

PROPOSED = N_("投诉 %(complaint)s 已报拟办意见，请审核。")


@dataclass(frozen=True)
class ProposeOutcome(ComplaintAction):
    finding: Finding
    proposal: str

    name = "propose_outcome"

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        acting_for = must_handle(complaint, ctx)
        complaint.finding = self.finding
        complaint.proposal = written(self.proposal)
        advance(complaint, {}, ctx)
        tell_watch(complaint, Light.YELLOW, PROPOSED, {}, ctx)
        facts = {"finding": self.finding.value, "reason": complaint.proposal}
        return {**facts, "round": complaint.round, "acting_for": acting_for}
