"""R04: everything is decided, and not handed over within ten working days (行政许可法 §44).

A yellow card; the ladder of cards turns it red when it is not answered.
"""

from collections.abc import Iterator

from workflows.errors import N_
from workflows.models.deadline import Basis, Clock
from workflows.watch.found import Found, Level
from workflows.watch.late import late, matters
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """Every decision that lies at the window."""
    return matters(look, late(look, (Clock.DELIVERY,), Basis.STATUTORY))


RULE = Rule("R04", Family.LIMITS, Level.YELLOW, N_("决定后逾期未送达"), "行政许可法44", find)
