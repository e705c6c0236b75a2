"""Acting in the demonstration hall by user name, as its people would."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.bundles import read_bundle
from server.context import Services
from server.scheduler import sweep_once
from server.settings import ROOT
from workflows.actions import SYSTEM, Action, Actor, perform
from workflows.actions.accept import Accept
from workflows.actions.approve_pause import ApprovePause
from workflows.actions.confirm_refusal import ConfirmRefusal
from workflows.actions.decide import Decide, Decision
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.pre_review import PreReview
from workflows.actions.publish_process import PublishProcess
from workflows.actions.receive import Receive
from workflows.actions.record_absence import RecordAbsence
from workflows.actions.request_pause import RequestPause
from workflows.actions.resume_deadline import ResumeDeadline
from workflows.actions.sign_for import SignFor
from workflows.actions.upload_process import UploadProcess
from workflows.catalogue import Catalogue
from workflows.catalogue.published import published
from workflows.clock import OFFICE_ZONE, FixedClock
from workflows.models import Case, CaseItem, Deadline, HistoryEvent, Person, ProcessVersion, Task
from workflows.models.clock_request import ClockRequest
from workflows.models.deadline import Basis, Clock
from workflows.permissions import Role
from workflows.states import ItemState, ProcessState

APPLICANT = Actor("applicant", frozenset({Role.APPLICANT}))
#: Only what everyone needs: licence, seal, tax, food licence, health certificates.
SMALL: dict[str, bool | int | float] = {}
#: Everything the questionnaire of the restaurant can ask for.
LARGE: dict[str, bool | int | float] = {
    "has_employees": True, "wants_account": True, "area_m2": 500, "invest_wan": 80,
    "has_signboard": True, "discharges_sewage": True, "sells_tobacco": True,
    "needs_utilities": True, "eia_catalogue_hit": True,
}  # fmt: skip


class Hall:
    """The people of the hall and the clock on its wall."""

    def __init__(self, services: Services, clock: FixedClock) -> None:
        self.services = services
        self.clock = clock
        self.tokens = 0

    # -- acting -------------------------------------------------------------------------------

    def actor(self, username: str) -> Actor:
        """The person who signs in with this name."""
        if username == "system":
            return SYSTEM
        with self.read() as session:
            person = session.scalars(select(Person).where(Person.username == username)).one()
            roles = frozenset(Role(role) for role in person.roles)
            return Actor(person.name, roles, person.id)

    def act(self, who: str | Actor, key: str, action: Action) -> Any:
        """Perform one action now; returns its subject."""
        actor = self.actor(who) if isinstance(who, str) else who
        context = self.services.context(actor)
        with context.session:
            return perform(key, action, context)

    def sweep(self) -> int:
        """Let the clockwork look at the clock."""
        return sweep_once(self.services)

    def at(self, moment: str) -> None:
        """Set the clock, written 2026-03-02T09:30 as at the counter."""
        self.clock.set(datetime.fromisoformat(moment).replace(tzinfo=OFFICE_ZONE))

    # -- reading ------------------------------------------------------------------------------

    def read(self) -> Session:
        """A session to read with; close it, or use it in a with statement."""
        return self.services.database.readers()

    def case(self, number: str) -> Case:
        """The case with everything loaded, detached."""
        with self.read() as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            for rows in (case.items, case.materials, case.tasks, case.deadlines, case.pauses):
                list(rows)
            list(case.instances)
            _ = case.version.key
            return case

    def item(self, number: str, code: str) -> CaseItem:
        """One item of a case."""
        query = select(CaseItem).join(Case).where(Case.number == number, CaseItem.code == code)
        with self.read() as session:
            return session.scalars(query).one()

    def deadline(
        self, number: str, clock: Clock, basis: Basis = Basis.PROMISED, item: str | None = None
    ) -> Deadline:
        """The latest clock of a kind."""
        query = (
            select(Deadline)
            .join(Case, Case.id == Deadline.case_id)
            .outerjoin(CaseItem, CaseItem.id == Deadline.item_id)
            .where(Case.number == number, Deadline.clock == clock, Deadline.basis == basis)
            .where(CaseItem.code == item if item else Deadline.item_id.is_(None))
            .order_by(Deadline.id.desc())
        )
        with self.read() as session:
            found = session.scalars(query).first()
            assert found is not None, "this clock never ran"
            return found

    def history(self, key: str) -> list[HistoryEvent]:
        """Every row of a subject, in order."""
        with self.read() as session:
            query = select(HistoryEvent).where(HistoryEvent.subject == key)
            return list(session.scalars(query.order_by(HistoryEvent.sequence)))

    def actions(self, key: str) -> list[str]:
        """What was done to a subject, in order."""
        return [event.action for event in self.history(key)]

    def catalogue(self, process: str = "restaurant") -> Catalogue:
        """The catalogue in force."""
        with self.read() as session:
            query = select(ProcessVersion).where(
                ProcessVersion.process == process,
                ProcessVersion.state == ProcessState.PUBLISHED,
            )
            return published(session.scalars(query).one()).catalogue

    def task(self, number: str, item: str) -> Task:
        """The open task of an item."""
        query = (
            select(Task)
            .join(Case, Case.id == Task.case_id)
            .join(CaseItem, CaseItem.id == Task.item_id)
            .where(Case.number == number, CaseItem.code == item, Task.closed_at.is_(None))
        )
        with self.read() as session:
            found = session.scalars(query.order_by(Task.id)).first()
            assert found is not None, f"{item} has no open task"
            return found

    def request(self, number: str) -> int:
        """The latest request about a clock of a case."""
        query = select(ClockRequest.id).join(Case, Case.id == ClockRequest.case_id)
        with self.read() as session:
            latest = query.where(Case.number == number).order_by(ClockRequest.id.desc())
            return session.scalars(latest).first() or 0

    def holder(self, task: Task) -> str:
        """The user name of the holder of a task's post in the demonstration hall."""
        return f"{task.department_code.lower()}.{task.duty}"

    # -- the usual steps ----------------------------------------------------------------------

    def application(
        self,
        answers: Mapping[str, bool | int | float] = SMALL,
        without: Sequence[str] = (),
        process: str = "restaurant",
        **changes: Any,
    ) -> Receive:
        """An application with all its materials but some, on a fresh form."""
        catalogue = self.catalogue(process)
        listed = catalogue.materials_for(catalogue.needed_items(answers), answers)
        handed_in = [m.code for m, _ in listed if not m.fetched and m.code not in without]
        self.tokens += 1
        action = Receive(
            process=process,
            token=f"token {self.tokens}",
            applicant="金味餐饮有限公司",
            applicant_number="91330700MA29ABCD1G",
            phone="13800000000",
            form={"applicant_name": "金味餐饮有限公司"},
            answers=dict(answers),
            materials=handed_in,
        )
        return replace(action, **changes)

    def receive(self, answers: Mapping[str, bool | int | float] = SMALL, **more: Any) -> str:
        """Receive an application; returns the case number."""
        number: str = self.act("window1", "", self.application(answers, **more)).number
        return number

    def accepted(self, answers: Mapping[str, bool | int | float] = SMALL, **more: Any) -> str:
        """Receive and accept; returns the case number."""
        number = self.receive(answers, **more)
        self.act("window1", number, Accept())
        return number

    def sign_for(self, number: str, item: str) -> None:
        """The department signs for an item."""
        task = self.task(number, item)
        self.act(self.holder(task), number, SignFor(task.id))

    def opine(self, number: str, item: str, conclusion: str = "agree") -> None:
        """The holder of the open review gives an opinion."""
        task = self.task(number, item)
        self.act(self.holder(task), number, GiveOpinion(task.id, conclusion, "已审查"))

    def decide(self, number: str, item: str, decision: Decision = Decision.GRANTED) -> None:
        """The holder of the open decision decides."""
        task = self.task(number, item)
        self.act(self.holder(task), number, Decide(task.id, decision, "依法决定"))

    def grant(self, number: str, item: str) -> None:
        """Take an item through all its steps to the licence; its gates must be decided."""
        for _ in range(8):
            state = self.item(number, item).state
            if state in (ItemState.APPROVED, ItemState.COMMITTED):
                return
            task = self.task(number, item)
            if state is ItemState.RECEIVED:
                self.sign_for(number, item)
            elif task.kind == "review":
                self.opine(number, item)
            else:
                self.decide(number, item)
        raise AssertionError(f"{item} was not granted")

    def to_decision(self, number: str, item: str) -> Task:
        """Take an item to the task that decides it; returns that task."""
        if self.item(number, item).state is ItemState.RECEIVED:
            self.sign_for(number, item)
        while (task := self.task(number, item)).kind == "review":
            self.opine(number, item)
        return task

    def pre_review(self, number: str, item: str) -> None:
        """Review everything but the predecessor's result."""
        task = self.to_decision(number, item)
        self.act(self.holder(task), number, PreReview(task.id, "其余审查完毕"))

    def refuse(self, number: str, item: str) -> None:
        """Refuse an item, through 否定报批."""
        self.to_decision(number, item)
        self.decide(number, item, Decision.REFUSED)
        task = self.task(number, item)
        self.act(self.holder(task), number, ConfirmRefusal(task.id, True, "同意不予"))

    def suspend(self, number: str, item: str, procedure: str = "水质检测", days: int = 10) -> None:
        """Stop the clocks of an item for a special procedure."""
        department = self.item(number, item).department_code.lower()
        self.act(f"{department}.handler", number, RequestPause(item, procedure, days, "取样送检"))
        self.act(f"{department}.checker", number, ApprovePause(self.request(number), True))

    def resume(self, number: str, item: str) -> None:
        """Let the clocks of an item run again."""
        checker = f"{self.item(number, item).department_code.lower()}.checker"
        self.act(checker, number, ResumeDeadline(item, "检测合格"))

    def decided(self, answers: Mapping[str, bool | int | float] = SMALL, **more: Any) -> str:
        """Take a case to the decision of everything; returns the case number."""
        number = self.accepted(answers, **more)
        self.grant_all(number)
        return number

    def publish(self, *changes: tuple[str, str], process: str = "restaurant") -> ProcessVersion:
        """Publish a new version with these words of the catalogue replaced."""
        upload = self.upload(*changes, process=process)
        version: ProcessVersion = self.act("designer1", process, upload)
        return cast(ProcessVersion, self.act("designer2", version.key, PublishProcess()))

    def upload(self, *changes: tuple[str, str], process: str = "restaurant") -> UploadProcess:
        """A shipped process with these words of its catalogue replaced."""
        bundle = read_bundle(ROOT / "bpmn", process)
        catalogue = bundle.catalogue
        for old, new in changes:
            assert old in catalogue, f"the catalogue does not say {old}"
            catalogue = catalogue.replace(old, new)
        return UploadProcess(process, bundle.sources, catalogue, bundle.forms)

    def away(self, username: str, from_on: str, to_on: str = "2026-12-31") -> None:
        """Record that a person is away."""
        days = date.fromisoformat(from_on), date.fromisoformat(to_on)
        self.act("admin", "organisation", RecordAbsence(username, *days, "出差"))

    def grant_all(self, number: str) -> None:
        """Grant everything, predecessors first."""
        while open_items := [item for item in self.case(number).items if not item.decided]:
            before = len(open_items)
            for item in open_items:
                gates = self.catalogue(self.case(number).version.process).item(item.code).after
                waiting = {g.item for g in gates} & {o.code for o in open_items}
                if not waiting and self.item(number, item.code).state is not ItemState.WAITING:
                    self.grant(number, item.code)
            after = sum(1 for item in self.case(number).items if not item.decided)
            assert after < before, "nothing can move"
