"""How long a pattern could take: an answer is checked while somebody waits, and everybody else too.

A pattern that a designer writes is tried backwards and forwards; where something repeats inside
what repeats, a short answer can take for ever.  So the work is reckoned before.
"""

import math
import re
from collections.abc import Iterator
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LONGEST_PATTERN = 200
#: More steps than that are too many, by the powers of the length of an answer.
MOST_STEPS = 5e8
#: A repetition that varies by so much counts as one without an end.
MANY = 20
#: As many ways as there are places in an answer of this length are one more power.
USUAL = 500
REPEATS = (signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT)


def is_endless(pattern: str, longest: int) -> bool:
    """Whether checking an answer of this length could take too long; False for what is no pattern.

    Checked without an end in sight: too long a pattern, and repetitions within repetitions.
    """
    if len(pattern) > LONGEST_PATTERN:
        return True
    try:
        tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    begins = bool(tree) and tree[0] == (signs.AT, signs.AT_BEGINNING)
    power = _power(tree) + (0 if begins else 1)
    return power * math.log(max(longest, 2)) > math.log(MOST_STEPS)


def _power(tree: Any) -> float:
    """To which power of its length an answer is gone through; infinite for nested repetitions."""
    return sum(_power_of(sign, parts) for sign, parts in tree)


def _power_of(sign: Any, parts: Any) -> float:
    inside = max((_power(part) for part in _within(parts)), default=0)
    if sign in REPEATS:
        least, most, _tree = parts
        ways = int(most) - int(least)
        if ways <= MANY:
            return inside * int(most) + math.log(ways + 1, USUAL)
        chooses = any(one[0] == signs.BRANCH for part in _within(parts) for one in _flat(part))
        return float("inf") if inside or chooses else 1
    return inside


def _within(parts: Any) -> Iterator[Any]:
    """The sequences that an element of a pattern consists of."""
    for part in parts if isinstance(parts, tuple | list) else ():
        if isinstance(part, parser.SubPattern):
            yield part
        elif isinstance(part, list):
            yield from (one for one in part if isinstance(one, parser.SubPattern))


def _flat(tree: Any) -> Iterator[Any]:
    for sign, parts in tree:
        yield sign, parts
        for part in _within(parts):
            yield from _flat(part)
