"""Dates, times and durations: read from text, written as text, and their parts."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from workflows.decisions.values import Months, NoValue

DATE = r"(?P<date>\d{4}-\d{2}-\d{2})"
ZONE = r"(?P<zone>Z|[+-]\d{2}:\d{2}(?::\d{2})?|@[A-Za-z][\w+/-]{1,60})?"
TIME = r"(?P<h>\d{2}):(?P<m>\d{2}):(?P<s>\d{2})(?P<f>\.\d{1,12})?" + ZONE
A_DATE = re.compile(DATE, re.ASCII)
A_TIME = re.compile(TIME, re.ASCII)
A_MOMENT = re.compile(f"{DATE}T{TIME}", re.ASCII)
DAYS = re.compile(
    r"(?P<sign>-?)P(?=[\dT])(?:(?P<d>\d{1,9})D)?"
    r"(?:T(?=[\d.])(?:(?P<h>\d{1,10})H)?(?:(?P<m>\d{1,11})M)?(?:(?P<s>\d{1,12}(?:\.\d{1,9})?)S)?)?",
    re.ASCII,
)
YEARS = re.compile(r"(-?)P(?=\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?", re.ASCII)
MICROSECOND = timedelta(microseconds=1)


def read_date(text: str) -> date:
    """A date such as 2026-03-02."""
    if not A_DATE.fullmatch(text):
        raise NoValue
    return date.fromisoformat(text)


def read_time(text: str) -> time:
    """A time such as 09:00:00, 09:00:00+08:00 or 09:00:00@Asia/Shanghai."""
    if not (found := A_TIME.fullmatch(text)):
        raise NoValue
    return _time(found)


def read_moment(text: str) -> datetime:
    """A date and time such as 2026-03-02T09:00:00; a date alone is its midnight."""
    if A_DATE.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), time())
    if not (found := A_MOMENT.fullmatch(text)):
        raise NoValue
    return datetime.combine(date.fromisoformat(found["date"]), _time(found))


def _time(found: re.Match[str]) -> time:
    hour, minute, second = int(found["h"]), int(found["m"]), int(found["s"])
    micro = int((found["f"] or ".0")[1:7].ljust(6, "0"))
    return time(hour, minute, second, micro, tzinfo=_zone(found["zone"]))


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        except (OSError, KeyError):  # no such place
            raise NoValue from None
    hours, minutes, *seconds = [int(part) for part in text[1:].split(":")]
    offset = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    return timezone(-offset if text.startswith("-") else offset)


def read_duration(text: str) -> timedelta | Months:
    """An ISO 8601 duration: P3D, PT90M, P1Y2M; months and days do not mix."""
    if text.endswith("T"):
        raise NoValue
    if found := YEARS.fullmatch(text):
        sign, years, months = found.groups()
        total = int(years or 0) * 12 + int(months or 0)
        return Months(-total if sign else total)
    if not (found := DAYS.fullmatch(text)):
        raise NoValue
    days, hours, minutes = (int(found[part] or 0) for part in ("d", "h", "m"))
    micro = int(Decimal(found["s"] or 0) * 1_000_000)
    length = timedelta(days=days, hours=hours, minutes=minutes, microseconds=micro)
    return -length if found["sign"] else length


def read_any(text: str) -> date | time | datetime | timedelta | Months:
    """What ``@"…"`` means: whichever of these it is written like."""
    for read in (read_date, read_time, read_moment, read_duration):
        try:
            return read(text)
        except (NoValue, ValueError, OverflowError):
            continue
    raise NoValue


def written(value: date | time | datetime | timedelta | Months) -> str:
    """A date, time or duration as ISO text."""
    if isinstance(value, Months):
        return _months(value.months)
    if isinstance(value, timedelta):
        return _length(value)
    if type(value) is date:
        return value.isoformat()
    zone = value.tzinfo  # type: ignore[union-attr]
    text = value.replace(tzinfo=None).isoformat()  # type: ignore[call-arg]
    if "." in text:
        text = text.rstrip("0")
    return text + _place(zone)


def _place(zone: tzinfo | None) -> str:
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    return "Z" if not zone.utcoffset(None) else str(zone).removeprefix("UTC")


def _months(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-" if months < 0 else "") + "P" + (text or "0M")


def _length(length: timedelta) -> str:
    seconds, micro = divmod(abs(length) // MICROSECOND, 1_000_000)
    minutes, s = divmod(seconds, 60)
    hours, m = divmod(minutes, 60)
    d, h = divmod(hours, 24)
    second = f"{s}.{micro:06}".rstrip("0") if micro else str(s)
    clock = (f"{h}H" if h else "") + (f"{m}M" if m else "")
    clock += f"{second}S" if second != "0" else ""
    text = (f"{d}D" if d else "") + (f"T{clock}" if clock else "")
    return ("-" if length < timedelta() else "") + "P" + (text or "T0S")


def part(value: Any, name: str) -> Any:
    """A part of a date, a time or a duration by its name; null when it has no such part."""
    if isinstance(value, Months):
        years, months = divmod(abs(value.months), 12)
        sign = -1 if value.months < 0 else 1
        found = {"years": years * sign, "months": months * sign}.get(name)
    elif isinstance(value, timedelta):
        found = _part_of_length(value, name)
    elif name in ("time offset", "timezone"):
        return _part_of_zone(value, name)
    elif name == "weekday":
        found = value.isoweekday() if isinstance(value, date) else None
    elif name in ("year", "month", "day", "hour", "minute", "second"):
        found = getattr(value, name, None)
    else:
        found = None
    return None if found is None else Decimal(found)


def _part_of_length(length: timedelta, name: str) -> int | None:
    seconds = abs(length) // timedelta(seconds=1)
    parts = {
        "days": seconds // 86_400,
        "hours": seconds // 3_600 % 24,
        "minutes": seconds // 60 % 60,
        "seconds": seconds % 60,
    }
    found = parts.get(name)
    return -found if found is not None and length < timedelta() else found


def _part_of_zone(value: Any, name: str) -> timedelta | str | None:
    zone = getattr(value, "tzinfo", None)
    if name == "time offset":
        return None if zone is None else value.utcoffset()
    return zone.key if isinstance(zone, ZoneInfo) else None
