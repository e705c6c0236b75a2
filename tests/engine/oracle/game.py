"""The token game: what a process does, written to be obviously right.

One token lies at one element of one process instance.  An activity that has begun holds its
works (one, or one for each of many instances); a work of a sub-process or a call is a process
instance of its own.  What waits from outside (timers, messages) is an `Arm`.  Everything is
numbered in the order in which it comes to be.
"""

from collections.abc import Iterator
from typing import Any

from tests.engine.oracle import rules
from tests.engine.oracle.diagram import Diagram, Flow, Node, read
from tests.engine.oracle.pieces import Arm, Process, Token, Work
from tests.engine.oracle.words import Scope, limit, run

ACTIVITIES = ("userTask", "receiveTask", "subProcess", "callActivity")
#: What begins when a token arrives; everything else runs when its turn comes.
WAITING = (*ACTIVITIES, "intermediateCatchEvent", "eventBasedGateway")

#: More tokens than a step of a sensible model makes.
MOST = 4000


class Endless(Exception):
    """A model that goes round without waiting, or multiplies its tokens: not worth comparing."""


class Game:
    """A running process; every command plays on until nothing automatic is left."""

    def __init__(self, source: str, process: str, variables: dict[str, Any]) -> None:
        self.diagrams = read(source)
        self.numbers = 0
        self.queue: list[Token] = []
        self.met: list[str] = []
        self.top = self.begin_process(self.diagrams[process], Scope(None, dict(variables)), None)
        self.play()

    @property
    def finished(self) -> bool:
        return not self.top.tokens

    def processes(self) -> list[Process]:
        """Every process instance that runs, the oldest first."""
        found = [self.top]
        for process in found:
            for token in process.tokens:
                found += [w.process for w in token.works if w.process and not w.done]
        return sorted(found, key=lambda process: process.number)

    def tokens(self) -> Iterator[Token]:
        for process in self.processes():
            yield from process.tokens

    def open_tasks(self) -> list[Work]:
        return [
            work
            for token in self.tokens()
            for work in token.works
            if token.node.kind == "userTask" and not work.done
        ]

    def arms(self, event: str) -> list[Arm]:
        """Armed timers, or messages waited for, the oldest first."""
        found = [arm for t in self.tokens() for arm in t.arms if arm.node.event == event]
        return sorted(found, key=lambda arm: arm.number)

    # Commands

    def complete(self, work: Work, variables: dict[str, Any]) -> None:
        work.scope.values.update(variables)
        self.met.append("userTask")
        self.finish(work)
        self.play()

    def fire(self, arm: Arm) -> None:
        self.happen(arm)
        self.play()

    def deliver(self, message: str, variables: dict[str, Any]) -> None:
        """Give a message to the oldest that waits for it."""
        arm = next(arm for arm in self.arms("message") if arm.node.word == message)
        arm.token.process.scope.values.update(variables)
        self.happen(arm)
        self.play()

    def happen(self, arm: Arm) -> None:
        """A timer ran out or a message came: at the border, or where the token waits."""
        token = arm.token
        if arm.node.kind != "boundaryEvent":
            self.met.append(f"{token.node.kind} {arm.node.kind} {arm.node.event}")
            self.leave(token, arm.node)
            return
        token.arms.remove(arm)
        self.cross(token, arm.node)
        if not arm.node.interrupting and arm.node.event == "message":
            token.arms.append(Arm(self.number(), token, arm.node))

    def cross(self, token: Token, event: Node) -> None:
        """A boundary event happens: the activity goes if it interrupts, a token comes."""
        sign = "interrupts" if event.interrupting else "adds"
        self.met.append(f"boundary {event.event} {sign} {token.node.kind}")
        if event.interrupting:
            token.process.tokens.remove(token)
        self.arrive(token.process, event, None)

    # The game

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    def begin_process(self, diagram: Diagram, scope: Scope, work: Work | None) -> Process:
        process = Process(self.number(), diagram, scope, work)
        self.arrive(process, diagram.start, None)
        return process

    def arrive(self, process: Process, node: Node, flow: Flow | None) -> None:
        token = Token(self.number(), process, node, flow)
        process.tokens.append(token)
        if node.kind in WAITING:
            self.enter(token)
        else:
            self.queue.append(token)

    def emit(self, process: Process, flows: list[Flow]) -> None:
        for flow in flows:
            self.arrive(process, process.diagram.nodes[flow.target], flow)

    def leave(self, token: Token, node: Node) -> None:
        """Take a token away and put one on every flow that leaves the element."""
        token.process.tokens.remove(token)
        self.emit(token.process, node.outgoing)

    def play(self) -> None:
        """First in, first out; inclusive joins only when nothing else can move."""
        most = self.numbers + MOST
        while True:
            while self.queue:
                if self.numbers > most:
                    raise Endless
                token = self.queue.pop(0)
                if self.alive(token):
                    self.enter(token)
            if not self.join_one():
                return

    def alive(self, token: Token) -> bool:
        return any(token is other for other in self.tokens())

    def enter(self, token: Token) -> None:
        node, process = token.node, token.process
        token.rests = True
        if node.kind in ACTIVITIES:
            self.begin(token)
        elif node.kind in ("intermediateCatchEvent", "eventBasedGateway"):
            self.wait(token)
        elif node.kind == "parallelGateway":
            self.join_all(process, node)
        elif node.kind == "inclusiveGateway" and len(node.incoming) > 1:
            pass  # looked at when nothing else can move
        elif node.kind in ("inclusiveGateway", "exclusiveGateway"):
            self.met.append(node.kind)
            process.tokens.remove(token)
            self.emit(process, rules.chosen(process, node))
        elif node.kind == "intermediateThrowEvent":
            self.throw_on(token)
        elif node.kind == "endEvent":
            self.end(token)
        else:
            assert node.kind in ("startEvent", "boundaryEvent", "scriptTask"), node.kind
            self.met.append(node.kind)
            run(node.script, process.scope)
            self.leave(token, node)

    # Gateways

    def join_all(self, process: Process, node: Node) -> None:
        arrived = rules.at(process, node)
        if len(arrived) == len(node.incoming):
            self.take(process, node, arrived)

    def take(self, process: Process, node: Node, arrived: dict[str, Token]) -> None:
        self.met.append(node.kind + (" join" if len(node.incoming) > 1 else ""))
        for token in arrived.values():
            process.tokens.remove(token)
        self.emit(process, rules.chosen(process, node))

    def join_one(self) -> bool:
        """Fire one inclusive join: of the oldest process, the one with the smallest id."""
        for process, node, arrived in rules.waiting_joins(self.processes()):
            if rules.nothing_comes(process, node, arrived):
                self.take(process, node, arrived)
                return True
            self.met.append("inclusiveGateway waits")
        return False

    # Activities

    def wait(self, token: Token) -> None:
        """Arm a catch event, or every event behind an event-based gateway."""
        node = token.node
        targets = [token.process.diagram.nodes[flow.target] for flow in node.outgoing]
        for event in targets if node.kind == "eventBasedGateway" else [node]:
            self.arm(token, event)

    def arm(self, token: Token, event: Node) -> None:
        if event.event in ("timer", "message"):
            scope = token.process.scope
            text = limit(event.word, scope) if event.event == "timer" else ""
            token.arms.append(Arm(self.number(), token, event, text))

    def begin(self, token: Token) -> None:
        node = token.node
        if node.many is not None:
            token.items = rules.instances(node.many, token.process.scope)
            if not token.items:
                self.all_done(token)
                return
        if node.kind == "receiveTask":
            self.arm(token, node)
        for event in node.border:
            self.arm(token, event)
        if node.many is None and node.kind != "receiveTask":
            self.begin_work(token, None)
        elif node.many is not None:
            for index in range(1, 2 if node.many.sequential else len(token.items) + 1):
                self.begin_work(token, index)

    def begin_work(self, token: Token, index: int | None) -> None:
        node, scope = token.node, rules.scope_of(token, index)
        work = Work(self.number(), token, index, scope)
        token.works.append(work)
        if node.inner:
            work.process = self.begin_process(node.inner, scope, work)
        elif node.kind == "callActivity":
            work.process = self.begin_process(self.diagrams[node.called], Scope(scope), work)

    def finish(self, work: Work) -> None:
        """A work is done: perhaps the activity is, perhaps the next instance begins."""
        token, many = work.token, work.token.node.many
        work.done = True
        if token.node.kind == "callActivity" and work.process:
            name = token.node.item or token.node.id
            work.scope.values[name] = work.process.scope.values.get("outcome")
        if many is None:
            self.met.append(f"{token.node.kind} done")
            self.leave(token, token.node)
            return
        done = sum(1 for other in token.works if other.done)
        if rules.enough(work, many):
            self.met.append("completionCondition")
            self.all_done(token)
        elif done == len(token.items):
            self.all_done(token)
        elif many.sequential:
            self.begin_work(token, done + 1)

    def all_done(self, token: Token) -> None:
        """A multi-instance activity ends; what its instances brought becomes a list."""
        many = token.node.many
        assert many
        order = "sequential" if many.sequential else "parallel"
        self.met.append(f"{order} {token.node.kind} x{min(len(token.items), 2)}")
        if many.output:
            done = [work for work in token.works if work.done]
            found = [work.scope.values.get(many.each) for work in done]
            token.process.scope.values[many.output] = found
        self.leave(token, token.node)

    # Throwing and ending

    def throw_on(self, token: Token) -> None:
        found = rules.caught(token) if token.node.event else None
        self.met.append(f"throw {token.node.event or 'nothing'} {rules.catcher(found)}")
        if found:
            self.cross(*found)
        if not found or not found[1].interrupting:
            self.leave(token, token.node)

    def end(self, token: Token) -> None:
        node, process = token.node, token.process
        if not process.diagram.embedded:
            process.scope.values["outcome"] = node.id
        found = rules.caught(token) if node.event in ("error", "escalation") else None
        self.met.append(f"end {node.event or 'none'} {rules.catcher(found)}")
        if node.event == "error" and not found:
            self.top.tokens.clear()
            return
        if found:
            self.cross(*found)
            if found[1].interrupting:
                return
        if node.event == "terminate":
            process.tokens.clear()
        else:
            process.tokens.remove(token)
        if not process.tokens and process.work:
            self.finish(process.work)
