"""File an inspection of an enterprise before anybody goes there (涉企检查备案).

One department comes at most so often a year, and departments that come about the same time come
together (综合查一次), or say why not.  The number is taken first: whoever files at the same moment
waits for it, and then sees this one.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from workflows.actions.base import Context, written
from workflows.actions.inspections import APPROVES, FILES, InspectionAction, must_be, tell
from workflows.clock import office_time
from workflows.errors import N_, WorkflowError
from workflows.identifiers import credit_code
from workflows.inspecting import InspectionRules, rules_on
from workflows.models import Department, Inspection, InspectionKind, Person
from workflows.models.serial import next_value
from workflows.queries.inspections import Visit, about_the_time, of_the_year
from workflows.states import InspectionState

#: Days: so long an inspection lasts at most, and so far ahead it is filed at most.
LONGEST, AHEAD = 31, 400
TO_APPROVE = N_("%(enterprise)s的检查（%(number)s）等待审批。")


class AlreadyFiled(WorkflowError):
    """The same form was sent twice: a double click, or a page sent again."""

    sentence = N_("这项检查已经备案，编号 %(number)s。")


class NotSaid(WorkflowError):
    """行政检查 needs an enterprise, a matter, and a law that it rests on."""

    sentence = N_("请写明企业名称、检查事项和检查依据，各至少两个字。")


class DaysUnfit(WorkflowError):
    """It begins today or later, and does not last longer than a month."""

    sentence = N_("检查日期应从今天或以后开始，结束不早于开始，最长 %(longest)s 天。")


class TooOften(WorkflowError):
    """国办发〔2024〕54号: no department comes more often in a year than was published."""

    sentence = N_("今年对这家企业的检查已有 %(count)s 次，年度上限 %(most)s 次：%(numbers)s。")


class OthersComeToo(WorkflowError):
    """国办发〔2024〕54号: departments that come about the same time come together."""

    sentence = N_("%(others)s前后也要检查这家企业，请选择与其联合检查，或者写明不能联合的理由。")


class NobodyComesAlong(WorkflowError):
    """Departments that come along are others, and there are such."""

    sentence = N_("联合检查的部门应当是其他部门。")


class NoDepartment(WorkflowError):
    """Who files belongs to a department."""

    sentence = N_("您不属于任何部门，不能备案检查。")


@dataclass(frozen=True)
class FileInspection(InspectionAction):
    token: str
    enterprise: str
    enterprise_number: str
    kind: InspectionKind
    matter: str
    basis: str
    from_on: date
    to_on: date
    joint: list[str] = field(default_factory=list)
    alone_because: str = ""

    name = "file_inspection"

    def find(self, key: str, ctx: Context) -> Inspection:
        year = office_time(ctx.now).year
        number = f"检〔{year}〕{next_value(ctx.session, f'inspection {year}')}号"
        twice = select(Inspection.number).where(Inspection.token == self.token)
        if (filed := ctx.session.scalar(twice)) is not None:
            raise AlreadyFiled(number=filed)
        person = ctx.session.get(Person, ctx.actor.person_id or 0)
        if person is None or person.department_code is None:
            raise NoDepartment
        return Inspection(
            number=number, token=self.token[:100], state=InspectionState.NEW, joint=[],
            department_code=person.department_code, inspectors=[], reason="", result="",
            filed_by=ctx.actor.name, filed_by_id=person.id, filed_at=ctx.now,
            history_length=0, history_hash="",
        )  # fmt: skip

    def apply(self, inspection: Inspection, ctx: Context) -> dict[str, Any]:
        who = must_be(inspection, FILES, ctx)
        inspection.enterprise, inspection.matter, inspection.basis = self._said()
        inspection.enterprise_number = credit_code(self.enterprise_number)
        inspection.kind = self.kind
        self._days(inspection, ctx)
        inspection.joint = self._joint(inspection, ctx)
        inspection.alone_because = self._lawful(inspection, ctx)
        ctx.session.add(inspection)
        tell(inspection, APPROVES, TO_APPROVE, ctx)
        return {
            "number": inspection.number,
            "enterprise": inspection.enterprise,
            "enterprise_number": inspection.enterprise_number,
            "kind": self.kind.value,
            "matter": inspection.matter,
            "basis": inspection.basis,
            "from_on": str(self.from_on),
            "to_on": str(self.to_on),
            "joint": inspection.joint,
            "reason": inspection.alone_because,
            "acting_for": who.acting_for,
        }

    def _said(self) -> list[str]:
        """Whom, what and by which law."""
        said = [text.strip()[:200] for text in (self.enterprise, self.matter, self.basis)]
        if min(map(len, said)) < 2:
            raise NotSaid
        return said

    def _days(self, inspection: Inspection, ctx: Context) -> None:
        lasts, ahead = (self.to_on - self.from_on).days + 1, (self.from_on - ctx.today).days
        if not (1 <= lasts <= LONGEST and 0 <= ahead <= AHEAD):
            raise DaysUnfit(longest=LONGEST)
        inspection.from_on, inspection.to_on = self.from_on, self.to_on

    def _joint(self, inspection: Inspection, ctx: Context) -> list[str]:
        """The departments that come along, by their codes."""
        chosen = set(self.joint)
        query = select(Department.code).where(Department.code.in_(chosen))
        found = set(ctx.session.scalars(query)) if chosen else set()
        if found != chosen or inspection.department_code in chosen:
            raise NobodyComesAlong
        return sorted(found)

    def _lawful(self, inspection: Inspection, ctx: Context) -> str:
        """Why they come alone, if they do; or the refusal of one too many."""
        rules = rules_on(ctx.today)
        if self.kind.value not in rules.counted.value:
            return ""
        code, number = inspection.department_code, inspection.enterprise_number
        visit = Visit(code, number, self.from_on, self.to_on, inspection.joint)
        self._not_too_often(visit, rules, ctx)
        others = about_the_time(ctx.session, visit, rules.together_days.value)
        if not others:
            return ""
        if not self.alone_because.strip():
            names = dict.fromkeys(one.department.name for one in others)
            raise OthersComeToo(others="、".join(names))
        return written(self.alone_because)

    def _not_too_often(self, visit: Visit, rules: InspectionRules, ctx: Context) -> None:
        before = of_the_year(ctx.session, visit, rules.counted.value)
        if len(before) >= rules.per_year.value:
            numbers = "、".join(one.number for one in before)
            raise TooOften(count=len(before), most=rules.per_year.value, numbers=numbers)
