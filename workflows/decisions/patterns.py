"""Patterns that are searched for in texts, in time that grows with the text and nothing else.

A pattern is compiled by `writing` into steps; every step is tried at most once at every place of
the text, so no pattern can take longer than text times steps.
"""

from collections.abc import Iterator

from workflows.decisions.running import Run
from workflows.decisions.spelled import Step, spelled
from workflows.decisions.values import NoValue

Seen = set[tuple[int, int]]


class Pattern:
    """A pattern, ready to be searched for; raises NoValue when it is none."""

    def __init__(self, text: str, flags: str) -> None:
        if set(flags) - set("imsx"):
            raise NoValue
        self.steps, self.groups = spelled(text, flags)
        self.lines = "m" in flags

    def search(self, text: str, start: int, run: Run) -> list[int] | None:
        """Where it is first found: begin and end of it, and of each of its groups."""
        seen: Seen = set()
        for at in range(start, len(text) + 1):
            if found := self._match(text, at, seen, run):
                return found
        return None

    def all(self, text: str, run: Run) -> Iterator[list[int]]:
        """Everything it finds, from left to right; finding nothing at all is no value."""
        at = 0
        while at <= len(text) and (found := self.search(text, at, run)):
            if found[0] == found[1]:
                raise NoValue
            yield found
            at = found[1]

    def _match(self, text: str, start: int, seen: Seen, run: Run) -> list[int] | None:
        """The groups of a match that begins here; ``seen`` are steps that lead nowhere."""
        stack = [(0, start, [start, start] + [-1] * (2 * self.groups))]
        while stack:
            place, at, kept = stack.pop()
            while (place, at) not in seen:
                seen.add((place, at))
                run.spend(1)
                step = self.steps[place]
                if step.kind == "found":
                    kept[1] = at
                    return kept
                if step.kind == "fork":
                    stack.append((place + step.other, at, kept.copy()))
                elif step.kind == "keep":
                    kept[step.other] = at
                elif not self._goes(step, text, at):
                    break
                place, at = place + step.on, at + (step.kind == "one")
        return None

    def _goes(self, step: Step, text: str, at: int) -> bool:
        if step.kind == "one":
            return at < len(text) and step.holds(text[at])
        if step.kind == "begin":
            return at == 0 or (self.lines and text[at - 1] == "\n")
        if step.kind == "end":
            return at == len(text) or (self.lines and text[at] == "\n")
        return True  # a jump
