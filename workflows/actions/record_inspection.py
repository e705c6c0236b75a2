"""Record what an inspection came to: the day, who was there, what was found (检查结果登记)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from workflows.actions.base import Context, written
from workflows.actions.inspections import FILES, InspectionAction, must_be
from workflows.errors import N_, WorkflowError
from workflows.inspecting import rules_on
from workflows.models import Inspection, Person


class DayNotApproved(WorkflowError):
    """On a day for which it was not approved, or that is still to come."""

    sentence = N_("检查只能在批准的日期（%(from_on)s 至 %(to_on)s）进行，不能登记以后的日期。")


class InspectorsUnfit(WorkflowError):
    """行政处罚法 §42: two at least, each with a valid 执法资格 that day."""

    sentence = N_("应有 %(least)s 名以上参加检查部门的人员，当天执法资格均有效。")


@dataclass(frozen=True)
class RecordInspection(InspectionAction):
    done_on: date
    inspectors: list[str]
    problems: bool
    result: str

    name = "record_inspection"

    def apply(self, inspection: Inspection, ctx: Context) -> dict[str, Any]:
        who = must_be(inspection, FILES, ctx)
        if not inspection.from_on <= self.done_on <= min(inspection.to_on, ctx.today):
            raise DayNotApproved(from_on=inspection.from_on, to_on=inspection.to_on)
        inspection.inspectors = self._there(inspection, ctx)
        inspection.done_on, inspection.problems = self.done_on, self.problems
        inspection.result = written(self.result)
        inspection.closed_at = ctx.now
        return {
            "done_on": str(self.done_on),
            "inspectors": inspection.inspectors,
            "problems": self.problems,
            "result": inspection.result,
            "acting_for": who.acting_for,
        }

    def _there(self, inspection: Inspection, ctx: Context) -> list[dict[str, Any]]:
        """Those who were there, by name and number."""
        names = set(self.inspectors)
        comes = [inspection.department_code, *inspection.joint]
        query = select(Person).where(Person.username.in_(names), Person.department_code.in_(comes))
        found = [one for one in ctx.session.scalars(query.order_by(Person.id))
                 if one.qualified_on(self.done_on)]  # fmt: skip
        least = rules_on(self.done_on).inspectors.value
        if len(found) < len(names) or len(found) < least:
            raise InspectorsUnfit(least=least)
        return [{"name": one.name, "number": one.qualification_number} for one in found]
