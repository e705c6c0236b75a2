"""R02: the statutory limit of an item, or of joint handling, was broken (行政许可法 §74(2))."""

from collections.abc import Iterator

from workflows.errors import N_
from workflows.models.deadline import Basis, Clock
from workflows.watch.found import Found, Level
from workflows.watch.late import late, matters
from workflows.watch.look import Look
from workflows.watch.rule import Family, Rule


def find(look: Look) -> Iterator[Found]:
    """Every limit of the law that was broken."""
    return matters(look, late(look, (Clock.ITEM, Clock.CASE), Basis.STATUTORY))


RULE = Rule("R02", Family.LIMITS, Level.RED, N_("超过法定时限"), "行政许可法74(2)", find)
