"""The token game of the oracle, told what followed from what: so that a task can be undone.

A cause is the number of an action (a task that was completed, a timer that fired, a message that
came) or, negative, of an end that a completion condition decided, or an inclusive join.  Every
token knows all causes it followed from.  To undo an action the game is played once more without
it and without all that followed from it; what others decided meanwhile, at gateways, is decided
the same again.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from tests.engine.oracle.diagram import Diagram, Flow, Many, Node
from tests.engine.oracle.game import Game
from tests.engine.oracle.pieces import Arm, Process, Token, Work
from tests.engine.oracle.rules import enough
from tests.engine.oracle.words import Scope

Causes = frozenset[int]
Key = Hashable
NONE: Causes = frozenset()


@dataclass
class Record:
    """What was decided, by whom: for the game that is played once more."""

    chosen: dict[Key, list[str]] = field(default_factory=dict)
    enough: dict[Key, int] = field(default_factory=dict)
    joined: dict[Key, int] = field(default_factory=dict)
    last: int = 0

    def new(self) -> int:
        """A cause that is no action."""
        self.last -= 1
        return self.last


@dataclass
class Sweep:
    """Tokens that were taken away: what they had followed from, who did it."""

    victims: Causes
    works: set[Key]
    by: Causes
    kind: str
    event: int


class Undone(Exception):
    """What is to be undone cannot be: something else would have taken it away."""


class CausalGame(Game):
    """A running process that knows what followed from what."""

    def __init__(
        self,
        source: str,
        variables: dict[str, Any],
        record: Record,
        without: Causes | None = None,
    ) -> None:
        self.record = record
        #: None while new things are decided; else the causes that did not happen.
        self.without = without
        self.now: Causes = NONE
        self.cause: dict[int, Causes] = {}
        self.began: dict[int, Causes] = {}
        self.armed: dict[int, Causes] = {}
        self.did: dict[int, Causes] = {}
        self.ended: dict[int, Causes] = {}
        self.sweeps: list[Sweep] = []
        self.same: dict[Key, list[int]] = {}
        self.rounds: dict[tuple[int, str], Causes] = {}
        self.overtaken = False
        #: The inclusive joins that have fired.
        self.fired: set[int] = set()
        super().__init__(source, "p", variables)

    # Names that stay the same when the game is played once more

    def place(self, process: Process) -> Key:
        """Where a process runs."""
        work = process.work
        if work is None:
            return ()
        return (self.place(work.token.process), work.token.node.id, work.index,
                self.cause[work.token.number])  # fmt: skip

    def work_key(self, work: Work) -> Key:
        place, causes = self.place(work.token.process), self.began[work.number]
        key = ("work", work.token.node.id, work.index, place, causes)
        return (key, self.nth(key, work.number))

    def arm_key(self, arm: Arm) -> Key:
        key = ("arm", arm.node.id, self.place(arm.token.process), self.armed[arm.number])
        return (key, self.nth(key, arm.number))

    def nth(self, key: Key, number: int) -> int:
        """Two that followed from the same are told apart by who came first."""
        same = self.same.setdefault(key, [])
        if number not in same:
            same.append(number)
        return same.index(number)

    # Commands

    def complete_by(self, index: int, work: Work, variables: dict[str, Any]) -> Causes:
        """An action: a person completes a task.  Returns all it followed from, itself included."""
        causes = self.began[work.number] | {index}
        self.did[work.number] = causes
        self.complete(work, variables)
        return causes

    def happen_by(self, index: int, arm: Arm, variables: dict[str, Any]) -> Causes:
        """An action: a timer runs out or a message comes."""
        causes = self.armed[arm.number] | {index}
        token = arm.token
        token.process.scope.values.update(variables)
        if arm.node.kind == "boundaryEvent":
            self.now = causes
        else:
            self.cause[token.number] = causes
        self.happen(arm)
        self.name_arms(token, causes)
        self.play()
        return causes

    # The game, with causes

    def arrive(self, process: Process, node: Node, flow: Flow | None) -> None:
        now = self.now
        self.cause[self.numbers + 1] = now
        super().arrive(process, node, flow)
        self.now = now

    def begin_process(self, diagram: Diagram, scope: Scope, work: Work | None) -> Process:
        self.ended[self.numbers + 1] = NONE
        return super().begin_process(diagram, scope, work)

    def enter(self, token: Token) -> None:
        self.now = self.cause[token.number]
        super().enter(token)

    def take(self, process: Process, node: Node, arrived: dict[str, Token]) -> None:
        self.now = self.union(self.cause[token.number] for token in arrived.values())
        self.watch(process, node, len(arrived))
        if node.kind == "inclusiveGateway":
            key = (node.id, self.place(process), self.now)
            if self.without is None or key not in self.record.joined:
                self.record.joined[key] = self.record.new()
            self.fired.add(self.record.joined[key])
            self.now |= {self.record.joined[key]}
        super().take(process, node, arrived)

    def watch(self, process: Process, node: Node, arrived: int) -> None:
        """See whether two rounds of the same block run at once: any two might have joined."""
        place = (process.number, node.id)
        waiting = sum(1 for token in process.tokens if token.node is node)
        if waiting > arrived or not self.rounds.get(place, NONE) <= self.now:
            self.overtaken = True
        self.rounds[place] = self.now

    def leave(self, token: Token, node: Node) -> None:
        done = (self.did[work.number] for work in token.works if work.done)
        self.now = self.cause[token.number] | self.union(done)
        if token.node.many and token.works:
            end = self.record.enough.get(self.step_key(token), 0)
            self.now |= {end} if end else NONE
            if any(not work.done for work in token.works):
                self.sweeps.append(
                    Sweep(self.inside(token), self.works(token), self.now, "enough", end)
                )
        super().leave(token, node)

    def emit(self, process: Process, flows: list[Flow]) -> None:
        if flows and process.diagram.nodes[flows[0].source].kind in (
            "exclusiveGateway", "inclusiveGateway",
        ):  # fmt: skip
            key = (flows[0].source, self.place(process), self.now)
            found = self.record.chosen.setdefault(key, [flow.id for flow in flows])
            node = process.diagram.nodes[flows[0].source]
            flows = [flow for flow in node.outgoing if flow.id in found]
        super().emit(process, flows)

    def arm(self, token: Token, event: Node) -> None:
        super().arm(token, event)
        self.name_arms(token, self.now)

    def name_arms(self, token: Token, causes: Causes) -> None:
        """Each is told apart from others by when it came."""
        for arm in token.arms:
            self.armed.setdefault(arm.number, causes)
            self.arm_key(arm)

    def begin_work(self, token: Token, index: int | None) -> None:
        done = (self.did[work.number] for work in token.works if work.done)
        causes = self.now = self.cause[token.number] | self.union(done)
        self.began[self.numbers + 1] = causes
        super().begin_work(token, index)
        for work in token.works:
            self.work_key(work)
        self.now = causes

    def finish(self, work: Work) -> None:
        """As in the game; but what a completion condition said is remembered."""
        token, many = work.token, work.token.node.many
        work.done = True
        if work.process is not None:
            self.did[work.number] = self.began[work.number] | self.ended[work.process.number]
            if token.node.kind == "callActivity":
                name = token.node.item or token.node.id
                work.scope.values[name] = work.process.scope.values.get("outcome")
        done = sum(1 for other in token.works if other.done)
        if many is None:
            self.leave(token, token.node)
        elif self.decided(work, many) or done == len(token.items):
            self.all_done(token)
        elif many.sequential:
            self.begin_work(token, done + 1)

    def decided(self, work: Work, many: Many) -> bool:
        """Whether the completion condition ends the step: asked, or remembered."""
        key = self.step_key(work.token)
        if self.without is None and enough(work, many):
            self.record.enough[key] = self.record.new()
        elif self.without is not None and self.record.enough.get(key) in self.without:
            del self.record.enough[key]
        return key in self.record.enough

    def step_key(self, token: Token) -> Key:
        done = self.union(self.did[work.number] for work in token.works if work.done)
        count = sum(1 for work in token.works if work.done)
        return (token.node.id, self.place(token.process), self.cause[token.number], done, count)

    def cross(self, token: Token, event: Node) -> None:
        thrown = event.event in ("error", "escalation")
        causes = self.now | self.cause[token.number]
        if event.interrupting:
            kind = "thrown" if thrown else "event"
            last = 0 if thrown else max(causes)
            self.sweeps.append(Sweep(self.inside(token), self.works(token), causes, kind, last))
        kept, self.now = self.now, causes
        super().cross(token, event)
        self.now = kept

    def end(self, token: Token) -> None:
        process, causes = token.process, self.cause[token.number]
        self.now = causes
        if token.node.event == "terminate":
            victims = self.ended[process.number]
            works: set[Key] = set()
            for other in process.tokens:
                victims |= self.inside(other)
                works |= self.works(other)
            self.sweeps.append(Sweep(victims, works, causes, "terminate", 0))
            self.ended[process.number] = NONE
        self.ended[process.number] |= causes
        super().end(token)

    def union(self, parts: Any) -> Causes:
        return NONE.union(*parts)

    def inside(self, token: Token) -> Causes:
        """Everything that a token and what runs inside it followed from."""
        found = [self.cause[token.number]]
        for work in token.works:
            found += [self.began[work.number], self.did.get(work.number, NONE)]
            if work.process:
                found.append(self.ended[work.process.number])
                found += [self.inside(other) for other in work.process.tokens]
        return self.union(found)

    def works(self, token: Token) -> set[Key]:
        """The user tasks that are open at a token or inside it."""
        found: set[Key] = set()
        for work in token.works:
            if work.process:
                for other in work.process.tokens:
                    found |= self.works(other)
            elif not work.done:
                found.add(self.work_key(work))
        return found


def seeds(game: CausalGame, index: int | None, key: Key) -> Causes:
    """What must not have happened for a task to be open: its own end, and what took it away."""
    found: set[int] = set() if index is None else {index}
    while True:
        for sweep in game.sweeps:
            hit = sweep.victims & found or (index is None and key in sweep.works)
            if hit and not sweep.by & found:
                if not sweep.event:
                    raise Undone
                found.add(sweep.event)
                break
        else:
            return frozenset(found)
