"""Record an absence (AB角): from the first day to the last, the deputy has the holder's powers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.actions.base import Context, OrganisationAction, written
from workflows.actions.gaps import tell_of_gaps
from workflows.actions.staff import person_named
from workflows.errors import N_, WorkflowError
from workflows.models import Absence, Organisation


class AbsenceBackwards(WorkflowError):
    """An absence ends on or after the day it begins."""

    sentence = N_("结束日期 %(to_on)s 早于开始日期 %(from_on)s。")


@dataclass(frozen=True)
class RecordAbsence(OrganisationAction):
    username: str
    from_on: date
    to_on: date
    reason: str

    name = "record_absence"

    def apply(self, organisation: Organisation, ctx: Context) -> dict[str, Any]:
        if self.to_on < self.from_on:
            raise AbsenceBackwards(from_on=self.from_on, to_on=self.to_on)
        person = person_named(ctx.session, self.username)
        reason = written(self.reason)
        person.absences.append(Absence(from_on=self.from_on, to_on=self.to_on, reason=reason))
        uncovered = tell_of_gaps(person, self.from_on, self.to_on, ctx)
        return {
            "username": self.username,
            "from_on": self.from_on.isoformat(),
            "to_on": self.to_on.isoformat(),
            "reason": reason,
            **({"uncovered": uncovered} if uncovered else {}),
        }
