"""Tell the applicant, once, everything that is missing (一次性告知、退回补正).

行政许可法 §32(4): on the spot or within five working days, all of it, and only once.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.actions.base import CaseAction, Context, catalogue_of
from workflows.actions.clocks import running, start_clock, stop_clocks
from workflows.actions.materials import missing
from workflows.actions.numbers import document_number
from workflows.actions.silence import in_time
from workflows.clock import office_day, office_time
from workflows.errors import N_, WorkflowError
from workflows.models import Case
from workflows.models.deadline import Basis, Clock


class NothingMissing(WorkflowError):
    """A notice needs a list."""

    sentence = N_("请列出需要补正的材料。")


class SecondSupplement(WorkflowError):
    """§32(4), §72(4): everything is told at once; there is no second notice."""

    sentence = N_("本办件已于 %(at)s 一次性告知过，不得再次要求补正。")


class NotAllTold(WorkflowError):
    """Everything that is missing has to be on the one notice."""

    sentence = N_("一次性告知须列明全部缺件，还漏了：%(missing)s。")


class FaultUnsaid(WorkflowError):
    """The notice says what is wrong with every material."""

    sentence = N_("请写明材料 %(code)s 缺什么、错在哪里。")


@dataclass(frozen=True)
class ReturnForSupplement(CaseAction):
    faults: dict[str, str] = field(default_factory=dict)

    name = "return_for_supplement"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        if case.supplement is not None:
            raise SecondSupplement(at=office_day(datetime.fromisoformat(case.supplement["at"])))
        in_time(case, ctx)
        self._check(case)
        for row in case.materials:
            if row.code in self.faults:
                row.fault = self.faults[row.code].strip()
                row.received_at = None
        number = document_number(ctx, case, "BZ")
        stop_clocks(case, ctx, Clock.NOTICE)
        limit = catalogue_of(case).rules.supplement
        start_clock(case, Clock.SUPPLEMENT, [(Basis.PROMISED, limit)], ctx)
        due_at = running(case, Clock.SUPPLEMENT)[0].due_at
        assert due_at is not None, "nothing pauses the applicant's time"
        told = {"number": number, "faults": self.faults, "due_at": office_time(due_at).isoformat()}
        case.supplement = {"at": office_time(ctx.now).isoformat(), **told}
        return told

    def _check(self, case: Case) -> None:
        if not self.faults:
            raise NothingMissing
        known = {row.code for row in case.materials}
        for code, fault in self.faults.items():
            if code not in known or not fault.strip():
                raise FaultUnsaid(code=code)
        untold = [
            row.name for row in missing(case) if row.code not in self.faults and not row.deferrable
        ]
        if untold:
            raise NotAllTold(missing="、".join(untold))
