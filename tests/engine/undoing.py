"""Random histories with tasks rolled back in between: engine and causal game side by side.

``python -m tests.engine.undoing 0 2000`` plays the models of these seeds and says what it met.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.engine.causes import CausalGame, Causes, Key, Record, Undone, seeds
from tests.engine.oracle import views
from tests.engine.oracle.blocks import Model, every
from tests.engine.oracle.game import Endless
from tests.engine.oracle.models import ALL, model
from tests.engine.oracle.pieces import Arm, Work
from tests.engine.oracle.xml import draw
from workflows import engine
from workflows.engine import codec

#: Left out: data that decides how many instances there are, and steps that may be refused.
KINDS = ALL - {"script", "graph", "mixed", "refusal", "shuffle"}
MOST_STEPS = 60
#: What people answer; 2 sends a loop round again.
ANSWERS = (0, 0, 0, 1, 1, 1, 2, 2)
MOST_OPEN = 40


def tidy(seed: int) -> Model:
    """A random model in which only gateways and completion conditions look at data."""
    found = model(seed, KINDS)
    for body in found.processes.values():
        for block in every(body):
            for border in block.borders:  # no token overtakes another on the way to a join
                border.merges = border.merges and border.interrupting
            if block.many:
                block.many.output = block.many.each = ""
                block.many.collection = block.many.collection and "list_a"
    return found


@dataclass
class Deed:
    """One action as it was taken."""

    index: int
    key: Key
    variables: dict[str, Any]
    causes: Causes = field(default_factory=frozenset)
    engine: int = 0


class Run:
    """One run of one model."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.model = tidy(seed)
        self.source = draw(self.model)
        self.definition = engine.load("p", (self.source,))
        self.record = Record()
        self.game = CausalGame(self.source, self.model.variables, self.record)
        self.step = engine.start(self.definition, self.model.variables)
        #: The engine's number of everything that was ever open.
        self.numbers: dict[Key, int] = {}
        self.deeds: list[Deed] = []
        self.cancelled: dict[Key, int] = {}
        self.log: list[str] = []
        self.met: Counter[str] = Counter()
        self.count = 0
        self.compare()

    def play(self) -> None:
        """Some actions and roll backs, then on to the end."""
        with suppress(Endless):
            for _ in range(MOST_STEPS):
                if self.random.random() < 0.2 or not self.go_on():
                    self.roll_back()
            while self.count < 2 * MOST_STEPS and self.go_on():
                pass

    # Going on

    def go_on(self) -> bool:
        """One more action; False when nothing can happen."""
        tasks, arms = self.game.open_tasks(), self.arms()
        if len(tasks) + len(arms) > MOST_OPEN or self.game.overtaken:
            raise Endless
        if not tasks and not arms:
            return False
        self.count += 1
        self.maybe_stored()
        before = {self.game.work_key(work) for work in tasks}
        if tasks and (not arms or self.random.random() < 0.75):
            self.complete(self.random.choice(tasks))
        else:
            self.happen(self.random.choice(arms))
        now = {self.game.work_key(work) for work in self.game.open_tasks()}
        for key in before - now - {self.deeds[-1].key}:
            self.cancelled[key] = self.numbers[key]
        self.compare()
        return True

    def arms(self) -> list[Arm]:
        """The oldest of each message, and every timer."""
        found = self.game.arms("timer")
        words = set()
        for arm in self.game.arms("message"):
            if arm.node.word not in words:
                words.add(arm.node.word)
                found.append(arm)
        return found

    def complete(self, work: Work) -> None:
        key, answer = self.game.work_key(work), self.random.choice(ANSWERS)
        variables = {f"v_{work.token.node.id}": answer}
        number = self.numbers[key]
        self.log.append(f"{self.count}: complete {work.token.node.id} #{number} {answer}")
        deed = Deed(self.count, key, variables, engine=number)
        deed.causes = self.game.complete_by(self.count, work, variables)
        self.step = engine.complete(self.definition, self.step.state, number, variables)
        self.deeds.append(deed)

    def happen(self, arm: Arm) -> None:
        key, word = self.game.arm_key(arm), arm.node.word
        message = arm.node.event == "message"
        variables = {f"v_{word}": self.random.choice(ANSWERS)} if message else {}
        self.log.append(f"{self.count}: happen {arm.node.id} {variables}")
        number = self.numbers[key]
        deed = Deed(self.count, key, variables)
        deed.causes = self.game.happen_by(self.count, arm, variables)
        if message:
            self.step = engine.deliver(self.definition, self.step.state, word, variables)
        else:
            self.step = engine.fire(self.definition, self.step.state, number)
        self.deeds.append(deed)

    def maybe_stored(self) -> None:
        if self.random.random() < 0.5:
            codec.forget()

    # Rolling back

    def roll_back(self) -> None:
        """Roll back to a task that is over, done or cancelled."""
        done = [deed for deed in self.deeds if deed.engine]
        if self.cancelled and (not done or self.random.random() < 0.3):
            key = self.random.choice(sorted(self.cancelled, key=str))
            self.undo(None, key, self.cancelled[key])
        elif done:
            deed = self.random.choice(done)
            self.undo(deed.index, deed.key, deed.engine)

    def undo(self, index: int | None, key: Key, number: int) -> None:
        self.maybe_stored()
        try:
            without = seeds(self.game, index, key)
        except Undone:
            self.refused(number)
            return
        self.log.append(f"roll back #{number} (action {index}), without {sorted(without)}")
        self.step = engine.roll_back(self.definition, self.step.state, number)
        self.replay(without)
        open_again = {self.game.work_key(work) for work in self.game.open_tasks()}
        assert key in open_again
        self.cancelled = {k: n for k, n in self.cancelled.items() if self.stays(k)}
        for known in open_again:
            self.cancelled.pop(known, None)
        self.met["rolled back" if index else "revived"] += 1
        self.compare()

    def stays(self, key: Key) -> bool:
        return any(key in sweep.works for sweep in self.game.sweeps)

    def refused(self, number: int) -> None:
        self.log.append(f"roll back #{number}: refused")
        try:
            engine.roll_back(self.definition, self.step.state, number)
        except engine.MoveNotPossible:
            self.met["refused"] += 1
            return
        raise AssertionError(f"#{number} cannot be open by itself, and is not refused")

    def replay(self, without: Causes) -> None:
        self.game = CausalGame(self.source, self.model.variables, self.record, without)
        deeds, self.deeds = self.deeds, []
        for deed in deeds:
            if deed.causes & without:
                continue
            work = self.find(map_keys(self.game.open_tasks(), self.game.work_key), deed.key)
            if work is not None:
                causes = self.game.complete_by(deed.index, work, deed.variables)
            else:
                armed = [*self.game.arms("timer"), *self.game.arms("message")]
                arm = self.find(map_keys(armed, self.game.arm_key), deed.key)
                if arm is None:
                    joins = set(self.record.joined.values()) & deed.causes
                    assert joins - self.game.fired, f"the replay lost action {deed.index}"
                    self.met["lost with an inclusive join"] += 1
                    continue
                causes = self.game.happen_by(deed.index, arm, deed.variables)
            assert causes == deed.causes, f"the replay sees other causes of {deed.index}"
            self.deeds.append(deed)
        self.game.without = None

    @staticmethod
    def find(those: list[tuple[Key, Any]], key: Key) -> Any:
        return next((one for other, one in those if other == key), None)

    # Comparing

    def compare(self) -> None:
        game, step = self.game, self.step
        works = map_keys(game.open_tasks(), game.work_key)
        self.match("open", [(k, views.work(w)[0]) for k, w in works], [
            (t.number, views.task(t)[0]) for t in step.open_tasks
        ])  # fmt: skip
        timers = map_keys(game.arms("timer"), game.arm_key)
        self.match("timers", [(k, views.alarm(a)[0]) for k, a in timers], [
            (t.number, views.timer(t)[0]) for t in step.timers
        ])  # fmt: skip
        messages = map_keys(game.arms("message"), game.arm_key)
        self.match("messages", [(k, (a.node.id, a.node.word)) for k, a in messages], [
            (w.number, (w.element, w.message)) for w in step.messages
        ])  # fmt: skip
        right = game.top.scope.values
        wrong = {n for n in {*right, *step.variables} if right.get(n) != step.variables.get(n)}
        assert not wrong, {n: (step.variables.get(n), right.get(n)) for n in wrong}
        assert step.finished is game.finished

    def match(self, what: str, right: list[tuple[Key, Any]], theirs: list[tuple[int, Any]]) -> None:
        """The same is open; what was open before has the number it had."""
        many, few = Counter(s for _, s in theirs), Counter(s for _, s in right)
        assert many == few, f"{what}: too many {[*(many - few)]}, too few {[*(few - many)]}"
        left = dict(theirs)
        for key, sight in right:
            if key in self.numbers:
                number = self.numbers[key]
                assert left.pop(number, None) == sight, f"{what}: {sight} is not #{number} any more"
        for key, sight in right:
            if key not in self.numbers:
                number = min(number for number, other in left.items() if other == sight)
                self.numbers[key] = number
                del left[number]


def map_keys(those: Iterable[Any], key: Any) -> list[tuple[Key, Any]]:
    """Each with its key, the oldest first."""
    return [(key(one), one) for one in sorted(those, key=lambda one: one.number)]


def main(first: int, last: int) -> None:
    """The long run; the first deviation ends it, with the seed and what was done."""
    met: Counter[str] = Counter()
    for seed in range(first, last):
        one = Run(seed)
        try:
            one.play()
        except AssertionError as wrong:
            raise SystemExit("\n".join([*one.log, f"seed {seed}: {wrong}"])) from wrong
        met += one.met + Counter(models=1, actions=one.count)
    print(dict(met))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
