"""Call an inspection off, with a reason; it does not count any more."""

from dataclasses import dataclass
from typing import Any

from workflows.actions.base import Context, written
from workflows.actions.inspections import FILES, InspectionAction, must_be
from workflows.models import Inspection


@dataclass(frozen=True)
class CancelInspection(InspectionAction):
    reason: str

    name = "cancel_inspection"

    def apply(self, inspection: Inspection, ctx: Context) -> dict[str, Any]:
        who = must_be(inspection, FILES, ctx)
        inspection.reason = written(self.reason)
        inspection.closed_at = ctx.now
        return {"reason": inspection.reason, "acting_for": who.acting_for}
