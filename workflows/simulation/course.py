"""One case of a simulation: the process walked by the engine, and the clocks of the law beside it.

What the actions of a hall do to a case happens here as well, without a table: an item waits for
its gates, what depends on a refusal is refused, and the joint clock stands still while nothing
can move.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import Any

from workflows.catalogue import Catalogue
from workflows.catalogue.records import Item
from workflows.engine import OpenTask, Step, Walk
from workflows.simulation.inputs import Inputs

GRANTED, REFUSED, RETURNED = "granted", "refused", "returned"
#: What is said of a step, and what the process is told, by its kind.
SAYS = {"review": "conclusion", "decide": "decision"}


@dataclass
class Track:
    """How an item of a case goes: when it began and was decided, and what stood still."""

    item: Item
    started: int | None = None
    decided: int | None = None
    outcome: str = ""
    waited: int = 0
    worked: int = 0
    blocked: int = 0
    blocked_since: int | None = None
    pauses: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Said:
    """What was said at a step, and how long after it had come."""

    word: str
    seconds: int


class Course:
    """One case from the counter to the last decision; times are places on the line of work."""

    def __init__(self, number: int, arrived: int, catalogue: Catalogue, inputs: Inputs) -> None:
        self.number = number
        self.arrived = arrived
        self.inputs = inputs
        self.chance = Random(f"{inputs.seed}/{number}")
        self.answers = inputs.answers(catalogue, self.chance)
        self.catalogue = catalogue
        needed = catalogue.needed_items(self.answers)
        self.tracks = {item.code: Track(item) for item in needed}
        self.promised = catalogue.promised_limit(self.answers)
        self.lacks = self.chance.random() < inputs.supplement
        self.told: int | None = None
        self.brought: int | None = None
        self.released: int | None = None
        self.accepted: int | None = None
        self.decided: int | None = None
        self.walk: Walk | None = None
        self.known: set[int] = set()
        self.waiting: dict[str, int] = {}
        self.said: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
        self.times: Counter[tuple[str, str]] = Counter()
        self.held_since: int | None = None
        self.pauses: list[tuple[int, int]] = []

    def accept(self, definition: Any, results: dict[str, None], now: int) -> Step:
        """Distribute it to the departments; its clocks run from the day it was complete."""
        self.released = now
        self.accepted = self.brought if self.brought is not None else now
        facts = self.catalogue.asked_of(self.answers, definition.asked)
        chosen = self.catalogue.variables(self.answers)
        self.walk = Walk(definition, {**facts, **results, **chosen})
        return self.walk.step

    # -- what is drawn by lot -----------------------------------------------------------------

    def word(self, task: OpenTask) -> str:
        """What will be said at a step."""
        approval, lot = task.approval, self.chance.random()
        if approval.kind == "confirm":
            return "confirmed"
        if approval.kind == "decide" and lot < self.inputs.refuse:
            return REFUSED
        again = lot > 1 - self.inputs.give_back and "return" in approval.conclusions
        if approval.kind == "decide":
            return RETURNED if again else GRANTED
        return "return" if again else "agree"

    def work(self, task: OpenTask) -> int:
        """How long a step will take, in seconds."""
        spread = self.inputs.work.get(f"{task.item}.{task.element}")
        return round(spread.draw(self.chance) * 3600) if spread else 0

    # -- what follows ---------------------------------------------------------------------------

    def new_tasks(self, step: Step, now: int) -> list[OpenTask]:
        """The tasks that have come; an item begins with its first."""
        found = [task for task in step.open_tasks if task.number not in self.known]
        for task in found:
            self.known.add(task.number)
            track = self.tracks.get(task.item or "")
            if track is not None and track.started is None:
                starts = any(self._gate(before.item) for before in track.item.after
                             if before.gate == "start")  # fmt: skip
                track.started = now if starts else self.accepted
        return found

    def _gate(self, code: str) -> bool:
        return code in self.tracks

    def say(self, item: str, number: int, word: str, now: int) -> Step | None:
        """Close a task; None when the item has to wait for another to be decided."""
        assert self.walk is not None
        kind = next(t.approval.kind for t in self.walk.step.open_tasks if t.number == number)
        if kind == "decide" and word == GRANTED:
            gates = [self.tracks[before.item] for before in self.tracks[item].item.after
                     if before.gate == "decision" and before.item in self.tracks]  # fmt: skip
            if any(gate.decided is None for gate in gates):
                self.waiting[item] = number
                self.tracks[item].blocked_since = now
                return None
            if any(gate.outcome != GRANTED for gate in gates):
                word = REFUSED
        told = {"confirmed": word == "confirmed"} if kind == "confirm" else {SAYS[kind]: word}
        return self.walk.complete(number, told)

    def settle(self, step: Step, now: int) -> bool:
        """Take over the results of items; whether any is new."""
        new = False
        for code, track in self.tracks.items():
            outcome = step.variables.get(code)
            if track.decided is None and outcome in (GRANTED, REFUSED):
                track.decided, track.outcome, new = now, outcome, True
        for code in list(self.tracks) if new or step.finished else ():
            self._lapse(self.tracks[code], step, now)
        if step.finished:
            self.decided = now
        self._hold(now)
        return new

    def _lapse(self, track: Track, step: Step, now: int) -> None:
        """What waits to begin behind a refused item is not needed any more."""
        if track.started is None and track.decided is None:
            lost = any(
                self.tracks[b.item].decided is not None and self.tracks[b.item].outcome != GRANTED
                for b in track.item.after
                if b.gate == "start" and b.item in self.tracks
            )
            if lost or step.finished:
                track.decided, track.outcome = now, "not_needed"

    def released_items(self, now: int) -> list[tuple[str, int]]:
        """The items that waited for others, which are all decided by now."""
        free = []
        for code, number in list(self.waiting.items()):
            track = self.tracks[code]
            gates = [b.item for b in track.item.after if b.gate == "decision"]
            if all(self.tracks[g].decided is not None for g in gates if g in self.tracks):
                del self.waiting[code]
                assert track.blocked_since is not None
                track.blocked += now - track.blocked_since
                track.pauses.append((track.blocked_since, now))
                track.blocked_since = None
                free.append((code, number))
        return free

    def _hold(self, now: int) -> None:
        """The joint clock stands still while everything unfinished is outside its time."""
        open_tracks = [track for track in self.tracks.values() if track.decided is None]
        held = bool(open_tracks) and all(self._held(track) for track in open_tracks)
        if held and self.held_since is None:
            self.held_since = now
        elif not held and self.held_since is not None:
            self.pauses.append((self.held_since, now))
            self.held_since = None

    def _held(self, track: Track) -> bool:
        if track.item.excluded_from_clock:
            return True
        if track.started is not None and track.item.code not in self.waiting:
            return False
        gates = (self.tracks[b.item] for b in track.item.after if b.item in self.tracks)
        return any(self._held(gate) for gate in gates if gate.decided is None)
