"""How a pattern is spelled: a text of the XPath language becomes steps.

Characters, classes, groups, ``|``, ``? * + {n,m}`` (also the shy ``*?``), ``^ $ .``; no references
back, nothing that looks ahead, no classes of Unicode by name.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from workflows.decisions.values import NoValue

MAX_LENGTH = 500
MAX_STEPS = 5_000
MAX_DEPTH = 20
COUNTED = re.compile(r"\{(\d{1,3})(?:(,)(\d{1,3})?)?\}", re.ASCII)

Holds = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a character that holds, a fork, a jump, a place to keep, a border.

    The next step is ``on`` steps away; the second way of a fork, or the slot to keep, is ``other``.
    """

    kind: str
    on: int = 1
    other: int = 0
    holds: Holds = bool


Part = list[Step]


def _word(one: str) -> bool:
    return one.isalnum() or one == "_"


CLASSES: dict[str, Holds] = {"d": str.isdecimal, "s": str.isspace, "w": _word}
CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}


@lru_cache(maxsize=256)
def spelled(text: str, flags: str) -> tuple[tuple[Step, ...], int]:
    """The steps of a pattern and the number of its groups; raises NoValue."""
    if len(text) > MAX_LENGTH:
        raise NoValue
    speller = Speller(re.sub(r"\s", "", text) if "x" in flags else text, flags)
    steps = speller.either(0)
    if speller.at < len(speller.text):
        raise NoValue
    return (*steps, Step("found")), speller.groups


def _choice(first: Part, second: Part) -> Part:
    return [
        Step("fork", other=len(first) + 2), *first, Step("jump", on=len(second) + 1), *second,
    ]  # fmt: skip


def _maybe(part: Part, shy: bool) -> Part:
    beyond = len(part) + 1
    return [Step("fork", beyond, 1) if shy else Step("fork", 1, beyond), *part]


def _again(part: Part, shy: bool) -> Part:
    """A part any number of times."""
    turn = [*part, Step("jump", on=-len(part) - 1)]
    return _maybe(turn, shy)


class Speller:
    """Reads one pattern from left to right."""

    def __init__(self, text: str, flags: str) -> None:
        self.text = text
        self.fold = "i" in flags
        self.any_line = "s" in flags
        self.at = 0
        self.groups = 0

    def now(self) -> str:
        return self.text[self.at : self.at + 1]

    def next(self) -> str:
        """The next character, gone over; raises NoValue at the end."""
        if not (one := self.now()):
            raise NoValue
        self.at += 1
        return one

    def either(self, depth: int) -> Part:
        """Ways that are separated by ``|``."""
        if depth > MAX_DEPTH:
            raise NoValue
        ways = [self._row(depth)]
        while self.now() == "|":
            self.at += 1
            ways.append(self._row(depth))
        made = ways.pop()
        while ways:
            made = _choice(ways.pop(), made)
        return made

    def _row(self, depth: int) -> Part:
        made: Part = []
        while self.now() not in ("", "|", ")"):
            made += self._repeated(self._one(depth))
            if len(made) > MAX_STEPS:
                raise NoValue
        return made

    def _one(self, depth: int) -> Part:
        sign = self.next()
        if sign == "(":
            return self._group(depth)
        if sign in "*+?{})]":
            raise NoValue
        if sign == "^":
            return [Step("begin")]
        if sign == "$":
            return [Step("end")]
        return [Step("one", holds=self._holds(sign))]

    def _group(self, depth: int) -> Part:
        if self.text[self.at : self.at + 2] == "?:":
            self.at += 2
            inside = self.either(depth + 1)
        else:
            self.groups += 1
            slot = 2 * self.groups
            inside = [Step("keep", other=slot), *self.either(depth + 1)]
            inside.append(Step("keep", other=slot + 1))
        if self.next() != ")":
            raise NoValue
        return inside

    def _repeated(self, part: Part) -> Part:
        if counted := COUNTED.match(self.text, self.at):
            least, comma, most = counted.groups()
            self.at = counted.end()
            low, high = int(least), int(most) if most else None if comma else int(least)
        elif self.now() and self.now() in "*+?":
            low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}[self.next()]
        else:
            return part
        shy = self.now() == "?"
        self.at += shy
        if (high is not None and high < low) or len(part) * max(low, high or 0) > MAX_STEPS:
            raise NoValue
        made = part * low
        if high is None:
            return made + _again(part, shy)
        rest: Part = []
        for _ in range(high - low):
            rest = _maybe(part + rest, shy)
        return made + rest

    def _holds(self, sign: str) -> Holds:
        if sign == ".":
            return bool if self.any_line else lambda one: one not in "\r\n"
        if sign == "[":
            return self._class()
        return self._escape() if sign == "\\" else self._same(sign)

    def _same(self, sign: str) -> Holds:
        if self.fold:
            folded = sign.casefold()
            return lambda one: one.casefold() == folded
        return sign.__eq__

    def _escape(self) -> Holds:
        sign = self.next()
        if sign.lower() in CLASSES:
            holds = CLASSES[sign.lower()]
            return holds if sign.islower() else lambda one: not holds(one)
        if sign in CONTROLS:
            return self._same(CONTROLS[sign])
        if sign.isalnum():  # a class or a reference that is not known here
            raise NoValue
        return self._same(sign)

    def _class(self) -> Holds:
        refused = self.now() == "^"
        self.at += refused
        parts: list[Holds] = []
        while (sign := self.next()) != "]" or not parts:
            if sign == "\\":
                parts.append(self._escape())
            elif sign == "[":
                raise NoValue
            elif self.now() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                parts.append(self._span(sign, self.next()))
            else:
                parts.append(self._same(sign))
        if refused:
            return lambda one: not any(holds(one) for holds in parts)
        return lambda one: any(holds(one) for holds in parts)

    def _span(self, low: str, high: str) -> Holds:
        if high == "\\" or high < low:
            raise NoValue
        if self.fold:
            return lambda one: low <= one.lower() <= high or low <= one.upper() <= high
        return lambda one: low <= one <= high
