"""A case goes through a trial: people act when the plan says so, the clockwork sweeps in between.

Nothing waits: the clock is set to whatever comes next, an act or a rung of a clock.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any

from workflows.actions import SYSTEM
from workflows.actions.accept import Accept
from workflows.actions.receive import Receive
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.supplement import Supplement
from workflows.calendar import WorkCalendar
from workflows.errors import N_, WorkflowError
from workflows.states import ItemState
from workflows.sweep import next_wake, sweep
from workflows.trials.desk import Desk, OpenTask
from workflows.trials.office import WINDOW, Office, Opened, open_office
from workflows.trials.outcome import Outcome, outcome_of
from workflows.trials.records import TestCase
from workflows.worktime import WorkTime

#: More acts than a case needs, and longer than any lasts.
MOST_ACTS = 2000
LONGEST = timedelta(days=3 * 366)

NEVER_ENDS = N_("走了 %(acts)s 步还没有办结，请您检查流程是否循环，或者用例是否少了决定。")
STANDS_STILL = N_("没有环节可以继续办理，办件停在这里。")


@dataclass(frozen=True)
class Doing:
    """What is said at a step (a conclusion, a decision, or whether a refusal is confirmed), and
    after how many working seconds."""

    word: str
    seconds: int


@dataclass(frozen=True)
class Stop:
    """A special procedure: of which item, when it begins and how long it lasts, in seconds."""

    item: str
    procedure: str
    seconds: int
    lasts: int


@dataclass(frozen=True)
class Plan:
    """Everything that people do in a trial; times are working seconds.

    `doing` answers for a task: item, element, kind of step, and the how manieth time it is done.
    """

    begins: datetime
    answers: Mapping[str, bool | int | float]
    doing: Callable[[str, str, str, int], Doing]
    accept: int = 0
    missing: tuple[str, ...] = ()
    supplement: int = 0
    accept_again: int = 0
    stops: tuple[Stop, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict)


def plan_of(case: TestCase, work: WorkTime) -> Plan:
    """The plan that a test case writes down."""
    words = {"review": "agree", "decide": "granted", "confirm": "confirmed"}
    accept = work.span(case.accept)

    def doing(item: str, element: str, kind: str, times: int) -> Doing:
        act = case.act(item, element, times)
        said = {"review": act.say, "decide": act.decide}.get(kind)
        if kind == "confirm" and act.confirm is False:
            said = "returned"
        return Doing(said or words.get(kind, "agree"), work.span(act.after or case.work))

    return Plan(
        begins=case.begins,
        answers=case.answers,
        doing=doing,
        accept=accept,
        missing=case.supplement.materials if case.supplement else (),
        supplement=work.span(case.supplement.after) if case.supplement else 0,
        accept_again=accept,
        stops=tuple(
            Stop(halt.item, halt.procedure, work.span(halt.after), work.span(halt.lasts))
            for halt in case.pauses
        ),
        form=case.form,
    )


def run(office: Office, case: TestCase, calendar: WorkCalendar | None = None) -> Outcome:
    """Run a test case; what came of it."""
    with open_office(office, calendar) as opened:
        return _Trial(opened, plan_of(case, WorkTime(opened.calendar))).run()


def try_case(office: Office, plan: Plan, calendar: WorkCalendar | None = None) -> Outcome:
    """Let a case go through by a plan; what came of it."""
    with open_office(office, calendar) as opened:
        return _Trial(opened, plan).run()


class _Trial:
    """One case in a hall of its own, and the clock on its wall."""

    def __init__(self, opened: Opened, plan: Plan) -> None:
        self.opened = opened
        self.plan = plan
        self.work = WorkTime(opened.calendar)
        self.now = plan.begins
        self.number = ""
        self.order = count()
        self.agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self.desk = Desk(opened)
        self.known: set[int] = set()
        self.began: set[str] = set()
        self.times: Counter[tuple[str, str]] = Counter()
        self.blocked: set[int] = set()
        self.halted: list[tuple[OpenTask, str]] = []

    def run(self) -> Outcome:
        """From the counter to the last decision, or to the refusal that stops it."""
        stopped = ""
        params: dict[str, object] = {}
        try:
            self._receive()
            for acts in count():
                if self.desk.over(self.number):
                    break
                if acts > MOST_ACTS or self.now > self.plan.begins + LONGEST:
                    stopped, params = NEVER_ENDS, {"acts": acts}
                    break
                if not self._next():
                    stopped = STANDS_STILL
                    break
        except WorkflowError as refused:
            stopped, params = refused.sentence, refused.params
        return outcome_of(self.opened, self.number, stopped, params)

    def _later(self, seconds: int, act: Callable[[], None]) -> None:
        at = self.work.later(self.now, seconds)
        heappush(self.agenda, (at, next(self.order), act))

    def _next(self) -> bool:
        """Whatever comes first, a rung of a clock or somebody's act; False when nothing does."""
        with self.opened.sessions() as reader:
            rung = next_wake(reader)
        if rung is not None and (not self.agenda or rung <= self.agenda[0][0]):
            self.now = max(self.now, rung)
            with self.opened.sessions() as session, self.opened.sessions() as reader:
                climbed = sweep(self.opened.context(SYSTEM, self.now, session), reader)
            self._look_around()
            if climbed:
                return True
        if not self.agenda:
            return False
        self.now, _, act = heappop(self.agenda)
        act()
        self._look_around()
        return True

    # -- at the window ------------------------------------------------------------------------

    def _receive(self) -> None:
        catalogue = self.opened.office.catalogue
        listed = catalogue.materials_for(
            catalogue.needed_items(self.plan.answers), self.plan.answers
        )
        handed = [m.code for m, _ in listed if not m.fetched and m.code not in self.plan.missing]
        receive = Receive(
            process=self.opened.office.process,
            token="trial",
            applicant="试办申请人",
            applicant_number="-",
            phone="-",
            form=dict(self.plan.form),
            answers=dict(self.plan.answers),
            materials=handed,
        )
        self.number = self.opened.act(WINDOW, "", receive, self.now).number
        self._later(self.plan.accept, self._return if self.plan.missing else self._accept)

    def _return(self) -> None:
        faults = dict.fromkeys(self.plan.missing, "缺少这份材料")
        self.opened.act(WINDOW, self.number, ReturnForSupplement(faults), self.now)
        self._later(self.plan.supplement, self._supplement)

    def _supplement(self) -> None:
        supplement = Supplement(list(self.plan.missing))
        self.opened.act(WINDOW, self.number, supplement, self.now)
        self._later(self.plan.accept_again, self._accept)

    def _accept(self) -> None:
        if self.desk.submitted(self.number):  # else it is deemed accepted by now
            self.opened.act(WINDOW, self.number, Accept(), self.now)

    # -- in the departments -------------------------------------------------------------------

    def _look_around(self) -> None:
        """Every task that has come is signed for at once, and done when its work is done."""
        tasks = self.desk.tasks(self.number)
        for task in tasks:
            if task.id not in self.known:
                self.known.add(task.id)
                self._take(task)
            elif task.id in self.blocked and task.state is not ItemState.PRE_REVIEWED:
                self.blocked.remove(task.id)
                self._later(0, partial(self._do, task, "granted"))

    def _take(self, task: OpenTask) -> None:
        self.desk.sign_for(self.number, task, self.now)
        self.times[task.item, task.element] += 1
        times = self.times[task.item, task.element]
        doing = self.plan.doing(task.item, task.element, task.kind, times)
        self._later(doing.seconds, partial(self._do, task, doing.word))
        if task.item not in self.began:
            self.began.add(task.item)
            for stop in self.plan.stops:
                if stop.item == task.item:
                    self._later(stop.seconds, partial(self._stop, stop))

    def _do(self, task: OpenTask, word: str) -> None:
        """Do a step now, unless its item stands still or has to wait for another."""
        state = self.desk.state_of(task)
        if state is ItemState.SUSPENDED:
            self.halted.append((task, word))
        elif state is not None and not self.desk.do(self.number, task, word, self.now):
            self.blocked.add(task.id)

    def _stop(self, stop: Stop) -> None:
        days = max(1, -(-stop.lasts // self.work.in_a_day))
        if self.desk.stop(self.number, stop.item, stop.procedure, days, self.now):
            self._later(stop.lasts, partial(self._go_on, stop.item))

    def _go_on(self, item: str) -> None:
        """The procedure is over: what was put off meanwhile is done now."""
        self.desk.go_on(self.number, item, self.now)
        halted, self.halted = self.halted, []
        for task, word in halted:
            self._later(0, partial(self._do, task, word))
