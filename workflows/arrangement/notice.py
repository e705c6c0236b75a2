"""The text of the announcement (国务院办公厅关于部分节假日安排的通知), read sentence by sentence.

Nothing is guessed: a sentence with days that does not say clearly what they are, or that
contradicts itself (the day of the week, the number of days, the year), is not taken, and is given
back with the reason.  Sentences without days are given back as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from workflows.arrangement import LONGEST, Stretch, in_a_row, neighbours
from workflows.errors import N_

#: A notice is a page; whatever is longer is something else.
MOST = 20_000

NOT_CLEAR = N_("没有看懂这一句，请您在下面的表中填写。")
NO_SUCH_DAY = N_("没有 %(day)s 这一天。")
WRONG_WEEKDAY = N_("%(day)s 是%(is)s，不是%(said)s。")
WRONG_COUNT = N_("写的是共 %(said)s 天，实际是 %(is)s 天。")
NO_NAME = N_("没有写是哪个节日。")
BACKWARDS = N_("放假的结束日期早于开始日期，或者超过一个月。")
NOT_JOINED = N_("放假的日子没有和周末相连。")
NOT_A_WEEKEND = N_("%(day)s 不是周末，不能调休上班。")
OFF_AND_WORKED = N_("%(day)s 既放假又上班。")
OFF_TWICE = N_("%(day)s 已经写在前面的假期里。")
OTHER_YEAR = N_("%(day)s 不在 %(year)s 年，请您到那一年去填写。")
OTHER_NOTICE = N_("这是 %(said)s 年的通知，现在填写的是 %(year)s 年。")
TOO_LONG = N_("文字太长，只读了前 %(most)s 字。")

WEEKDAYS = "一二三四五六日"
DAY = (
    r"(?:(?P<{0}y>\d{{4}})年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日"
    r"(?:[(（](?P<{0}w>[^()（）]{{1,20}})[)）])?"
)
FIRST, LAST = DAY.format("a"), DAY.format("b")
ONE = re.compile(FIRST)
OFF = re.compile(
    rf"^{FIRST}(?:(?:至|到|-|—|–|~){LAST})?(?:放假调休|放假公休|调休放假|放假|休息)"
    r"(?:(?P<much>\d{1,2})天)?"
    r"(?P<rest>(?:[,，](?:共(?P<count>\d{1,2})天|与周末连休|不调休))*)$"
)
WORKED = re.compile(rf"^(?:(?:{DAY.format('w')})(?:[、,，和及]|))+(?:照常|正常|调休|补)?上班$")
HEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．])"
)
#: The day on which it was issued, below the text.
ISSUED = re.compile(r"^(?:国务院办公厅)?\d{4}年\d{1,2}月\d{1,2}日$")
NAME = re.compile(r"^(?P<name>(?:(?!\d{1,2}[月日])[^：:，。]){1,20})[：:](?P<rest>.*)$")
TITLE = re.compile(r"(\d{4})年(?:部分)?节假日")
WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")


@dataclass(frozen=True)
class Unread:
    """A sentence that was not taken; ``why`` is empty where it names no day."""

    text: str
    why: str = ""
    params: dict[str, object] = field(default_factory=dict)


@dataclass
class Notice:
    """What a text says: stretches off, weekends worked, and every sentence that was not taken."""

    off: list[Stretch] = field(default_factory=list)
    worked: list[date] = field(default_factory=list)
    faults: list[Unread] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    title: str = ""


class _Wrong(Exception):
    """This sentence is not taken, for this reason."""

    def __init__(self, why: str, **params: object) -> None:
        self.why, self.params = why, params


def read_notice(text: str, year: int) -> Notice:
    """Read the notice of a year."""
    found = Notice()
    if len(text) > MOST:
        found.faults.append(Unread("", TOO_LONG, {"most": MOST}))
    name = ""
    for sentence in _sentences(text[:MOST]):
        bare = HEAD.sub("", re.sub(r"\s+", "", sentence))
        if titled := TITLE.search(bare):
            _take_title(found, sentence, int(titled[1]), year)
            bare = bare if re.search(r"\d日", bare) else ""
        if head := NAME.match(bare):
            name, bare = head["name"], head["rest"]
        if ISSUED.match(bare) or not re.search(r"\d日", bare):
            found.silent += [sentence] if bare else []
        else:
            _try(found, (sentence, bare), name, year)
    return found


def _try(found: Notice, said: tuple[str, str], name: str, year: int) -> None:
    """Take one sentence with days, or give it back with the reason."""
    sentence, bare = said
    try:
        if others := _take(found, bare, name, year):
            raise _Wrong(OTHER_YEAR, day=others[0], year=year)
    except _Wrong as wrong:
        found.faults.append(Unread(sentence, wrong.why, wrong.params))


def _sentences(text: str) -> Iterator[str]:
    """Sentences end with a full stop or with the line; a heading of a holiday goes on."""
    for line in text.splitlines():
        for part in re.split(r"[。；;]", line):
            if part.strip():
                yield part.strip()


def _take_title(found: Notice, sentence: str, said: int, year: int) -> None:
    if said != year:
        found.faults.append(Unread(sentence, OTHER_NOTICE, {"said": said, "year": year}))
    elif not found.title and len(sentence) <= 100:
        found.title = sentence


def _take(found: Notice, bare: str, name: str, year: int) -> list[date]:
    """Take one sentence with days, time off or weekends worked; returns those of other years."""
    if off := OFF.match(bare):
        days, kind = _off(off, year), "off"
    elif WORKED.match(bare):
        days, kind = set(_worked(bare, year)), "worked"
    else:
        raise _Wrong(NOT_CLEAR)
    here = {day for day in days if day.year == year}
    taken = {day for one in found.off for day in one.days()}
    for day in sorted(here & (taken | set(found.worked))):
        twice = OFF_TWICE if kind == "off" and day in taken else OFF_AND_WORKED
        if kind == "off" or day in taken:
            raise _Wrong(twice, day=day)
    if kind == "worked":
        found.worked += _weekends(here - set(found.worked))
    elif not name:
        raise _Wrong(NO_NAME)
    elif here:
        found.off.append(Stretch(min(here), max(here), name))
    return sorted(days - here)


def _weekends(days: set[date]) -> list[date]:
    for day in sorted(days):
        if day.weekday() < 5:
            raise _Wrong(NOT_A_WEEKEND, day=day)
    return sorted(days)


def _off(match: re.Match[str], year: int) -> set[date]:
    first = _day(match, "a", year, None)
    last = _day(match, "b", year, first) if match["bd"] else first
    if not 0 <= (last - first).days < LONGEST:
        raise _Wrong(BACKWARDS)
    days = {date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)}
    if "与周末连休" in match["rest"]:
        joined = neighbours(days)
        if joined == days or not in_a_row(joined):
            raise _Wrong(NOT_JOINED)
        days = joined
    for count in filter(None, match.group("much", "count")):
        if int(count) != len(days):
            raise _Wrong(WRONG_COUNT, said=int(count), **{"is": len(days)})
    return days


def _worked(bare: str, year: int) -> Iterator[date]:
    before = None
    for match in ONE.finditer(bare):
        before = _day(match, "a", year, before)
        yield before


def _day(match: re.Match[str], part: str, year: int, before: date | None) -> date:
    """A day as it is written; what is left out is that of the day before it."""
    month = int(match[f"{part}m"] or 0) or (before.month if before else 0)
    if not month:
        raise _Wrong(NOT_CLEAR)
    in_year = int(match[f"{part}y"] or 0) or (before.year if before else year)
    number = int(match[f"{part}d"])
    try:
        day = date(in_year, month, number)
    except ValueError:
        written = f"{in_year}-{month:02d}-{number:02d}"
        raise _Wrong(NO_SUCH_DAY, day=written) from None
    if said := WEEKDAY.search(match[f"{part}w"] or ""):
        written, real = said[1].replace("天", "日"), WEEKDAYS[day.weekday()]
        if written != real:
            raise _Wrong(WRONG_WEEKDAY, day=day, said=f"周{written}", **{"is": f"周{real}"})
    return day
