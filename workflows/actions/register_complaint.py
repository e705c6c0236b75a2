"""Register a complaint (投诉登记): by whoever complains, or by who hears it; its process begins."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from workflows import engine
from workflows.actions.base import CaseNotFound, Context
from workflows.actions.complaints import (
    LONGEST_TEXT,
    ComplaintAction,
    definition_of,
    rest,
    start_limit,
    tell_watch,
)
from workflows.actions.numbers import complaint_number, new_code
from workflows.clock import office_time
from workflows.deadlines import Light
from workflows.errors import N_, WorkflowError
from workflows.models import Case, Complainant, Complaint, ComplaintDiagram, FollowUp
from workflows.permissions import Role
from workflows.states import ComplaintState
from workflows.voices import rules_on

REGISTERED = N_("收到投诉 %(complaint)s，请于%(due)s前决定是否受理。")
#: What who complains is called wherever it is not them who acts.
SOMEBODY = "applicant"


class ComplaintUnfit(WorkflowError):
    """Something is missing, too long, or a code that is not on the list."""

    sentence = N_("请写明投诉对象、类别和事实；事实最多五千字，实名投诉还要姓名和电话。")


class ComplaintThere(WorkflowError):
    """The same form was sent twice."""

    sentence = N_("这件投诉已经登记，编号 %(number)s。")


@dataclass(frozen=True)
class RegisterComplaint(ComplaintAction):
    """``diagram`` is the process it runs through; who complains is sealed, and may stay unsaid."""

    token: str
    channel: str
    category: str
    against: str
    text: str
    diagram: str = field(repr=False)
    case: str = ""
    complainant: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)

    name = "register_complaint"

    def find(self, key: str, ctx: Context) -> Complaint:
        number = complaint_number(ctx)  # one at a time, so that the second click sees the first's
        twice = ctx.session.scalar(select(Complaint.number).where(Complaint.token == self.token))
        if twice is not None:
            raise ComplaintThere(number=twice)
        self._check(ctx)
        about = self._case(ctx)
        staff = Role.APPLICANT not in ctx.actor.roles
        return Complaint(
            number=number, query_code=new_code(), token=self.token, channel=self.channel,
            category=self.category, against=self.against.strip(), text=self.text.strip(),
            case_id=about.id if about else None, region=about.region if about else "cn",
            real_name=bool(self.complainant.strip()), registered_at=ctx.now,
            registered_by=ctx.actor.name if staff else SOMEBODY, state=ComplaintState.NEW,
            given_back=0, round=0, extended=False, reviewed=False, proposal="", measure="",
            answer="", history_length=0, history_hash="",
        )  # fmt: skip

    def apply(self, complaint: Complaint, ctx: Context) -> dict[str, Any]:
        complaint.diagram = _kept(self.diagram, ctx)
        rest(complaint, engine.start(definition_of(self.diagram), {}), ctx)
        ctx.session.add(complaint)
        ctx.session.flush()
        if complaint.real_name:
            ctx.session.add(self._sealed(complaint))
        clock = start_limit(complaint, FollowUp.ACCEPT, "accept", ctx)
        due = {"due": f"{office_time(clock.due_at):%Y-%m-%d %H:%M}"}
        tell_watch(complaint, Light.YELLOW, REGISTERED, due, ctx)
        return {
            "channel": self.channel,
            "category": self.category,
            "case": self.case or None,
            "real_name": complaint.real_name,
            "text_sha256": hashlib.sha256(complaint.text.encode()).hexdigest(),
            "diagram": complaint.diagram.sha256,
            "rules": rules_on(ctx.today).name,
        }

    def _check(self, ctx: Context) -> None:
        rules = rules_on(ctx.today)
        known = self.channel in rules.channels and self.category in rules.categories
        said = 1 < len(self.against.strip()) <= 200 and 1 < len(self.text.strip()) <= LONGEST_TEXT
        who = (self.complainant, self.phone, self.address)
        named = bool(self.complainant.strip()) == bool(self.phone.strip())
        if not (known and said and named) or max(map(len, who)) > 200 or not self.token:
            raise ComplaintUnfit

    def _case(self, ctx: Context) -> Case | None:
        if not self.case.strip():
            return None
        found = ctx.session.scalar(select(Case).where(Case.number == self.case.strip()))
        if found is None:
            raise CaseNotFound(number=self.case.strip())
        return found

    def _sealed(self, complaint: Complaint) -> Complainant:
        return Complainant(
            complaint_id=complaint.id, name=self.complainant.strip(), phone=self.phone.strip(),
            address=self.address.strip(),
        )  # fmt: skip


def _kept(source: str, ctx: Context) -> ComplaintDiagram:
    """The diagram as it is now, kept for those who begin on it."""
    digest = hashlib.sha256(source.encode()).hexdigest()
    query = select(ComplaintDiagram).where(ComplaintDiagram.sha256 == digest)
    return ctx.session.scalar(query) or ComplaintDiagram(sha256=digest, source=source)
