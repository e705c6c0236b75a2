"""How cases go as they should: received, supplemented, accepted, decided in time, handed over.

A plan says in what a case differs: its plants put their own hands to it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.year.stage import HOUR, Course, Open, Stage
from workflows.actions.accept import Accept
from workflows.actions.approve_pause import ApprovePause
from workflows.actions.close import Close
from workflows.actions.confirm_refusal import ConfirmRefusal
from workflows.actions.deliver import Deliver, Delivery
from workflows.actions.receive import Receive
from workflows.actions.request_pause import RequestPause
from workflows.actions.resume_deadline import ResumeDeadline
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.supplement import Supplement
from workflows.actions.withdraw import Withdraw
from workflows.catalogue import Catalogue
from workflows.catalogue.records import Item
from workflows.states import CaseState

REASONED = "经审查，申请材料齐全，符合法定条件，依法准予。"
REFUSED = "经核查，经营场所不符合法定条件，依法不予许可。"
MISSING = {"restaurant": "M04", "construction": "K28"}
#: A promise of one working day is yellow from the start: the last day is the next one.
ONE_DAY = ("G25", "G26")

Step = Callable[["Going", str], Course]


@dataclass
class Plan:
    """In what a case differs from all others."""

    process: str = "restaurant"
    answers: Mapping[str, Any] = field(default_factory=dict)
    supplement: bool = False
    withdraw: bool = False
    refuse: str = ""
    silent: bool = False  # nobody looks at it before the notice is due
    deliver_on: int = 0  # working days after the decision
    #: Not decided before this working day after acceptance, and hour of the day.
    hold: dict[str, tuple[int, float]] = field(default_factory=dict)
    #: How long an item lies before it is signed for, in hours.
    lies: dict[str, float] = field(default_factory=dict)
    #: What is written at a step of an item.
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    #: What is done to an item once it was signed for, before it goes on.
    between: dict[str, Step] = field(default_factory=dict)
    #: What is done to the case once it was accepted, and once it is closed.
    accepted: Callable[["Going"], Course] | None = None
    closed: Callable[["Going"], None] | None = None
    #: What the watch has to find in it: rule and item.
    found: tuple[tuple[str, str | None], ...] = ()
    #: Fast: everything within minutes, one item after the other.
    rushed: bool = False


@dataclass
class Going:
    """A case under way."""

    stage: Stage
    plan: Plan
    number: str = ""
    id: int = 0
    begun: int = 0  # the place at which it was accepted
    waiting: set[str] = field(default_factory=set)

    # -- from the window to the departments -----------------------------------------------------

    def course(self) -> Course:
        """The whole case."""
        stage, plan = self.stage, self.plan
        case = stage.act("window1", "", self.application())
        self.number, self.id = case.number, case.id
        stage.cases += 1
        for rule, item in plan.found:
            stage.expect(rule, self.number, item)
        if plan.silent:
            yield stage.after(stage.place, 6, 0.2)
        else:
            yield 60 if plan.rushed else stage.soon(0.1, 0.5)
            if plan.supplement:
                yield from self.supplement()
            if plan.withdraw:
                stage.act("window1", self.number, Withdraw("申请人另有安排"))
                return
            stage.act("window1", self.number, Accept())
        self.begun = stage.place
        if plan.process == "construction":
            for item in ONE_DAY:
                stage.expect("W01", self.number, item)
        if plan.accepted is not None:
            stage.spawn(plan.accepted(self))
        self.begin(self.needed())

    def needed(self) -> Sequence[Item]:
        catalogue = self.catalogue()
        return catalogue.needed_items(catalogue.answers(self.plan.answers))

    def catalogue(self) -> Catalogue:
        """The catalogue it was received under, read once."""
        process = self.plan.process
        if process not in CATALOGUES:
            CATALOGUES[process] = self.stage.hall.catalogue(process)
        return CATALOGUES[process]

    def application(self) -> Receive:
        """A form with all its papers but the one that will be missing."""
        stage, plan, catalogue = self.stage, self.plan, self.catalogue()
        listed = catalogue.materials_for(self.needed(), plan.answers)
        lacking = MISSING[plan.process] if plan.supplement else ""
        turn = stage.cases
        return Receive(
            process=plan.process, token=f"{stage.seed}/{turn}",
            applicant=f"第{stage.seed}区{turn % 7000}号餐饮有限公司",
            applicant_number=f"913307{stage.seed:02d}{turn % 7000:010d}", phone="13800000000",
            form={}, answers=dict(plan.answers),
            materials=[m.code for m, _ in listed if not m.fetched and m.code != lacking],
        )  # fmt: skip

    def supplement(self) -> Course:
        """Told once what is missing; the applicant brings it days later."""
        code = MISSING[self.plan.process]
        notice = ReturnForSupplement({code: "未提交，请补齐。"})
        self.stage.act("window1", self.number, notice)
        yield self.stage.soon(5, 40)
        self.stage.act("window1", self.number, Supplement([code]))
        yield self.stage.soon(0.05, 0.2)

    def begin(self, items: Sequence[Item]) -> None:
        """Everything that waits for nobody begins; what waits begins with its predecessor."""
        self.waiting = {item.code for item in items}
        for item in items:
            if not any(gate.gate == "start" for gate in item.after):
                self.stage.spawn(self.item(item.code))

    def began(self, decided: str) -> None:
        """What waited for this item begins now."""
        for item in self.needed():
            if any(gate.gate == "start" and gate.item == decided for gate in item.after):
                self.stage.spawn(self.item(item.code))

    # -- in a department --------------------------------------------------------------------------

    def item(self, code: str) -> Course:
        """One item, from signing for it to the decision."""
        stage, plan = self.stage, self.plan
        task = stage.task(self.id, code)
        assert task is not None, f"{self.number}: nobody has {code}"
        yield 60 if plan.rushed else plan.lies.get(code, 0) * HOUR or stage.soon(0.3, 1)
        stage.sign_for(self.number, task)
        if code in plan.between:
            yield from plan.between[code](self, code)
        while task is not None:
            yield 60 if plan.rushed else self.pace(code, task)
            case = self.step(code, task)
            task = stage.task(self.id, code)
        self.began(code)
        if case is not None and case.state is CaseState.DECIDED:
            yield from self.hand_over()

    def pace(self, code: str, task: Open) -> float:
        """How long the next step of an item takes."""
        if task.kind == "decide" and code in self.plan.hold:
            return self.stage.after(self.begun, *self.plan.hold[code])
        long = self.catalogue().item(code).kind in ("承诺件", "上报件", "中介服务")
        return self.stage.soon(3, 5.5) if long else self.stage.soon(0.3, 0.8)

    def step(self, code: str, task: Open) -> Any:
        """Say what is to be said at a step."""
        stage, refuse = self.stage, self.plan.refuse == code
        words = self.plan.words.get((code, task.element), REFUSED if refuse else REASONED)
        if task.kind == "decide":
            return stage.decide(self.number, task, words, refuse)
        if task.kind == "confirm":
            return stage.act(task.who, self.number, ConfirmRefusal(task.id, True, words))
        return stage.opine(self.number, task, words)

    def hand_over(self) -> Course:
        """Delivered and closed."""
        stage, days = self.stage, self.plan.deliver_on
        yield stage.after(stage.place, days, 1) if days else stage.soon(1, 12)
        recipient = "经办人"
        stage.act("window2", self.number, Deliver(Delivery.COUNTER, recipient))
        yield stage.soon(0.1, 1)
        stage.act("window2", self.number, Close())
        if self.plan.closed is not None:
            self.plan.closed(self)

    # -- what several do --------------------------------------------------------------------------

    def pause(self, code: str, days: int, lasts: int) -> Course:
        """A special procedure that was told to take so many working days, and took that long."""
        stage = self.stage
        item = self.catalogue().item(code)
        procedure = next(one.name for one in item.special if one.stops_clock)
        own = item.department.lower()
        ask = RequestPause(code, procedure, days, "依法需要进行特别程序")
        stage.act(f"{own}.handler", self.number, ask)
        stage.act(
            f"{own}.checker", self.number, ApprovePause(stage.hall.request(self.number), True)
        )
        yield stage.after(stage.place, lasts, 1)
        stage.act(f"{own}.checker", self.number, ResumeDeadline(code, "结果合格"))


CATALOGUES: dict[str, Catalogue] = {}
