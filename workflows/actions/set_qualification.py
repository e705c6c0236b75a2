"""Set or suspend a person's 执法资格; without it nothing can be given to the person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.actions.base import Context, OrganisationAction, written
from workflows.actions.gaps import AHEAD, tell_of_gaps
from workflows.actions.staff import person_named
from workflows.models import Organisation


@dataclass(frozen=True)
class SetQualification(OrganisationAction):
    username: str
    reason: str
    qualified_until: date | None = None

    name = "set_qualification"

    def apply(self, organisation: Organisation, ctx: Context) -> dict[str, Any]:
        person = person_named(ctx.session, self.username)
        before, person.qualified_until = person.qualified_until, self.qualified_until
        reason = written(self.reason)
        uncovered = tell_of_gaps(person, ctx.today, ctx.today + AHEAD, ctx)
        return {
            "username": self.username,
            "before": before.isoformat() if before else None,
            "qualified_until": self.qualified_until.isoformat() if self.qualified_until else None,
            "reason": reason,
            **({"uncovered": uncovered} if uncovered else {}),
        }
