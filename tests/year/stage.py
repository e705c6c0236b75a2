"""The stage of a year: who acts next, by the working clock; and what the watch has to find.

Every case is a generator that acts and then says how long it waits, in working seconds.  Whoever
is next acts at that moment; the clockwork looks first, every ten minutes.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import select

from server.context import Services
from server.scheduler import sweep_once
from tests.hall import Hall
from workflows.actions import Action, Actor, perform
from workflows.actions.decide import Decide, Decision
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.sign_for import SignFor
from workflows.clock import FixedClock, office_moment
from workflows.models import Attendance, CaseItem, Meeting, Task
from workflows.models.rows import table_of
from workflows.worktime import WorkTime

#: How often the clockwork looks, in working seconds.
OFTEN = 600
HOUR = 3600
Course = Iterator[float]
TASK, ITEM = table_of(Task).c, table_of(CaseItem).c


class Open(NamedTuple):
    """An open task of an item."""

    id: int
    kind: str
    element: str
    who: str
    key: str


class Expected(NamedTuple):
    """What the watch has to find once: which rule, in which case or department, of which item."""

    rule: str
    subject: str
    item: str | None = None


@dataclass
class Stage:
    """The hall, its clock, everybody's agenda, and the list of what was planted."""

    services: Services
    clock: FixedClock
    seed: int = 1
    expected: list[Expected] = field(default_factory=list)
    acts: int = 0
    cases: int = 0

    def __post_init__(self) -> None:
        self.hall = Hall(self.services, self.clock)
        self.chance = Random(self.seed)
        self.work = WorkTime(self.services.calendar("cn"))
        self.agenda: list[tuple[int, int, Course]] = []
        self.order = count()
        self.known: dict[str, Actor] = {}
        self.turns: Counter[str] = Counter()
        self.place = 0
        self.reading = self.services.database.engine.connect()

    # -- time ---------------------------------------------------------------------------------

    def day(self, day: date, hour: float = 0) -> int:
        """The place of a working hour of a day: 0 is when the hall opens."""
        return self.work.place(office_moment(day, time(9))) + round(hour * HOUR)

    def after(self, since: int, days: int, hour: float) -> float:
        """How long until a working hour of the so-manieth working day after a place."""
        first = since // self.work.in_a_day + days
        return max(1, first * self.work.in_a_day + round(hour * HOUR) - self.place)

    def soon(self, least: float, most: float) -> float:
        """So many working hours, by chance."""
        return self.chance.uniform(least, most) * HOUR

    def every(self, what: str, many: int) -> bool:
        """Whether it is the turn of one in so many; not by chance."""
        self.turns[what] += 1
        return self.turns[what] % many == 0

    # -- who is next ----------------------------------------------------------------------------

    def spawn(self, course: Course, wait: float = 0, at: int | None = None) -> None:
        """Let somebody begin after a while, or at a place."""
        begins = max(self.place, at) if at is not None else self.place + round(wait)
        heappush(self.agenda, (begins, next(self.order), course))

    def play(self) -> None:
        """Until nobody has anything left to do."""
        swept = 0
        while self.agenda:
            place, _, course = heappop(self.agenda)
            self.place = place
            self.clock.set(self.work.moment(place + 1))
            if place - swept >= OFTEN:
                sweep_once(self.services)
                swept = place
            wait = next(course, None)
            if wait is not None:
                self.spawn(course, wait)

    def close(self) -> None:
        self.reading.close()

    # -- acting ---------------------------------------------------------------------------------

    def act(self, who: str, key: str, action: Action) -> Any:
        """One action, as the product does it."""
        if who not in self.known:
            self.known[who] = self.hall.actor(who)
        context = self.services.context(self.known[who])
        self.acts += 1
        with context.session:
            return perform(key, action, context)

    def task(self, case_id: int, item: str) -> Open | None:
        """The open task of an item, if there is one."""
        query = (
            select(TASK.id, TASK.kind, TASK.element, TASK.department_code, TASK.duty)
            .join_from(table_of(Task), CaseItem, ITEM.id == TASK.item_id)
            .where(TASK.case_id == case_id, ITEM.code == item, TASK.closed_at.is_(None))
            .order_by(TASK.id)
        )
        with self.reading.begin():
            row = self.reading.execute(query).first()
        if row is None:
            return None
        return Open(row[0], row[1], row[2], f"{row[3].lower()}.{row[4]}", item)

    def rows(self, kind: Any, case_id: int) -> list[Any]:
        """What a case has of a kind: seats of its meetings, questions that were asked."""
        query = select(kind)
        if kind is Attendance:
            query = query.join(Meeting, Meeting.id == Attendance.meeting_id)
        its = Meeting.case_id if kind is Attendance else kind.case_id
        with self.hall.read() as session:
            return list(session.scalars(query.where(its == case_id).order_by(kind.id)))

    def sign_for(self, number: str, task: Open) -> None:
        self.act(task.who, number, SignFor(task.id))

    def opine(self, number: str, task: Open, words: str) -> Any:
        return self.act(task.who, number, GiveOpinion(task.id, "agree", words))

    def decide(self, number: str, task: Open, words: str, refused: bool = False) -> Any:
        decision = Decision.REFUSED if refused else Decision.GRANTED
        return self.act(task.who, number, Decide(task.id, decision, words))

    # -- what the watch has to find ---------------------------------------------------------------

    def expect(self, rules: str, subject: str, item: str | None = None) -> None:
        """These rules, once each, about this case (or department) and item."""
        self.expected += [Expected(rule, subject, item) for rule in rules.split()]
