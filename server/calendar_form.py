"""A year as a form: stretches off with a name, weekends worked, and who said so.

The notice, a sheet and the calendar itself are all shown as this form, so that a person sees what
was read and puts right what was not; the preview hands it on as it was written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from server.labels import refusal_sentence, said
from server.reading import FormInvalid
from workflows.arrangement import (
    ArrangementFaulty,
    NoHoliday,
    Stretch,
    check,
    days_off,
    stretches,
)
from workflows.arrangement.notice import Notice, Unread
from workflows.calendar import Status, Year
from workflows.errors import N_

#: The days of the week, as a sentence that was not taken names them.
WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
#: Rows that are read from a form, and empty ones that are offered besides.
MOST, MORE = 80, 4
OFFICIAL, PROVISIONAL = "official", "provisional"


@dataclass
class Written:
    """What stands in the form, as text; and what of a text could not be read."""

    off: list[tuple[str, str, str]] = field(default_factory=list)
    worked: list[str] = field(default_factory=list)
    status: str = OFFICIAL
    source: str = ""
    reason: str = ""
    revision: int = 0
    unread: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    def rows(self) -> list[tuple[str, str, str]]:
        """The stretches, and empty rows for more."""
        return [*self.off, *[("", "", "")] * MORE]

    def days(self) -> list[str]:
        """The weekends worked, and empty places for more."""
        return [*self.worked, *[""] * MORE]

    def hidden(self) -> Iterator[tuple[str, str]]:
        """(name, value) of every field, to be handed on."""
        for row in self.off:
            yield from zip(("off_first", "off_last", "off_name"), row, strict=True)
        yield from (("worked", day) for day in self.worked)
        yield from (("unread", words) for words in self.unread)
        yield from (("status", self.status), ("source", self.source), ("reason", self.reason))
        yield ("revision", str(self.revision))


def posted(form: MultiDict[str, str]) -> Written:
    """What was written; empty rows are left out."""
    lists = [form.getlist(name)[:MOST] for name in ("off_first", "off_last", "off_name")]
    rows = [tuple(text.strip()[:100] for text in row) for row in zip(*lists, strict=False)]
    return Written(
        off=[cast(tuple[str, str, str], row) for row in rows if any(row)],
        worked=[day.strip()[:20] for day in form.getlist("worked")[:MOST] if day.strip()],
        status=PROVISIONAL if form.get("status") == PROVISIONAL else OFFICIAL,
        source=form.get("source", "").strip()[:500],
        reason=form.get("reason", "").strip()[:200],
        revision=form.get("revision", 0, int),
        unread=[words[:500] for words in form.getlist("unread")[:MOST]],
    )


def of_year(year: Year, revision: int) -> Written:
    """The form of a year as it is known."""
    return Written(
        off=[(str(one.first), str(one.last), one.name) for one in stretches(year.holidays)],
        worked=[str(day) for day in sorted(year.worked)],
        status=year.status,
        source=year.source,
        revision=revision,
    )


def of_notice(notice: Notice, revision: int) -> Written:
    """The form of what a notice says, with every sentence that was not taken."""
    off = sorted(notice.off, key=lambda one: one.first)
    return Written(
        off=[(str(one.first), str(one.last), one.name) for one in off],
        worked=[str(day) for day in sorted(notice.worked)],
        source=notice.title,
        revision=revision,
        unread=[unread_words(one) for one in notice.faults],
        silent=notice.silent,
    )


def unread_words(unread: Unread) -> str:
    """A sentence that was not taken, and why."""
    words = {key: _(text) if isinstance(text, str) else text for key, text in unread.params.items()}
    why = said(unread.why, words)
    return _("“%(sentence)s”：%(why)s", sentence=unread.text, why=why) if unread.text else why


def arranged(written: Written, number: int) -> Year:
    """The year that a form describes; raises FormInvalid with a sentence for every fault."""
    errors: dict[str, str] = {}
    off = []
    for place, (first, last, name) in enumerate(written.off, 1):
        start, end = _day(first), _day(last or first)
        if start is None or end is None:
            errors[f"off-{place}"] = _("第 %(place)s 个假期的日期没有写对。", place=place)
        else:
            off.append(Stretch(start, end, name))
    worked = set()
    for place, text in enumerate(written.worked, 1):
        if (day := _day(text)) is None:
            errors[f"worked-{place}"] = _("第 %(place)s 个上班日的日期没有写对。", place=place)
        else:
            worked.add(day)
    if errors:
        raise FormInvalid(errors)
    try:
        year = Year(cast(Status, written.status), written.source, days_off(off), frozenset(worked))
        check(number, year)
    except ArrangementFaulty as fault:
        raise FormInvalid({_place(fault, written): refusal_sentence(fault)}) from None
    return year


def _place(fault: ArrangementFaulty, written: Written) -> str:
    """The field that a fault is about, as far as that can be seen from the day it names."""
    if isinstance(fault, NoHoliday):
        return "off-1"
    day = str(fault.params.get("day") or fault.params.get("first"))
    if day in written.worked:
        return f"worked-{written.worked.index(day) + 1}"
    for place, (first, last, _name) in enumerate(written.off, 1):
        if first <= day <= (last or first) or first == day:
            return f"off-{place}"
    return "off-1"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None
