"""Sent back, a case loses nobody's work, asks nobody twice, and comes to its end.

What must be open, held and armed is worked out by rules, for every combination of: how many
departments, how they are drawn, which round, from where to where, which scope, keep or void,
straight or the way again.
"""

import random
from collections import Counter
from itertools import product

import pytest

from tests.engine.moving import Desk, departments

KINDS = ("plain", "call", "many")
PLACES = ("before the join", "after the join", "into a branch", "in a branch")
CASES = [
    (kind, count, second, place)
    for kind, count, second, place in product(KINDS, (2, 5, 20), (False, True), PLACES)
    if not (kind == "many" and place == "in a branch")
]
TERMS = [
    (scope, void, straight)
    for scope in ("mine", "listed", "all")
    for void, straight in product((False, True), repeat=2)
]


class Expected:
    """The case by rules: how far every department is, what is done once more, who is held."""

    def __init__(self, kind: str, count: int) -> None:
        self.kind = kind
        self.steps = 1 if kind == "many" else 2
        self.count = count
        self.stage = [0] * count
        self.decided = False
        #: What is done once more, in order, before what is held goes on.
        self.side: list[str] = []
        self.held: set[int] = set()
        self.decide_held = False
        #: Whether a step of many instances has others to wait for, and its limit runs on.
        self.runs = False

    def name(self, place: int, stage: int) -> str:
        return f"dept#{place + 1}" if self.kind == "many" else f"{'ab'[stage]}{place + 1}"

    def head(self, place: int) -> str:
        """How a branch is called in the scope."""
        return {"plain": f"a{place + 1}", "call": f"R{place + 1}", "many": f"dept#{place + 1}"}[
            self.kind
        ]

    def joined(self) -> bool:
        return all(stage == self.steps for stage in self.stage) and not self.held

    def working(self) -> list[int]:
        """The departments that have something open."""
        return [p for p in range(self.count) if p not in self.held and self.stage[p] < self.steps]

    def open(self) -> Counter[str]:
        found = Counter(self.name(place, self.stage[place]) for place in self.working())
        found.update(self.side[:1])
        if self.joined() and not self.decide_held and not self.decided:
            found["decide"] += 1
        return found

    def armed(self) -> Counter[str]:
        """A timer on every open task, on every call that is at work, one on all instances."""
        found = Counter(name.partition("#")[0] for name in self.open())
        if self.kind == "call":
            found.update(f"R{place + 1}" for place in self.working())
            if self.side and self.side[0][0] in "ab":
                found["R" + self.side[0][1:]] += 1
        if self.kind == "many":
            runs = self.runs if self.side else bool(self.working())
            found["dept"] = runs + any("#" in name for name in self.side[:1])
        return +found

    def do(self, name: str) -> None:
        if self.side[:1] == [name]:
            self.side.pop(0)
            if not self.side:
                self.held.clear()
                self.decide_held = False
        elif name == "decide":
            self.decided = True
        else:
            place = int(name.lstrip("abdept#")) - 1
            self.stage[place] += 1

    # The four places

    def scope(self, scope: str, mine: int | None) -> list[int]:
        """The branches of the scope besides my own."""
        places = {"mine": [], "listed": [1, 2][: self.count - 1], "all": [*range(self.count)]}
        return [place for place in places[scope] if place != mine]

    def before_the_join(self, scope: str, void: bool, straight: bool) -> None:
        others = self.scope(scope, 0)
        if scope == "all" and void and not straight:
            return self.all_over()
        self.side = ["receive"] if straight else ["receive", "prepare"]
        self.held = {0, *others}
        for place in others if void else []:
            self.stage[place] = 0
        if not straight:
            self.stage[0] = 0
        return None

    def after_the_join(self, scope: str, void: bool, straight: bool) -> None:
        others = self.scope(scope, None)
        if scope == "all" and void and not straight:
            return self.all_over()
        self.side = ["receive"] if straight else ["receive", "prepare"]
        if void and others:
            self.held = set(others)
            for place in others:
                self.stage[place] = 0
        else:
            self.decide_held = True
        return None

    def into_a_branch(self, scope: str, void: bool, straight: bool) -> None:
        others = self.scope(scope, 0) if void else []
        for place in others:
            self.stage[place] = 0
        if not straight:
            self.stage[0] = 0
            return
        self.side = [self.name(0, 0)]
        if self.kind == "call":  # the item comes to its result anew
            self.side.append(self.name(0, 1))
        if others:
            self.held = {0}
        else:
            self.decide_held = True

    def in_a_branch(self, scope: str, void: bool, straight: bool) -> None:
        if straight:
            self.side, self.held = [self.name(0, 0)], {0}
        else:
            self.stage[0] = 0

    def all_over(self) -> None:
        self.side, self.held = ["receive", "prepare"], set(range(self.count))
        self.stage = [0] * self.count


def play_to(desk: Desk, expected: Expected, second: bool, joined: bool) -> None:
    """To the first or second round; there some departments are done, some have begun."""
    if second:
        done = desk.random
        while not desk.open()["decide"]:
            desk.do(done.choice(sorted(desk.open())), again=True)
        desk.do("decide", again=True)
    desk.do("receive", "prepare", again=False)
    for place in range(expected.count):
        stages = expected.steps if joined else (0 if expected.steps == 1 and not place else
                                                (1, expected.steps, 0, 1)[place % 4])  # fmt: skip
        for stage in range(min(stages, expected.steps)):
            desk.do(expected.name(place, stage), again=False)
            expected.stage[place] += 1
    assert desk.open() == expected.open()
    assert desk.armed() == expected.armed()


@pytest.mark.parametrize(("kind", "count", "second", "place"), CASES)
@pytest.mark.parametrize("terms", TERMS, ids=str)
def test_a_case_that_is_sent_back_goes_on_as_the_terms_say(
    kind: str, count: int, second: bool, place: str, terms: tuple[str, bool, bool]
) -> None:
    scope, void, straight = terms
    desk = Desk(departments(kind, count), seed=count, again=False)
    expected = Expected(kind, count)
    joined = place in ("after the join", "into a branch")
    play_to(desk, expected, second, joined)
    sender = "decide" if joined else expected.name(0, expected.stage[0])
    target = "receive" if place.endswith("the join") else expected.name(0, 0)
    names = {expected.head(p) for p in expected.scope(scope, 0)}
    kept = dict(desk.numbers)
    desk.back(sender, target, None if scope == "all" else frozenset(names), void, straight)
    getattr(expected, place.replace(" ", "_"))(scope, void, straight)
    expected.runs = bool(expected.working())
    came_back = straight and not (void and names and sender == "decide")
    choose = random.Random(1)
    while expected.open():
        assert desk.open() == expected.open()
        assert desk.armed() == expected.armed()
        if came_back and desk.open()[sender] and not expected.side:
            assert desk.numbers[sender] == kept[sender]
            came_back = False
        name = choose.choice(sorted(expected.open()))
        desk.do(name, again=False)
        expected.do(name)
    assert desk.step.finished
    assert not desk.step.timers
    assert not came_back
