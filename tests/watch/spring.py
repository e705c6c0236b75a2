"""A spring in the hall: some dozens of cases, each with a fate of its own, played day by day."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from tests.hall import Hall
from tests.moving import past
from workflows.actions import Action
from workflows.actions.accept import Accept
from workflows.actions.close import Close
from workflows.actions.conclude_item import ConcludeItem, Outcome
from workflows.actions.confirm_decline import ConfirmDecline
from workflows.actions.decide import Decision
from workflows.actions.decline import Decline, DeclineGround
from workflows.actions.deliver import Deliver, Delivery
from workflows.actions.extend_deadline import ExtendDeadline
from workflows.actions.resume_case import ResumeCase
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.roll_back import RollBack
from workflows.actions.supplement import Supplement
from workflows.actions.suspend_case import Ground, SuspendCase
from workflows.actions.withdraw import Withdraw
from workflows.errors import WorkflowError
from workflows.models import Case, CaseItem, Task
from workflows.states import CaseState, ItemState

Answers = dict[str, bool | int | float]
SEWAGE: Answers = {"discharges_sewage": True}
SIGN: Answers = {"has_signboard": True, "needs_utilities": True}
#: What may become of a case: its answers, and how busy its departments are (one day in so many).
FATES: tuple[tuple[str, Answers, int], ...] = (
    ("plain", {}, 1), ("told", {}, 2), ("paused", SEWAGE, 2), ("slow", SIGN, 5),
    ("declined", {}, 1), ("kept", {}, 2), ("silent", {}, 2), ("refused", {}, 2),
    ("extended", SEWAGE, 4), ("given up", {}, 3), ("rolled back", {}, 1), ("suspended", SIGN, 3),
    ("concluded", SIGN, 2), ("never supplemented", {}, 1), ("lying", {}, 99), ("taken back", {}, 1),
    ("second thought", {}, 2), ("blocked", SEWAGE, 1),
)  # fmt: skip


#: What the window does first, if it does not accept.
MISSING = ReturnForSupplement({"M03": "没有提交"})
ELSEWHERE = Decline(DeclineGround.NOT_COMPETENT, "属于邻县管辖", "邻县")
AT_FIRST: dict[str, Action] = {
    "told": MISSING, "never supplemented": MISSING, "declined": ELSEWHERE, "kept": ELSEWHERE,
    "taken back": Withdraw("申请人不再经营"),
}  # fmt: skip


class Spring:
    """Plays the days; every choice comes from one seed."""

    def __init__(self, hall: Hall, seed: int = 1) -> None:
        self.hall = hall
        self.dice = random.Random(seed)
        self.cases: dict[str, tuple[str, int]] = {}
        self.age: dict[str, int] = {}
        self.done: set[tuple[str, str]] = set()
        self.begin()

    def begin(self, each: int = 2, rounds: int = 2) -> None:
        """So many cases will come in a day, until each fate was met so often."""
        self.waiting, self.each = list(FATES) * rounds, each

    def play(self, first: date, days: int, each: int = 2) -> None:
        """So many days."""
        self.begin(each)
        for n in range(days):
            self.day(first + timedelta(n))

    def day(self, today: date) -> None:
        """One day: what the clock does, what comes in, what each case meets."""
        self.hall.at(f"{today}T{self.dice.choice(('09:40', '11:20', '15:05'))}:00")
        self.hall.sweep()
        if today.weekday() < 5:
            for fate in self.waiting[: self.each]:
                self._receive(*fate)
            del self.waiting[: self.each]
            for number in list(self.cases):
                self._turn(number)
                self.hall.clock.advance(minutes=1)

    def _receive(self, fate: str, answers: Answers, every: int) -> None:
        lacks = ["M03"] if fate in ("told", "never supplemented") else []
        window = self.dice.choice(("window1", "window2"))
        application = self.hall.application(answers, without=lacks)
        number = self.hall.act(window, "", application).number
        self.cases[number], self.age[number] = (fate, every), 0

    def _turn(self, number: str) -> None:
        """One working day of a case."""
        fate, every = self.cases[number]
        self.age[number] += 1
        case = self.hall.case(number)
        if case.closed_at is not None:
            del self.cases[number]
        elif case.accepted_at is None:
            self._at_window(number, fate, case)
        elif case.state is CaseState.DECIDED:
            self._hand_over(number, fate)
        elif case.state is CaseState.DELIVERED:
            self.hall.act("window1", number, Close())
        elif not self._happens(number, fate) and self.dice.randrange(every) == 0:
            self._work(number, fate)

    def _at_window(self, number: str, fate: str, case: Case) -> None:
        hall, age = self.hall, self.age[number]
        if fate == "silent" or (fate == "never supplemented" and age > 1):
            return
        if case.state is CaseState.SUPPLEMENTING:
            if age > 3:
                hall.act("window1", number, Supplement(["M03"]))
        elif case.state is CaseState.DECLINING:
            hall.act("lead", number, ConfirmDecline(fate == "declined", "已经核对"))
        elif age == 1 and fate in AT_FIRST:
            hall.act("window1", number, AT_FIRST[fate])
        else:
            hall.act("window2", number, Accept())
            if fate == "plain":
                self._work(number, fate)

    def _once(self, number: str, what: str, act: Callable[[], object]) -> bool:
        """Something that happens to a case once, when it can; whether it did now."""
        if (number, what) in self.done:
            return False
        try:
            act()
        except (WorkflowError, AssertionError):
            return False
        self.done.add((number, what))
        return True

    def _happens(self, number: str, fate: str) -> bool:
        """What only this fate has."""
        hall, age = self.hall, self.age[number]
        fates: dict[str, tuple[int, Callable[[], object]]] = {
            "paused": (3, lambda: self._pause(number, 6)),
            "blocked": (7, lambda: self._pause(number, 9)),
            "extended": (3, lambda: hall.act("zj.chief", number, ExtendDeadline(4, "复核", "R11"))),
            "given up": (6, lambda: hall.act("window1", number, Withdraw("不办了"))),
            "suspended": (4, lambda: hall.act("lead", number, SuspendCase(
                "依法听证", Ground.HEARING, 5))),
            "concluded": (3, lambda: hall.act("lead", number, ConcludeItem(
                "R10", Outcome.WITHDRAWN, "不设招牌了"))),
            "refused": (4, lambda: hall.refuse(number, "R08")),
        }  # fmt: skip
        after, act = fates.get(fate, (999, lambda: None))
        if age >= after and self._once(number, fate, act):
            return True
        if fate == "suspended" and (number, fate) in self.done:
            return age > 6 and self._once(
                number, "resumed", lambda: hall.act("lead", number, ResumeCase("听证结束"))
            )
        if fate in ("paused", "blocked") and age > (12 if fate == "blocked" else 8):
            return self._once(number, "resumed", lambda: hall.resume(number, "R11"))
        return False

    def _pause(self, number: str, days: int) -> None:
        if self.hall.item(number, "R11").state is ItemState.RECEIVED:
            self.hall.sign_for(number, "R11")
        self.hall.suspend(number, "R11", days=days)

    def _work(self, number: str, fate: str) -> None:
        """Each department does its next step, or leaves it for another day."""
        for code in self._open(number):
            if fate == "blocked" and code == "R11":
                continue
            if self.dice.random() < 0.8:
                step = partial(self._step, number, code)
                self._once(number, f"{code} {self.age[number]}", step)

    def _open(self, number: str) -> list[str]:
        query = select(CaseItem.code).join(Task, Task.item_id == CaseItem.id).join(Case)
        with self.hall.read() as session:
            found = session.scalars(query.where(Case.number == number, Task.closed_at.is_(None)))
            return sorted(set(found))

    def _step(self, number: str, code: str) -> None:
        hall = self.hall
        task, state = hall.task(number, code), hall.item(number, code).state
        if state is ItemState.RECEIVED:
            hall.sign_for(number, code)
            task = hall.task(number, code)
        if task.kind == "review":
            hall.opine(number, code)
        elif task.kind == "decide" and state is not ItemState.PRE_REVIEWED:
            try:
                hall.decide(number, code, Decision.GRANTED)
            except WorkflowError:
                hall.pre_review(number, code)
        elif task.kind == "decide":
            hall.decide(number, code, Decision.GRANTED)

    def _hand_over(self, number: str, fate: str) -> None:
        if fate in ("rolled back", "second thought") and (number, "back") not in self.done:
            self.done.add((number, "back"))
            code = "R01" if fate == "second thought" else "R08"
            self.hall.act("lead", number, RollBack(
                past(self.hall, number, code, "decide").id, "依据引用错误"))  # fmt: skip
        elif self.dice.random() < 0.7:
            self.hall.act("window1", number, Deliver(Delivery.COUNTER, "王五"))
