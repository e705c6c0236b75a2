"""Call the departments together (联合踏勘、联合会审): once, at one time, for all who need it.

Items of one visiting group (踏勘组) are invited together unless the caller wants one alone: the
applicant is visited once.  Two officials or more go (行政许可法 §34(3)), each department concludes
for itself, and no limit stops meanwhile.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseAction, Context, catalogue_of, written
from workflows.actions.clocks import new_clocks
from workflows.actions.consultations import names_of
from workflows.actions.meetings import leads
from workflows.actions.numbers import document_number
from workflows.actions.tell import tell_department
from workflows.actions.work import item_of
from workflows.clock import OFFICE_ZONE, office_time
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Attendance, Case, CaseItem, Meeting, MeetingKind, Post
from workflows.models.consultation import ANSWERS
from workflows.models.deadline import Basis, Clock

LONGEST_PLACE = 200
INVITED = {
    MeetingKind.VISIT: N_("请参加%(what)s的联合踏勘：%(at)s，%(place)s。"),
    MeetingKind.MEETING: N_("请参加%(what)s的联合会审：%(at)s，%(place)s。"),
}
SERIES = {MeetingKind.VISIT: "TK", MeetingKind.MEETING: "HS"}


class NobodyInvited(WorkflowError):
    """One does not meet alone."""

    sentence = N_("请选择参加的事项或部门。")


class MeetingPast(WorkflowError):
    """An invitation is to something that is still to come."""

    sentence = N_("约定的时间 %(at)s 已经过去，请重新选择。")


class ItemOver(WorkflowError):
    """What is decided needs no visit."""

    sentence = N_("事项 %(item)s 已有结论，不需要参加。")


class InvitedAlready(WorkflowError):
    """能合并的踏勘合并一次: no second visit while the first is not concluded."""

    sentence = N_("事项 %(items)s 已在一次尚未总结的联合踏勘（会审）中，不能重复召集。")


class PlaceTooLong(WorkflowError):
    """A place is an address, not a letter."""

    sentence = N_("地点请写在 %(most)s 字以内。")


class NobodyComes(WorkflowError):
    """The department is not in this hall."""

    sentence = N_("部门 %(departments)s 没有承办岗位，不能邀请。")


@dataclass(frozen=True)
class CallMeeting(CaseAction):
    kind: MeetingKind
    at: datetime
    place: str
    topic: str
    items: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    alone: bool = False

    name = "call_meeting"

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        items = self._items(case)
        leader = self._leader(case, items)
        acting_for = leads(leader, ctx)
        at = self.at if self.at.tzinfo else self.at.replace(tzinfo=OFFICE_ZONE)
        place, topic = written(self.place), written(self.topic)
        if len(place) > LONGEST_PLACE:
            raise PlaceTooLong(most=LONGEST_PLACE)
        said = office_time(at).strftime("%Y-%m-%d %H:%M")
        if at <= ctx.now:
            raise MeetingPast(at=said)
        invited = self._invited(case, items, ctx)
        limits = [(Basis.PROMISED, catalogue_of(case).rules.attendance)]
        [deadline] = new_clocks(case, Clock.MEETING, limits, ctx, started_at=at)
        number = document_number(ctx, case, SERIES[self.kind])
        meeting = Meeting(
            case_id=case.id, deadline=deadline, kind=self.kind, number=number, at=at, place=place,
            topic=topic, leader_code=leader, called_by=ctx.actor.name, attendances=invited,
        )  # fmt: skip
        ctx.session.add(meeting)
        codes = {row.department_code for row in invited}
        params = {"what": case.title, "at": said, "place": place}
        for code in sorted(codes):
            tell_department(case, code, ANSWERS, Light.GREEN, INVITED[self.kind], params, ctx)
        return {
            "kind": self.kind.value, "number": number, "at": said, "place": place, "topic": topic,
            "items": [item.code for item in items],
            "departments": list(names_of(ctx, codes).values()), "acting_for": acting_for,
        }  # fmt: skip

    def _items(self, case: Case) -> list[CaseItem]:
        """The items invited: those named and, for a visit, those that are visited with them."""
        named = {item_of(case, code).code for code in self.items}
        catalogue = catalogue_of(case)
        for item in case.items:
            if item.code in named and item.decided:
                raise ItemOver(item=item.code)
        if self.kind is MeetingKind.VISIT and not self.alone:
            groups = {catalogue.item(code).onsite for code in named} - {None}
            named |= {
                item.code
                for item in case.items
                if not item.decided and catalogue.item(item.code).onsite in groups
            }
        return [item for item in case.items if item.code in named]

    def _leader(self, case: Case, items: list[CaseItem]) -> str:
        """Who leads: of one visiting group its leader, else the department that leads the case."""
        catalogue = catalogue_of(case)
        groups = {catalogue.item(item.code).onsite for item in items}
        if self.kind is MeetingKind.VISIT and len(groups) == 1:
            for group in catalogue.onsite_groups:
                if group.code in groups:
                    return group.leader
        return catalogue.theme.lead

    def _invited(self, case: Case, items: list[CaseItem], ctx: Context) -> list[Attendance]:
        """A seat for each item, and for each department that has none of them."""
        with_items = {item.department_code for item in items}
        others = sorted(set(self.departments) - with_items)
        if not items and not others:
            raise NobodyInvited
        coming = select(Post.department_code).where(
            Post.department_code.in_(others), Post.duty == ANSWERS
        )
        if lacking := set(others) - set(ctx.session.scalars(coming)):
            raise NobodyComes(departments="、".join(sorted(lacking)))
        self._require_first(case, items, ctx)
        seats = [
            Attendance(department_code=item.department_code, item_id=item.id) for item in items
        ]
        return [*seats, *(Attendance(department_code=code) for code in others)]

    def _require_first(self, case: Case, items: list[CaseItem], ctx: Context) -> None:
        """None of the items is invited to another that is still to be concluded."""
        query = select(Attendance.item_id).join(Attendance.meeting).where(
            Meeting.case_id == case.id, Meeting.kind == self.kind, Meeting.concluded_at.is_(None),
            Attendance.item_id.in_([item.id for item in items]),
        )  # fmt: skip
        found = set(ctx.session.scalars(query))
        if found:
            codes = [item.code for item in items if item.id in found]
            raise InvitedAlready(items="、".join(codes))
