"""How a timer says when: a limit (10wd, 3.5h, 60d), an ISO 8601 duration, a date or an instant."""

import re
from datetime import date, datetime

from workflows.deadlines import MOST, Limit, LimitMalformed

#: Weeks, days, hours, minutes and seconds.  Years and months are refused: they have no length.
DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?"
)
#: What is meant as one, right or wrong, and must not be taken for the name of a variable.
MEANT = re.compile(r"[+-]?P[0-9YMWDTHS.,]*|R[0-9]*/.*|[0-9][0-9TZ.:+-]*(wd|h|d)?")
SECONDS = (7 * 86_400, 86_400, 3_600, 60, 1)


def seconds(text: str) -> int | None:
    """The length of an ISO 8601 duration; None when this is not one."""
    match = DURATION.fullmatch(text)
    if match is None:
        return None
    return sum(int(n or 0) * each for n, each in zip(match.groups(), SECONDS, strict=True))


def is_duration(text: str) -> bool:
    """Whether this is how long to wait: longer than nothing, shorter than a slip of the pen."""
    length = seconds(text)
    if length is not None:
        return 0 < length <= MOST * 86_400
    try:
        return Limit.parse(text).amount > 0
    except LimitMalformed:
        return False


def is_date(text: str) -> bool:
    """Whether this is a day or an instant, such as 2026-03-02 or 2026-03-02T09:00+08:00."""
    if not re.fullmatch(r"[0-9-]{10}(T[0-9:]{5,8}(Z|[+-][0-9:]{5})?)?", text):
        return False
    try:
        date.fromisoformat(text[:10])
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_meant(text: str) -> bool:
    """Whether this is written like a limit, so that it is one or is wrong."""
    return MEANT.fullmatch(text) is not None


def is_limit(text: object) -> bool:
    """Whether a timer can be armed with this."""
    return isinstance(text, str) and (is_duration(text) or is_date(text))
