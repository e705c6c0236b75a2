"""Distribution to the departments (分发): what acceptance sets in motion, by a clerk or by law."""

from datetime import datetime
from typing import Any

from workflows.actions.base import Context, catalogue_of
from workflows.actions.clocks import start_clock, stop_clocks
from workflows.actions.follow import begin
from workflows.models import Case
from workflows.models.deadline import Basis, Clock
from workflows.states import CaseState


def distribute(case: Case, accepted_at: datetime, ctx: Context) -> dict[str, Any]:
    """Start the joint clocks and the process; what history should remember of it."""
    catalogue = catalogue_of(case)
    case.state = CaseState.IN_REVIEW
    case.accepted_at = accepted_at
    stop_clocks(case, ctx)
    promised = catalogue.promised_limit(case.answers)
    limits = [(Basis.STATUTORY, catalogue.theme.cap), (Basis.PROMISED, promised)]
    start_clock(case, Clock.CASE, limits, ctx, started_at=accepted_at)
    # Conditions may ask for the result of any item; one not decided yet has none.
    results = dict.fromkeys(item.code for item in catalogue.items)
    variables = {**results, **catalogue.variables(case.answers)}
    begin(case, case.version.process, variables, ctx, item=None)
    joint = [row for row in case.deadlines if row.clock is Clock.CASE]
    return {
        "accepted_at": accepted_at.isoformat(),
        "due": {row.basis.value: row.due_at.isoformat() for row in joint if row.due_at},
        "distributed": sorted({task.department_code for task in case.tasks}),
    }
