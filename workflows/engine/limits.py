"""How a timer says when: a limit (10wd, 3.5h, 60d), an ISO 8601 duration, a date or an instant."""

import re
from datetime import date, datetime

from workflows.deadlines import MOST, Limit, LimitMalformed

#: Weeks, days, hours, minutes and seconds.  Years and months are refused: they have no length.
DURATION = re.compile(
    r"P(?=[\dT])(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?"
)
SECONDS = (7 * 86_400, 86_400, 3_600, 60, 1)


def is_duration(text: str) -> bool:
    """Whether this is how long to wait: longer than nothing, shorter than a slip of the pen."""
    match = DURATION.fullmatch(text)
    if match is None:
        try:
            return Limit.parse(text).amount > 0
        except LimitMalformed:
            return False
    seconds = sum(int(n or 0) * each for n, each in zip(match.groups(), SECONDS, strict=True))
    return 0 < seconds <= MOST * 86_400


def is_date(text: str) -> bool:
    """Whether this is a day or an instant, such as 2026-03-02 or 2026-03-02T09:00+08:00."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?", text):
        return False
    try:
        date.fromisoformat(text[:10])
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_limit(text: object) -> bool:
    """Whether a timer can be armed with this."""
    return isinstance(text, str) and (is_duration(text) or is_date(text))
