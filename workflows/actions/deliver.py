"""Hand over the decisions (送达, 行政许可法 §44: within ten days of the decision)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflows.actions.base import CaseAction, Context, written
from workflows.actions.clocks import stop_clocks
from workflows.models import Case
from workflows.models.deadline import Clock


class Delivery(StrEnum):
    """How a decision reaches the applicant."""

    COUNTER = "counter"
    COURIER = "courier"
    ELECTRONIC = "electronic"


@dataclass(frozen=True)
class Deliver(CaseAction):
    method: Delivery
    recipient: str

    name = "deliver"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        recipient = written(self.recipient)
        stop_clocks(case, ctx, Clock.DELIVERY)
        documents = [item.document_number for item in case.items if item.document_number]
        return {"method": self.method.value, "recipient": recipient, "documents": documents}
