"""Engine and oracle side by side: the same random actions, compared after every step."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.engine.oracle.blocks import Model
from tests.engine.oracle.game import Endless, Game
from tests.engine.oracle.views import (
    alarm,
    first,
    message,
    second,
    task,
    timer,
    waiting,
    work,
)
from tests.engine.oracle.words import Refused
from tests.engine.oracle.xml import draw
from workflows import engine
from workflows.engine import codec
from workflows.errors import WorkflowError

MOST_STEPS = 120
MOST_OPEN = 60
#: What people answer; 2 sends a loop round again.
ANSWERS = (0, 0, 0, 1, 1, 1, 2, 2)


class Deviation(Exception):
    """The engine did something else than the oracle."""

    def __init__(self, what: str, actions: list[str]) -> None:
        super().__init__(what)
        self.what = what
        self.actions = actions


@dataclass
class Outcome:
    """A run without deviation: how many steps, how it ended, what it met on the way."""

    steps: int
    end: str
    met: Counter[str]


@dataclass
class Action:
    """What is done to both: by oracle numbers for the oracle, by engine numbers for the engine."""

    kind: str
    number: int = 0
    message: str = ""
    variables: dict[str, Any] = field(default_factory=dict)


class Play:
    """One run of one model."""

    def __init__(self, model: Model, seed: int, steps: int = MOST_STEPS) -> None:
        self.steps = steps
        self.random = random.Random(seed)
        self.source = draw(model)
        self.given = dict(model.variables)
        self.actions: list[str] = []
        self.done: list[Action] = []
        #: Oracle number → engine number, of everything that was ever open.
        self.numbers: dict[int, int] = {}
        self.step: Any = None
        self.game: Game
        self.definition = engine.load("p", (self.source,))

    def run(self) -> Outcome:
        """Play to the end, to a standstill or to the cap; raises Deviation."""
        end, met = "cap", Counter[str]()
        try:
            if not self.begin():
                return Outcome(0, "refused", met)
            for _ in range(self.steps):
                action = self.choose()
                if action is None:
                    end = "finished" if self.game.finished else "stuck"
                    break
                self.act(action)
                self.disturb()
        except Endless:
            end = "endless"
        return Outcome(len(self.done), end, Counter(self.game.met) if self.done else met)

    # Beginning, choosing, acting

    def begin(self) -> bool:
        self.actions.append(f"start {self.given}")
        try:
            self.game = Game(self.source, "p", self.given)
        except Refused as refused:
            self.expect_refusal(lambda: engine.start(self.definition, self.given), str(refused))
            return False
        self.step = self.engine(lambda: engine.start(self.definition, self.given))
        self.compare()
        return True

    def choose(self) -> Action | None:
        """Something that can happen now, mostly that a task is completed."""
        game = self.game
        tasks, timers, messages = game.open_tasks(), game.arms("timer"), game.arms("message")
        if len(tasks) + len(timers) + len(messages) > MOST_OPEN:
            raise Endless
        weights = [6 * bool(tasks), 2 * bool(timers), 2 * bool(messages)]
        if not any(weights):
            return None
        [kind] = self.random.choices(["complete", "fire", "deliver"], weights)
        answer = self.random.choice(ANSWERS)
        if kind == "complete":
            work = self.random.choice(tasks)
            name = f"v_{work.token.node.id}"
            values = {name: answer} if self.random.random() < 0.95 else {}
            return Action(kind, work.number, variables=values)
        if kind == "fire":
            return Action(kind, self.random.choice(timers).number)
        message = self.random.choice(messages).node.word
        values = {f"v_{message}": answer} if self.random.random() < 0.7 else {}
        return Action(kind, message=message, variables=values)

    def act(self, action: Action) -> None:
        before = self.step
        stored = self.random.random() < 0.5
        if stored:
            codec.forget()
        self.actions.append(self.described(action) + (" (stored)" if stored else ""))
        self.done.append(action)
        try:
            self.in_game(self.game, action)
        except Refused as refused:
            self.expect_refusal(lambda: self.in_engine(action), str(refused))
            self.done.pop()
            self.again()
        else:
            self.step = self.engine(lambda: self.in_engine(action))
        self.compare()
        if self.random.random() < 0.03:
            self.twice(before, action)

    def again(self) -> None:
        """Bring the oracle back to before a refusal, by playing everything once more."""
        met = self.game.met
        self.game = Game(self.source, "p", self.given)
        for action in self.done:
            self.in_game(self.game, action)
        self.game.met = met

    @staticmethod
    def in_game(game: Game, action: Action) -> None:
        if action.kind == "complete":
            [work] = [work for work in game.open_tasks() if work.number == action.number]
            game.complete(work, action.variables)
        elif action.kind == "fire":
            [arm] = [arm for arm in game.arms("timer") if arm.number == action.number]
            game.fire(arm)
        else:
            game.deliver(action.message, action.variables)

    def in_engine(self, action: Action) -> Any:
        state = self.step.state
        if action.kind == "complete":
            number = self.numbers[action.number]
            return engine.complete(self.definition, state, number, action.variables)
        if action.kind == "fire":
            return engine.fire(self.definition, state, self.numbers[action.number])
        return engine.deliver(self.definition, state, action.message, action.variables)

    def described(self, action: Action) -> str:
        if action.kind == "deliver":
            return f"deliver {action.message} {action.variables}"
        if action.kind == "fire":
            [arm] = [arm for arm in self.game.arms("timer") if arm.number == action.number]
            return f"fire {arm.node.id}"
        [one] = [work for work in self.game.open_tasks() if work.number == action.number]
        place = f"[{one.index}]" if one.index else ""
        return f"complete {one.token.node.id}{place} {action.variables}"

    # What must hold

    def wrong(self, what: str) -> Deviation:
        return Deviation(what, list(self.actions))

    def engine(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Exception as failed:
            raise self.wrong(f"the engine fails: {failed!r}") from failed

    def expect_refusal(self, call: Callable[[], Any], why: str) -> None:
        try:
            call()
        except WorkflowError:
            return
        except Exception as failed:
            raise self.wrong(f"the engine fails: {failed!r}, should refuse: {why}") from failed
        raise self.wrong(f"the engine does not refuse: {why}")

    def disturb(self) -> None:
        """Ask for what is not open: refused, and nothing changes."""
        if self.random.random() > 0.05:
            return
        ours = {task.number for task in self.step.open_tasks}
        ours |= {timer.number for timer in self.step.timers}
        gone = [number for number in self.numbers.values() if number not in ours]
        number, state = self.random.choice([*gone, 10**6]), self.step.state
        calls: list[Callable[[], Any]] = [
            lambda: engine.complete(self.definition, state, number, {}),
            lambda: engine.fire(self.definition, state, number),
            lambda: engine.deliver(self.definition, state, "nobody waits for it"),
        ]
        for call in calls:
            try:
                call()
            except engine.TaskNotOpen:
                continue
            raise self.wrong(f"number {number} is not open, and yet not refused")

    def twice(self, before: Any, action: Action) -> None:
        """The state before is a value: what was done to it can be done to it again."""
        now, self.step = self.step, before
        try:
            again = self.engine(lambda: self.in_engine(action))
        except Deviation:
            if now is before:
                return
            raise
        finally:
            self.step = now
        for name in ("open_tasks", "timers", "messages", "variables", "finished"):
            if getattr(again, name) != getattr(now, name):
                raise self.wrong(f"done again from the state before, other {name}")

    def compare(self) -> None:
        game, step = self.game, self.step
        self.match("open tasks", map(work, game.open_tasks()), map(task, step.open_tasks))
        self.match("timers", map(alarm, game.arms("timer")), map(timer, step.timers))
        self.match("messages", map(message, game.arms("message")), map(waiting, step.messages))
        self.attached()
        if step.variables != game.top.scope.values:
            theirs, right = step.variables, game.top.scope.values
            names = [n for n in {*theirs, *right} if theirs.get(n, "-") != right.get(n, "-")]
            told = {n: (theirs.get(n, "-"), right.get(n, "-")) for n in names}
            raise self.wrong(f"variables (engine, oracle): {told}")
        if step.finished is not game.finished:
            raise self.wrong(f"finished: engine {step.finished}, oracle {game.finished}")

    def attached(self) -> None:
        """A timer on the border of a user task names that task."""
        hosts = {timer.number: timer.attached for timer in self.step.timers}
        for arm in self.game.arms("timer"):
            host = arm.token
            if arm.node.attached and host.node.kind == "userTask" and not host.node.many:
                [work] = host.works
                if hosts[self.numbers[arm.number]] != self.numbers[work.number]:
                    raise self.wrong(f"timer {arm.node.id} hangs on something else")

    def match(
        self, what: str, right: Iterable[tuple[Any, int]], theirs: Iterable[tuple[Any, int]]
    ) -> None:
        """The same things are open, each keeps its number, new ones come in the same order."""
        ours, found = sorted(right, key=second), sorted(theirs, key=second)
        if (a := Counter(map(first, found))) != (b := Counter(map(first, ours))):
            raise self.wrong(f"{what}: engine too many {[*(a - b)]}, too few {[*(b - a)]}")
        keys = {number: key for key, number in found}
        for key, number in ours:
            if number in self.numbers and keys.pop(self.numbers[number], None) != key:
                raise self.wrong(f"{what}: {key} lost its number")
        for key, number in ours:
            if number not in self.numbers:
                new = min(n for n, other in keys.items() if other == key)
                if new in self.numbers.values():
                    raise self.wrong(f"{what}: {key} got the number {new} of something else")
                self.numbers[number] = new
                del keys[new]
