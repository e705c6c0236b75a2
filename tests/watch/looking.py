"""What a rule of the watch finds in the hall, and whether what it says is proven."""

from typing import Any

from tests.hall import Hall
from workflows.models import Case
from workflows.watch.found import Found
from workflows.watch.look import Look
from workflows.watch.rules import RULES


def found(hall: Hall, rule: str, **figures: Any) -> list[Found]:
    """What it finds in everything: the same as when it looks at each case by its number.

    Every matter names rows of history that there are, and no two have the same key.
    """
    with hall.read() as session:
        look = Look(session, hall.clock.now(), hall.services.calendar)
        whole = list(RULES[rule].run(look, figures))
        numbers = frozenset(number for (number,) in session.query(Case.number))
        some = Look(session, hall.clock.now(), hall.services.calendar, cases=numbers)
        again = list(RULES[rule].run(some, figures))
    of_cases = [one for one in whole if one.case is not None]
    assert sorted(one.key for one in again) == sorted(one.key for one in of_cases)
    assert len({one.key for one in whole}) == len(whole)
    for one in whole:
        assert one.rule == rule
        assert one.evidence, f"{one.key} proves nothing"
        for subject, sequence in one.evidence:
            assert sequence in {row.sequence for row in hall.history(subject)}
    return sorted(whole, key=lambda one: (one.at, one.key))


def matters(hall: Hall, rule: str, **figures: Any) -> list[tuple[str | None, str | None]]:
    """(case, item) of what a rule finds."""
    return [(one.case, one.item) for one in found(hall, rule, **figures)]


def proven_by(hall: Hall, one: Found) -> list[str]:
    """The acts that a matter names."""
    acts = {(row.subject, row.sequence): row.action
            for subject in {subject for subject, _ in one.evidence}
            for row in hall.history(subject)}  # fmt: skip
    return [acts[proof] for proof in one.evidence]
