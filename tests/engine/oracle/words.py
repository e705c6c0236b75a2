"""Conditions, scripts and limits as the oracle understands them: by hand, without the engine."""

import re
from dataclasses import dataclass, field
from typing import Any

WORD = re.compile(r'\s*("[^"]*"|\d+\.\d+|\d+|[A-Za-z_]\w*|==|!=|<=|>=|[<>+*()])')
LIMIT = re.compile(r"\d+(\.\d+)?(wd|d|h)|P[0-9TYMWDHS.]+|\d{4}-\d{2}-\d{2}(T.*)?")


class Refused(Exception):
    """The step cannot be taken, and nothing of it may remain."""


@dataclass(eq=False)
class Scope:
    """Variables, and those around them; a write stays here."""

    outer: "Scope | None" = None
    values: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        if name in self.values:
            return self.values[name]
        if self.outer is None:
            raise Refused(f"no variable {name}")
        return self.outer[name]


def split(text: str) -> list[str]:
    """The words of an expression."""
    found, at = [], 0
    while at < len(text.rstrip()):
        match = WORD.match(text, at)
        assert match, text
        found.append(match.group(1))
        at = match.end()
    return found


class Reading:
    """One expression: ``or`` of ``and`` of ``not`` of comparisons of sums of products."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.words = split(text)
        self.scope = scope

    def value(self) -> Any:
        found = self.either(True)
        assert not self.words
        return found

    def take(self, *words: str) -> str | None:
        return self.words.pop(0) if self.words and self.words[0] in words else None

    def either(self, live: bool) -> Any:
        found = self.both(live)
        while self.take("or"):
            found = bool(found) | bool(self.both(live and not found))
        return found

    def both(self, live: bool) -> Any:
        found = self.negated(live)
        while self.take("and"):
            found = bool(self.negated(live and bool(found))) & bool(found)
        return found

    def negated(self, live: bool) -> Any:
        if self.take("not"):
            return not self.negated(live)
        return self.compared(live)

    def compared(self, live: bool) -> Any:
        left = self.sum(live)
        sign = self.take("==", "!=", "<", "<=", ">", ">=", "in")
        if sign is None:
            return left
        right = self.sum(live)
        if not live:
            return False
        try:
            return self.holds(left, sign, right)
        except TypeError as wrong:
            raise Refused(str(wrong)) from None

    @staticmethod
    def holds(left: Any, sign: str, right: Any) -> bool:
        if sign == "in":
            return bool(left in right)
        if sign in ("==", "!="):
            return bool(left == right) is (sign == "==")
        if sign in ("<", "<="):
            return bool(left < right if sign == "<" else left <= right)
        return bool(left > right if sign == ">" else left >= right)

    def sum(self, live: bool) -> Any:
        found = self.product(live)
        while self.take("+"):
            found = found + self.product(live)
        return found

    def product(self, live: bool) -> Any:
        found = self.single(live)
        while self.take("*"):
            found = found * self.single(live)
        return found

    def single(self, live: bool) -> Any:
        """A word; an unread side of ``and``/``or`` is walked over without looking anything up."""
        if self.take("("):
            inner = self.either(live)
            assert self.take(")")
            return inner
        word = self.words.pop(0)
        if word.startswith('"'):
            return word[1:-1]
        if word[0].isdigit():
            return float(word) if "." in word else int(word)
        if word in ("true", "false"):
            return word == "true"
        return self.scope[word] if live else 0


def evaluate(text: str, scope: Scope) -> Any:
    """The value of an expression."""
    return Reading(text, scope).value()


def run(script: str, scope: Scope) -> None:
    """Assign line by line, into the nearest scope."""
    for line in script.strip().splitlines():
        name, expression = line.split("=", 1)
        scope.values[name.strip()] = evaluate(expression, scope)


def limit(text: str, scope: Scope) -> str:
    """A limit as it is written, or the text its expression yields."""
    found = text if LIMIT.fullmatch(text) else evaluate(text, scope)
    if not isinstance(found, str) or not LIMIT.fullmatch(found):
        raise Refused(f"{found!r} is no limit")
    return found
