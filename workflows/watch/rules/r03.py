"""R03: nothing was told within five working days of receipt (行政许可法 §32(4), §72(4)).

By law the application is then accepted from the day of receipt (视为受理), whether the clockwork
or a clerk writes that down.
"""

from collections.abc import Iterator
from dataclasses import replace

from workflows.errors import N_
from workflows.models.deadline import Basis, Clock
from workflows.watch.found import Found, Level
from workflows.watch.late import Late, late, matters
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """Every application that nobody looked at in time; who received it is named."""
    clerks: dict[str, str] = {}

    def noted(one: Late) -> Late:
        clerks[one.key] = one.received_by
        return one

    for found in matters(look, map(noted, late(look, (Clock.NOTICE,), Basis.STATUTORY))):
        yield replace(found, person=clerks.pop(found.key))


RULE = Rule(
    "R03", Family.LIMITS, Level.RED, N_("五个工作日内未告知，视为受理"),
    "行政许可法32(4)、72(4)", find,
)  # fmt: skip
