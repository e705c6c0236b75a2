"""The text of two files line by line, as one reads it: what went, what came, and around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

#: So many lines around a difference are shown.
AROUND = 3
#: Beyond so many lines that differ nobody reads, and comparing takes too long.
MOST = 6000


@dataclass(frozen=True)
class Line:
    """A line with its number before and after; a ``gap`` stands for lines that are the same."""

    how: Literal["same", "added", "removed", "gap"]
    old: int | None
    new: int | None
    text: str


def unified(old: str, new: str) -> list[Line] | None:
    """The lines that differ, with some around them; None when there are too many to compare."""
    before, after = old.splitlines(), new.splitlines()
    first = _same(before, after)
    last = _same(before[first:][::-1], after[first:][::-1])
    middle = before[first : len(before) - last], after[first : len(after) - last]
    if sum(map(len, middle)) > MOST:
        return None
    start = max(0, first - AROUND)
    end = max(0, last - AROUND)
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    matcher = SequenceMatcher(None, one, other)
    found: list[Line] = []
    for group in matcher.get_grouped_opcodes(AROUND):
        if found:
            found.append(Line("gap", None, None, ""))
        for code in group:
            found += _lines(code, (one, other), start)
    return found


def _same(one: list[str], other: list[str]) -> int:
    """How many lines are the same from the beginning on."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _lines(
    code: tuple[str, int, int, int, int], texts: tuple[list[str], list[str]], start: int
) -> Iterator[Line]:
    how, old_from, old_to, new_from, new_to = code
    if how == "equal":
        for at in range(old_to - old_from):
            old, new = old_from + at, new_from + at
            yield Line("same", start + old + 1, start + new + 1, texts[0][old])
        return
    for at in range(old_from, old_to):
        yield Line("removed", start + at + 1, None, texts[0][at])
    for at in range(new_from, new_to):
        yield Line("added", None, start + at + 1, texts[1][at])
