"""Tell who complained what came of it (反馈); they read it with their number and code."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.complaints import ComplaintAction, advance
from workflows.actions.follow_ups import stop_follow_ups
from workflows.models import Complaint, FollowUp


@dataclass(frozen=True)
class AnswerComplaint(ComplaintAction):
    answer: str

    name = "answer_complaint"

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        complaint.answer = written(self.answer)
        stop_follow_ups(complaint.key, ctx, FollowUp.REPLY)
        advance(complaint, {}, ctx)
        return {"reason": complaint.answer}
