"""When each item would be decided if everybody took the whole of the promised time.

The drawn process itself is run, with every item granted on its last day: what the diagram does
one after another is counted so, whatever the catalogue says.  An item that waits for another
only to decide (gate decision) is reviewed meanwhile.  In working days; ends are exact fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from workflows import engine
from workflows.catalogue import Catalogue
from workflows.catalogue.contents import WORKING_DAYS, Answers, working_days
from workflows.catalogue.records import Item
from workflows.deadlines import Limit, LimitMalformed, Unit
from workflows.engine import Definition, OpenTask, Step
from workflows.engine.limits import seconds

#: Whatever a step asks for, it is told this: everything is in order.
IN_ORDER = {"conclusion": "agree", "decision": "granted", "confirmed": True}
NOTHING = Fraction(0)
#: More tasks than one item of any drawing needs to be granted.
MOST_TASKS = 1000
#: A drawing whose timers go round for ever is followed no further than this.
MOST_MOMENTS = 3000


@dataclass(frozen=True)
class Stretch:
    """The time of one item: from its start to its decision.

    ``behind`` is the item whose decision let it start; ``held_by`` the one it waited for when its
    own time was over.
    """

    code: str
    begins: Fraction
    ends: Fraction
    own: Fraction
    behind: str | None
    held_by: str | None


@dataclass(frozen=True)
class Forecast:
    """The longest way through a case with these answers (关键路径)."""

    stretches: tuple[Stretch, ...]
    #: Needed items that the drawing never comes to.
    missing: tuple[str, ...]
    #: The items of the longest way, in their order.
    critical: tuple[str, ...]
    days: Fraction
    promised: Limit
    cap: Limit

    @property
    def kept(self) -> bool:
        """Whether the promise for the whole can be kept."""
        return self.days <= working_days(self.promised)

    @property
    def lawful(self) -> bool:
        """Whether the statutory limit can be kept (行政许可法 §42(2))."""
        return self.days <= working_days(self.cap)

    def stretch(self, code: str) -> Stretch:
        """The time of an item; KeyError when there is none."""
        return {each.code: each for each in self.stretches}[code]


def forecast(
    definition: Definition, catalogue: Catalogue, answers: Answers, clocked: bool = True
) -> Forecast:
    """The forecast of a case; ``clocked`` leaves out what is outside the joint limit."""
    run = _Run(definition, catalogue, answers, clocked)
    run.to_the_end()
    stretches = tuple(run.decided.values())
    return Forecast(
        stretches,
        missing=tuple(code for code in run.needed if code not in run.decided),
        critical=_longest(stretches),
        days=max((each.ends for each in stretches), default=NOTHING),
        promised=catalogue.promised_limit(answers),
        cap=catalogue.theme.cap,
    )


def slack(found: Forecast, catalogue: Catalogue) -> dict[str, Fraction]:
    """How many days longer each item may take without anything ending later (机动时间)."""
    codes = {each.code for each in found.stretches}
    latest = {code: found.days for code in codes}
    for each in sorted(found.stretches, key=lambda one: one.ends, reverse=True):
        item = catalogue.item(each.code)
        for before in catalogue.decision_gates(item, codes):
            latest[before.code] = min(latest[before.code], latest[each.code])
        starts = {before.code for before in catalogue.start_gates(item, codes)}
        for code in starts | ({each.behind} if each.behind else set()):
            latest[code] = min(latest[code], latest[each.code] - each.own)
    return {each.code: latest[each.code] - each.begins - each.own for each in found.stretches}


def _longest(stretches: tuple[Stretch, ...]) -> tuple[str, ...]:
    """The way that ends last, followed back to where it begins."""
    known = {each.code: each for each in stretches}
    last = max(stretches, key=lambda each: each.ends, default=None)
    way: list[str] = []
    while last is not None and last.code not in way:
        way.append(last.code)
        before = last.held_by or last.behind
        last = known.get(before) if before else None
    return tuple(reversed(way))


@dataclass
class _Run:
    """One run of the drawn process, in which time is a number of working days."""

    definition: Definition
    catalogue: Catalogue
    answers: Answers
    clocked: bool
    now: Fraction = NOTHING
    latest: str | None = None
    decided: dict[str, Stretch] = field(default_factory=dict)
    begun: dict[str, tuple[Fraction, str | None]] = field(default_factory=dict)
    timers: dict[int, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        items = self.catalogue.needed_items(self.answers)
        self.needed: Mapping[str, Item] = {item.code: item for item in items}
        results = dict.fromkeys(item.code for item in self.catalogue.items)
        facts = self.catalogue.asked_of(self.answers, self.definition.asked)
        asked = {**facts, **results, **self.catalogue.variables(self.answers)}
        self.step = engine.start(self.definition, asked)
        self._look()

    def to_the_end(self) -> None:
        """Let time pass from one decision to the next until nothing happens any more."""
        for _ in range(MOST_MOMENTS):
            if self.step.finished:
                return
            ready = [code for code in self.begun if self._ready(code)]
            if ready:
                self._decide(ready[0])
            elif not self._fire() and not self._wait():
                return

    def _look(self) -> None:
        """Take note of what has begun: items, and timers on the way."""
        for code in self.needed:
            if self.step.variables.get(code) == "granted" and code not in self.decided:
                self.decided[code] = Stretch(code, self.now, self.now, NOTHING, self.latest, None)
        for task in self.step.open_tasks:
            if task.item and task.item not in self.begun:
                self.begun[task.item] = self.now, self.latest
        for timer in self.step.timers:
            if timer.attached is None and timer.number not in self.timers:
                self.timers[timer.number] = self.now + _length(timer.limit)

    def _own(self, code: str) -> Fraction:
        """The time of an item itself: none where it is granted on the spot (告知承诺)."""
        item = self.catalogue.item(code)
        outside = self.clocked and item.excluded_from_clock
        if outside or self.catalogue.by_commitment(item, self.answers):
            return NOTHING
        return working_days(self.catalogue.limits(item)[1])

    def _gates(self, code: str) -> list[str]:
        gates = self.catalogue.decision_gates(self.catalogue.item(code), self.needed)
        return [before.code for before in gates]

    def _ready(self, code: str) -> bool:
        over = self.begun[code][0] + self._own(code) <= self.now
        waits = code in self.decided or any(one not in self.decided for one in self._gates(code))
        return over and not waits

    def _decide(self, code: str) -> None:
        """Grant an item: whatever its process still asks for is answered at once."""
        begins, behind = self.begun[code]
        own = self._own(code)
        gates = [self.decided[one] for one in self._gates(code)]
        last = max(gates, key=lambda each: each.ends, default=None)
        held_by = last.code if last and last.ends > begins + own else None
        self.decided[code] = Stretch(code, begins, self.now, own, behind, held_by)
        self.latest = code
        for _ in range(MOST_TASKS):
            task = self._task_of(code)
            if task is None:
                break
            self._go(engine.complete(self.definition, self.step.state, task.number, IN_ORDER))
        self._look()

    def _task_of(self, code: str) -> OpenTask | None:
        return next((task for task in self.step.open_tasks if task.item == code), None)

    def _go(self, step: Step) -> None:
        self.step = step

    def _fire(self) -> bool:
        """Let the timers happen whose time has come, and every message that is waited for."""
        for message in self.step.messages:
            self._go(engine.deliver(self.definition, self.step.state, message.message))
            self._look()
            return True
        armed = {timer.number for timer in self.step.timers}
        for number, at in self.timers.items():
            if number in armed and at <= self.now:
                self._go(engine.fire(self.definition, self.step.state, number))
                self._look()
                return True
        return False

    def _wait(self) -> bool:
        """Go on to the next moment at which something can happen; False when there is none."""
        armed = {timer.number for timer in self.step.timers}
        moments = [at for number, at in self.timers.items() if number in armed]
        moments += [
            begins + self._own(code)
            for code, (begins, _) in self.begun.items()
            if code not in self.decided
        ]
        later = [at for at in moments if at > self.now]
        if not later:
            return False
        self.now = min(later)
        return True


def _length(limit: str) -> Fraction:
    """A drawn limit in working days; an instant, which is no length, takes no time."""
    if (length := seconds(limit)) is not None:
        return Fraction(length, 86_400) * WORKING_DAYS[Unit.DAYS]
    try:
        return working_days(Limit.parse(limit))
    except LimitMalformed:
        return NOTHING
