"""R01: the promised limit of an item, or of the whole case, was exceeded (优化营商环境条例 §36)."""

from collections.abc import Iterator

from workflows.errors import N_
from workflows.models.deadline import Basis, Clock
from workflows.watch.found import Found, Level
from workflows.watch.late import late, matters
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """Every promise that was not kept, by who made it."""
    return matters(look, late(look, (Clock.ITEM, Clock.CASE), Basis.PROMISED))


RULE = Rule("R01", Family.LIMITS, Level.YELLOW, N_("超过承诺时限"), "优化营商环境条例36", find)
