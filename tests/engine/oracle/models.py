"""Random models from a seed: most of them tidy, some of them not."""

import random
from collections.abc import Set
from dataclasses import dataclass, replace

from tests.engine.oracle.blocks import Arc, Block, Border, Model, every
from tests.engine.oracle.data import Data
from tests.engine.oracle.xml import ERRORS, ESCALATIONS, MESSAGES

LIMITS = ("5wd", "0.5wd", "3.5h", "60d", "P5D", "PT1H", "PT1H30M", "limit_a")
DATES = ("2027-03-01", "2027-03-01T09:30:00+08:00")
WEIGHTS = {
    "task": 8, "script": 1, "receive": 1, "timer": 1, "date": 0.3, "message": 1, "throw": 1,
    "and": 7, "or": 6, "xor": 3, "event": 1.5, "loop": 5, "sub": 4, "call": 4, "graph": 2,
}  # fmt: skip
DEEP = {"and", "or", "xor", "event", "loop", "sub", "graph", "call"}
#: What may occur, beside user tasks in a row: blocks, and what is put on them.
EXTRAS = {"many", "border", "error", "escalation", "terminate", "mixed", "refusal", "shuffle"}
ALL = frozenset(WEIGHTS) | EXTRAS


@dataclass(frozen=True)
class Place:
    """Where a block is made: how deep, who catches what is thrown, what can be called and read.

    Where it is not ``loose``, a join waits further on: every token has to get there.
    """

    depth: int = 0
    loose: bool = True
    errors: tuple[str, ...] = ()
    escalations: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Maker:
    """Makes one model."""

    def __init__(self, seed: int, kinds: Set[str]) -> None:
        self.random = random.Random(seed)
        self.kinds = kinds
        #: Every model likes other kinds of blocks, so that some come in crowds.
        self.weights = {
            kind: weight * self.random.choice((0, 0.5, 1, 1, 2, 4))
            for kind, weight in WEIGHTS.items()
        }
        self.weights["task"] += 1
        self.made = 0
        self.left = 0
        self.throws: dict[str, Place] = {}
        self.data = Data(self.random)

    def make(self) -> Model:
        processes: dict[str, Block] = {}
        for key in ("c2", "c1", "p"):
            calls = tuple(reversed(processes))
            throws = (
                Place() if key == "p" else Place(0, True, self.some(ERRORS), self.some(ESCALATIONS))
            )
            self.throws[key] = throws
            self.left = self.random.randint(4, 30 if key == "p" else 8)
            most, least = (8, 3) if key == "p" else (3, 1)
            processes[key] = self.body(replace(throws, calls=calls), most, least, key != "p")
        found = {"p": processes["p"]}
        for key in ("c1", "c2"):  # without what nobody calls
            called = [b.word for body in found.values() for b in every(body) if b.kind == "call"]
            if key in called:
                found[key] = processes[key]
        shuffle = self.random.randrange(1000) if self.may("shuffle", 0.5) else None
        return Model(found, self.data.given, shuffle)

    # Chances

    def may(self, kind: str, chance: float) -> bool:
        return self.random.random() < chance and kind in self.kinds

    def some(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if self.random.random() < 0.4)

    def key(self, letter: str) -> str:
        self.made += 1
        return f"{letter}{self.made}"

    def condition(self, place: Place) -> str:
        found = self.data.condition(place.names)
        if self.may("refusal", 0.01):
            found = self.random.choice(["missing == 1", f"{found} or missing == 1"])
        return found

    # Blocks

    def body(self, place: Place, most: int, least: int = 1, ends: bool = False) -> Block:
        count = self.random.randint(least, max(least, most))
        parts = [self.piece(place) for _ in range(count)]
        chance = 0.25 if place.errors or place.escalations else 0.1
        if ends and place.loose and self.random.random() < chance:
            parts.append(self.end(place))
        return Block("seq", parts=parts)

    def piece(self, place: Place) -> Block:
        self.left -= 1
        possible = {
            kind: weight
            for kind, weight in self.weights.items()
            if kind in self.kinds or kind == "task"
            if not (kind in DEEP and (place.depth > 3 or self.left <= 0))
            if kind != "call" or place.calls
        }
        [kind] = self.random.choices(list(possible), list(possible.values()))
        make = getattr(self, f"make_{kind}", None)
        found: Block = make(place) if make else self.simple(kind, place)
        return found

    def make_task(self, place: Place) -> Block:
        block = Block("task", self.key("t"))
        self.data.variable(f"v_{block.id}")
        if self.may("many", 0.12):
            block.many = self.data.many(block.id)
            if self.may("refusal", 0.03):
                block.many.count, block.many.collection = "limit_b", ""
            self.data.output(block, [f"v_{block.id}", "loopCounter"])
        return self.bordered(block, place, 0.2)

    def simple(self, kind: str, place: Place) -> Block:
        """One element that is no user task."""
        block = Block(kind, self.key({"timer": "w", "date": "w"}.get(kind, kind[0])))
        if kind == "script":
            block.word = self.data.script(f"w_{block.id}", place.names)
        elif kind in ("timer", "date"):
            wrong = self.may("refusal", 0.01)
            words = ("limit_b", "n_a") if wrong else DATES if kind == "date" else LIMITS
            block.word = self.random.choice(words)
        elif kind in ("message", "receive"):
            block.word = self.random.choice(MESSAGES)
        elif kind == "throw" and "escalation" in self.kinds:
            lost = ESCALATIONS if self.may("refusal", 0.1) else ()
            block.word = self.random.choice(("", *place.escalations * 2, *lost))
        return self.bordered(block, place, 0.3) if kind == "receive" else block

    def end(self, place: Place) -> Block:
        words = ["", ""]
        if "terminate" in self.kinds:
            words.append("terminate")
        if "error" in self.kinds:
            words += [f"error {code}" for code in place.errors] * 3
        if "escalation" in self.kinds:
            words += [f"escalation {code}" for code in place.escalations] * 2
        if self.may("refusal", 0.01):
            words = [f"error {ERRORS[0]}"]
        return Block("end", self.key("e"), word=self.random.choice(words))

    def branches(self, kind: str, place: Place) -> Block:
        block = Block(kind, self.key({"and": "p", "or": "o", "xor": "x"}[kind]), join=kind)
        loose = place.loose and (kind != "and" or self.random.random() < 0.2)
        inside = replace(place, depth=place.depth + 1, loose=loose)
        for _ in range(self.random.choice([2, 2, 2, 3, 4])):
            block.parts.append(self.body(inside, 2, self.random.choice([0, 1, 1]), True))
            block.texts.append(self.condition(place))
        if kind == "xor" and self.random.random() < 0.3:
            block.join = ""
        if self.may("mixed", 0.15):
            block.join = self.random.choice(["and", "or", "or", "xor", ""])
        return block

    def make_and(self, place: Place) -> Block:
        return self.branches("and", place)

    def make_or(self, place: Place) -> Block:
        return self.branches("or", place)

    def make_xor(self, place: Place) -> Block:
        return self.branches("xor", place)

    def make_event(self, place: Place) -> Block:
        block = Block("event", self.key("g"), join=self.random.choice(["xor", ""]))
        inside = replace(place, depth=place.depth + 1)
        messages = list(MESSAGES)
        self.random.shuffle(messages)
        for _ in range(self.random.randint(2, 3)):
            kind = self.random.choice(["timer", "date", "message", "message", "receive"])
            first = self.simple(kind, place)
            first.borders = []
            if kind in ("message", "receive"):
                first.word = messages.pop()
            rest = self.body(inside, 1, 0, ends=True)
            block.parts.append(Block("seq", parts=[first, *rest.parts]))
        return block

    def make_loop(self, place: Place) -> Block:
        """The last task of the body says whether to go round again."""
        block = Block("loop", self.key("l"))
        inside = replace(place, depth=place.depth + 1)
        body = self.body(inside, 2)
        decide = Block("task", self.key("t"))
        block.word = f"{self.data.variable(f'v_{decide.id}')} == 2"
        body.parts.append(decide)
        block.parts = [body, self.body(inside, 1, 0, ends=True)]
        return block

    def make_sub(self, place: Place) -> Block:
        block = self.bordered(Block("sub", self.key("s")), place, 0.5)
        inside = self.within(block, replace(place, depth=place.depth + 1, loose=True))
        before = len(self.data.names)
        if self.may("many", 0.3):
            block.many = self.data.many(block.id)
            item = (block.many.item,) if block.many.item else ()
            inside = replace(inside, names=("loopCounter", *item))
        block.parts = [self.body(inside, 2, ends=True)]
        self.data.output(block, [*self.data.names[before:], "loopCounter"])
        return block

    def make_call(self, place: Place) -> Block:
        block = Block("call", self.key("k"), word=self.random.choice(place.calls))
        if self.random.random() < 0.5:
            block.item = f"R{block.id}"
        self.bordered(block, place, 0.5)
        thrown = self.throws[block.word]
        caught = self.within(block, place)
        for code in sorted({*thrown.errors} - {*caught.errors}):
            block.borders.append(self.border("error", code, place))
        for code in sorted({*thrown.escalations} - {*caught.escalations}):
            block.borders.append(self.border("escalation", code, place))
        result = block.item or block.id
        self.data.given[result] = "none yet"
        self.data.results.append(f'{result} == "{block.word}_e"')
        if self.may("many", 0.3):
            block.many = self.data.many(block.id)
            self.data.output(block, [result, "loopCounter"])
        return block

    def make_graph(self, place: Place) -> Block:
        """Gateways with arrows between them, each with work on it or not."""
        size = self.random.randint(3, 6)
        block = Block("graph", self.key("q"))
        block.texts = self.random.choices(["and", "or", "or", "xor", "xor"], k=size)
        pairs = [(self.random.randrange(n), n) for n in range(1, size)]
        for _ in range(self.random.randint(1, size)):
            pairs.append(tuple(sorted(self.random.sample(range(size), 2))))  # type: ignore[arg-type]
        pairs += [(n, n + 1) for n in range(size - 1) if n not in [a for a, _ in pairs]]
        inside = replace(place, depth=place.depth + 1)
        for source, target in pairs:
            part = self.body(replace(inside, depth=4), 1, self.random.choice([0, 1, 1]))
            block.arcs.append(Arc(source, target, part, self.condition(place)))
        back = [n for n in range(1, size) if block.texts[n] != "and"]
        if back and self.random.random() < 0.4:
            source = self.random.choice(back)
            task = self.make_task(replace(inside, depth=4))
            part = Block("seq", parts=[Block("task", task.id)])
            target = self.random.randrange(source)
            block.arcs.append(Arc(source, target, part, f"v_{task.id} == 2"))
        return block

    # What is put on them

    def bordered(self, block: Block, place: Place, chance: float) -> Block:
        """Boundary events; only work in parts throws errors and escalations."""
        if not self.may("border", chance):
            return block
        kinds = [kind for kind in ("timer", "message") if kind in self.kinds]
        if block.kind in ("sub", "call"):
            kinds += [kind for kind in ("error", "escalation") if kind in self.kinds] * 2
        words = {"timer": LIMITS, "message": MESSAGES}
        codes = {"error": (*ERRORS, ""), "escalation": (*ESCALATIONS, "")}
        for kind in self.random.choices(kinds, k=self.random.randint(1, 3)) if kinds else ():
            word = self.random.choice({**words, **codes}[kind])
            if (kind, word) not in [(b.kind, b.word) for b in block.borders]:
                block.borders.append(self.border(kind, word, place))
        return block

    def border(self, kind: str, word: str, place: Place) -> Border:
        stays = kind != "error" and self.random.random() < 0.5
        most = 1 if self.left > 0 else 0
        path = self.body(replace(place, depth=place.depth + 1), most, 0, ends=True)
        merges = self.random.random() < (0.2 if stays else 0.6) if place.loose else not stays
        return Border(self.key("b"), kind, word, not stays, path, merges)

    def within(self, block: Block, place: Place) -> Place:
        """What a block's boundary events catch, for what is made inside."""
        caught: dict[str, tuple[str, ...]] = {"error": place.errors}
        caught["escalation"] = place.escalations
        for border in block.borders:
            if border.kind in caught:
                everything = ERRORS if border.kind == "error" else ESCALATIONS
                caught[border.kind] += (border.word,) if border.word else everything
        return replace(place, errors=caught["error"], escalations=caught["escalation"])


def model(seed: int, kinds: Set[str] = ALL) -> Model:
    """The model of a seed, made of these kinds only."""
    return Maker(seed, kinds).make()
