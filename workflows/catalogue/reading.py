"""Text in, `Catalogue` out; or every fault in it, so that the officer mends them in one go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import ValidationError

from workflows.catalogue.checks import USELESS, Draft, check
from workflows.catalogue.contents import Catalogue, working_days
from workflows.catalogue.faults import CatalogueInvalid, Fault, Path
from workflows.catalogue.records import (
    Department,
    Item,
    Material,
    OnsiteGroup,
    Question,
    Record,
    Rules,
    Theme,
)
from workflows.catalogue.source import Source
from workflows.catalogue.values import NOT_TEXT
from workflows.errors import N_

R = TypeVar("R", bound=Record)

MAX_RECORDS = 500

MISSING = N_("缺少“%(field)s”，请您补上。")
UNKNOWN = N_("不认识“%(field)s”，请您核对写法，或者删去。")
NOT_A_LIST = N_("“%(field)s”应当是列表，请您每项写一行。")
TOO_MANY = N_("“%(field)s”超过 %(most)s 项，请您拆成几个目录。")
CHOICE = N_("“%(field)s”只能填 %(expected)s，请您选其中一个。")
WRONG = N_("“%(field)s”的值不合要求，请您按样例填写。")
NO_CRITERION = N_("这份材料没有受理标准，请您写明什么样的材料算合格。")
NO_BASIS = N_("收费没有依据，请您写明收费依据；没有依据的不得收费（行政许可法第五十九条）。")
NOT_SPECIAL = N_("这不是行政许可法第四十五条所列的特别程序，请您从 %(expected)s 中选一个。")
TOO_SHORT = N_(
    "必办事项并联办理也要 %(days)g 个工作日，超过整体承诺时限 %(promised)s，请您调整时限。"
)

SENTENCES = {
    "missing": MISSING,
    "extra_forbidden": UNKNOWN,
    "literal_error": CHOICE,
    "string_type": NOT_TEXT,
    "bool_type": N_("“%(field)s”只能填 true 或 false，请您改正。"),
    "int_type": N_("“%(field)s”应当是整数，请您改正。"),
    "float_type": N_("“%(field)s”应当是数字，请您改正。"),
    "tuple_type": NOT_A_LIST,
    "model_type": N_("这里应当是“键: 值”，请您按样例填写。"),
    "too_short": N_("“%(field)s”不能是空的，请您至少填一项。"),
    "string_too_short": N_("“%(field)s”不能是空的，请您填写。"),
    "string_too_long": N_("“%(field)s”过长，请您写在 300 字以内。"),
}
#: Places whose fault deserves its own sentence when nothing, or nothing valid, stands there.
PLACES = {
    ("criterion",): NO_CRITERION,
    ("fee", "basis"): NO_BASIS,
    ("special", "kind"): NOT_SPECIAL,
}
NOTHING_THERE = {"missing", "string_type", "string_too_short", "literal_error"}


def load(text: str, name: str) -> Catalogue:
    """Read and check a catalogue; raises CatalogueInvalid with all its faults, by line."""
    catalogue, faults = read(text)
    if faults or catalogue is None:
        raise CatalogueInvalid(name, faults)
    return catalogue


@lru_cache(maxsize=16)  # the pages of a draft ask for the same text again and again
def read(text: str) -> tuple[Catalogue | None, tuple[Fault, ...]]:
    """A catalogue that is being written, as far as it can be used, and all its faults.

    A material that no item asks for yet is a fault, and keeps nobody from using the rest.
    """
    source = Source(text)
    reader = _Reader(source)
    if source.value is None:
        return None, tuple(reader.faults)
    draft = reader.draft()
    reader.faults += check(draft)
    if any(fault.sentence != USELESS for fault in reader.faults):
        return None, tuple(reader.faults)
    catalogue = _catalogue(draft)
    if fault := _infeasible(catalogue, source):
        reader.faults.append(fault)
    return catalogue, tuple(reader.faults)


def _catalogue(draft: Draft) -> Catalogue:
    assert draft.theme is not None and draft.rules is not None
    return Catalogue(
        theme=draft.theme,
        rules=draft.rules,
        questionnaire=draft.questionnaire,
        departments=draft.departments,
        items=draft.items,
        onsite_groups=draft.onsite_groups,
        materials=draft.materials,
    )


def _infeasible(catalogue: Catalogue, source: Source) -> Fault | None:
    """The promise for the whole must leave time for the items that need no special answer."""
    needed = [item for item in catalogue.needed_items({}) if not item.excluded_from_clock]
    days, promised = catalogue.critical_path(needed), catalogue.promised_limit({})
    if days <= working_days(promised):
        return None
    params = {"days": float(days), "promised": promised}
    return source.fault(("theme", "promised"), TOO_SHORT, **params)


@dataclass
class _Reader:
    """Turns the tree into records one by one; a broken record does not hide faults elsewhere."""

    source: Source
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.faults += self.source.faults

    def draft(self) -> Draft:
        for key in self.source.value:
            if key not in Catalogue.model_fields:
                self.fault((key,), UNKNOWN, field=key)
        return Draft(
            source=self.source,
            theme=self.one("theme", Theme),
            rules=self.one("rules", Rules),
            questionnaire=self.several("questionnaire", Question),
            departments=self.several("departments", Department),
            items=self.several("items", Item),
            onsite_groups=self.several("onsite_groups", OnsiteGroup),
            materials=self.several("materials", Material),
        )

    def one(self, section: str, kind: type[R]) -> R | None:
        if section not in self.source.value:
            self.fault((), MISSING, field=section)
            return None
        return self.record(kind, self.source.value[section], (section,))

    def several(self, section: str, kind: type[R]) -> tuple[R, ...]:
        values = self.source.value.get(section, ())
        if not isinstance(values, tuple):
            self.fault((section,), NOT_A_LIST, field=section)
        elif len(values) > MAX_RECORDS:
            self.fault((section,), TOO_MANY, field=section, most=MAX_RECORDS)
        elif not values and Catalogue.model_fields[section].is_required():
            self.fault((section,), SENTENCES["too_short"], field=section)
        else:
            read = (self.record(kind, value, (section, at)) for at, value in enumerate(values))
            return tuple(record for record in read if record is not None)
        return ()

    def record(self, kind: type[R], value: Any, path: Path) -> R | None:
        try:
            return kind.model_validate(value)
        except ValidationError as invalid:
            for place, sentence, params in explained(invalid):
                self.fault((*path, *place), sentence, **params)
            return None

    def fault(self, path: Path, sentence: str, **params: object) -> None:
        self.faults.append(self.source.fault(path, sentence, **params))


def explained(invalid: ValidationError) -> Iterator[tuple[Path, str, dict[str, object]]]:
    """Each error as a place within the record, and a sentence for the officer."""
    for error in invalid.errors(include_url=False, include_input=False):
        place, kind, context = error["loc"], error["type"], error.get("ctx", {})
        if kind == "lianban":
            yield place, context["sentence"], context["params"]
            continue
        names = tuple(step for step in place if isinstance(step, str))
        sentence = SENTENCES.get(kind, WRONG)
        if kind in NOTHING_THERE:
            sentence = PLACES.get(names, sentence)
        expected = "、".join(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
        yield place, sentence, {"field": names[-1] if names else "", "expected": expected}
