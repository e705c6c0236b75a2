"""What was expected, held against what the watch has found: nothing missed, nothing besides."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

from server.context import Services
from tests.year.stage import Expected
from workflows.watch.found import Found
from workflows.watch.look import Look
from workflows.watch.rules import RULES


@dataclass(frozen=True)
class Verdict:
    """Of one rule: what was planted and found, what was missed, and what is false."""

    rule: str
    seconds: float
    planted: int
    found: int
    missed: tuple[Expected, ...]
    false: tuple[Expected, ...]

    @property
    def right(self) -> bool:
        return not self.missed and not self.false


def seen(found: Found) -> Expected:
    """A matter as it was expected: its case (or what names it), and its item."""
    return Expected(found.rule, found.case or found.key, found.item)


def judged(services: Services, expected: Iterable[Expected]) -> Iterator[Verdict]:
    """Every rule over everything, held against what was planted."""
    wanted = Counter(expected)
    for name, rule in RULES.items():
        began = perf_counter()
        with services.database.readers() as session:
            look = Look(session, services.clock.now(), services.calendar)
            found = list(rule.run(look))
        seconds = perf_counter() - began
        unproven = [one for one in found if not one.evidence]
        assert not unproven, f"no evidence: {unproven[:3]}"
        got = Counter(map(seen, found))
        mine = Counter({one: many for one, many in wanted.items() if one.rule == name})
        missed, false = tuple((mine - got).elements()), tuple((got - mine).elements())
        yield Verdict(name, seconds, mine.total(), len(found), missed, false)
