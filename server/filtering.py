"""What a list is narrowed by: read from its address, and offered on its page.

The whole filter stands in the address, so that it can be kept and sent; what cannot be read there
is told in a sentence.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, cast

from flask import g
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from server.context import reader
from server.labels import CASE_STATES, ITEM_STATES, LIGHTS, word
from server.names import own_name, version_name
from workflows.catalogue.published import published
from workflows.catalogue.searchable import SearchField, search_fields
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import ProcessVersion
from workflows.queries.filters import EVERYTHING, Answer, Filter, Span
from workflows.queries.processes import published_versions
from workflows.states import CaseState, ItemState

#: Longer words than this are not looked for.
LONGEST = 100
YEARS = range(1900, 2200)
#: Before the key of a searchable question.
ANSWER = "f."

LABELS = {
    "q": N_("搜索"), "item": N_("事项"), "department": N_("部门"), "process": N_("主题"),
    "applicant": N_("申请人"), "light": N_("灯色"), "state": N_("状态"),
    "received": N_("收件日期"), "due": N_("截止日期"), "done": N_("办结日期"),
}  # fmt: skip
SPANS = ("received", "due", "done")
#: How the part of a filter is called in the address.
PARTS = {"words": "q", "item_state": "state", "case_state": "state"}
NO_CHOICE = N_("“%(label)s”没有“%(value)s”这个选项。")
NO_DAY = N_("“%(label)s”应为日期，例如 2026-03-02")
NO_NUMBER = N_("“%(label)s”应为数字，例如 12 或 12.5")
BACKWARDS = N_("“%(label)s”的开始晚于结束。")
NO_FIELD = N_("没有“%(key)s”这个可以查询的填写项。")


@dataclass(frozen=True)
class Control:
    """A field of the filter's form; choices are (value, label)."""

    name: str
    label: str
    type: str = "text"
    choices: Sequence[tuple[str, str]] = ()


@dataclass
class Asked:
    """What was asked for: the filter, the fields to show it in, and what could not be read.

    The fields, with everything that may be chosen in them, are made when somebody looks at them.
    """

    wanted: Filter
    offers: Sequence[str]
    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @cached_property
    def controls(self) -> list[Control]:
        """The fields of the form."""
        fields = searchable() if "answers" in self.offers else []
        return [control for part in self.offers for control in _controls(part, fields)]

    @property
    def active(self) -> int:
        """How many fields are filled in, but for the search box."""
        return sum(1 for name in self.values if name != "q")


def ask(args: MultiDict[str, str], offers: Sequence[str]) -> Asked:
    """The filter in an address, of the parts that a list offers."""
    asked = Asked(EVERYTHING, offers)
    asking = _Asking(args, asked)
    found: dict[str, Any] = {part: asking.part(part) for part in offers if part != "answers"}
    if "answers" in offers and any(name.startswith(ANSWER) for name in args):
        found["answers"] = tuple(filter(None, (asking.answer(one) for one in searchable())))
        asking.strangers()
    asked.wanted = Filter(**{part: value for part, value in found.items() if value})
    return asked


def in_force() -> Sequence[ProcessVersion]:
    """The version of each process that new cases use; read once a request."""
    if "in_force" not in g:
        g.in_force = published_versions(reader())
    return cast(Sequence[ProcessVersion], g.in_force)


def searchable() -> list[SearchField]:
    """The searchable questions of every process in force."""
    found: dict[str, SearchField] = {}
    for version in in_force():
        for one in search_fields(published(version).forms.get("application", {})):
            found.setdefault(one.key, one)
    return list(found.values())


def _controls(part: str, fields: Sequence[SearchField]) -> list[Control]:
    """The fields of the form for a part of a filter."""
    if part == "answers":
        return [control for one in fields for control in _controls_of(one)]
    name = PARTS.get(part, part)
    label = _(LABELS[name])
    if part in SPANS:
        return _two(name, label, "date")
    choices = CHOICES[part]() if part in CHOICES else ()
    return [Control(name, label, "choice" if part in CHOICES else "text", choices)]


def _two(name: str, label: str, kind: str) -> list[Control]:
    first, last = _("%(label)s，从", label=label), _("%(label)s，到", label=label)
    return [Control(f"{name}_from", first, kind), Control(f"{name}_to", last, kind)]


def _controls_of(one: SearchField) -> list[Control]:
    name = f"{ANSWER}{one.key}"
    if one.kind == "text":
        return [Control(name, one.label, "choice" if one.choices else "text", one.choices)]
    return _two(name, one.label, "date" if one.kind == "day" else "number")


def _of_catalogues(part: str) -> list[tuple[str, str]]:
    """The items or departments of every process in force."""
    found: dict[str, str] = {}
    for version in in_force():
        for record in getattr(published(version).catalogue, part):
            name = own_name(record)
            found.setdefault(record.code, f"{record.code} {name}" if part == "items" else name)
    return sorted(found.items())


CHOICES: dict[str, Callable[[], Sequence[tuple[str, str]]]] = {
    "item": lambda: _of_catalogues("items"),
    "department": lambda: _of_catalogues("departments"),
    "process": lambda: [(v.process, version_name(v)) for v in in_force()],
    "light": lambda: [(light.value, word(LIGHTS, light)) for light in Light],
    "item_state": lambda: [(state.value, word(ITEM_STATES, state)) for state in ItemState],
    "case_state": lambda: [
        (state.value, word(CASE_STATES, state)) for state in CaseState if state != CaseState.NEW
    ],
}
WORDS: dict[str, Callable[[str], Any]] = {
    "light": Light, "item_state": ItemState, "case_state": CaseState,
}  # fmt: skip


class _Asking:
    """Reads one address, and remembers what was there and what was wrong with it."""

    def __init__(self, args: MultiDict[str, str], asked: Asked) -> None:
        self.args = args
        self.asked = asked
        self.values, self.errors = asked.values, asked.errors

    @cached_property
    def by_name(self) -> dict[str, Control]:
        """The fields by their names in the address."""
        return {control.name: control for control in self.asked.controls}

    def part(self, part: str) -> Any:
        name = PARTS.get(part, part)
        if part in SPANS:
            return self.days(name) or None
        given = self.given(name)
        if given and part in CHOICES:
            given = self.chosen(name, given)
            return WORDS[part](given) if given and part in WORDS else given
        return given

    def given(self, name: str) -> str:
        """What stands there, without what nobody can see."""
        text = " ".join(self.args.get(name, "").split())
        text = "".join(one for one in text if unicodedata.category(one)[0] != "C")[:LONGEST]
        if text:
            self.values[name] = text
        return text

    def wrong(self, name: str, sentence: str, **params: str) -> None:
        label = self.by_name[name].label
        self.errors[name] = _(sentence, label=label, **params)

    def chosen(self, name: str, given: str) -> str:
        if given in dict(self.by_name[name].choices):
            return given
        self.wrong(name, NO_CHOICE, value=given)
        return ""

    def days(self, name: str) -> Span | None:
        first, last = self.day(f"{name}_from"), self.day(f"{name}_to")
        if first and last and first > last:
            self.wrong(f"{name}_from", BACKWARDS)
            return None
        return Span(first, last) if first or last else None

    def day(self, name: str) -> date | None:
        given = self.given(name)
        if not given:
            return None
        try:
            day = date.fromisoformat(given)
        except ValueError:
            day = date.min
        if day.year not in YEARS:
            self.wrong(name, NO_DAY)
            return None
        return day

    def number(self, name: str) -> float | None:
        given = self.given(name)
        if not given:
            return None
        try:
            found = float(unicodedata.normalize("NFKC", given))
        except ValueError:
            found = float("nan")
        if not abs(found) < 1e15:
            self.wrong(name, NO_NUMBER)
            return None
        return found

    def answer(self, one: SearchField) -> Answer | None:
        name = f"{ANSWER}{one.key}"
        if one.kind == "day":
            span = self.days(name)
            return Answer(one.key, days=span) if span else None
        if one.kind == "number":
            numbers = (self.number(f"{name}_from"), self.number(f"{name}_to"))
            return Answer(one.key, numbers=numbers) if numbers != (None, None) else None
        given = self.given(name)
        if given and one.choices:
            given = self.chosen(name, given)
        return Answer(one.key, given) if given else None

    def strangers(self) -> None:
        """Questions that nobody has declared."""
        for name in self.args:
            if name.startswith(ANSWER) and name not in self.by_name:
                key = name.removeprefix(ANSWER)[:40]
                self.errors[name] = _(NO_FIELD, key=key)
