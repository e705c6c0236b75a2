"""What must hold between the records of a catalogue before it may be published.

Each check yields its own faults; together they are all the faults of the whole. A record that
could not be read is left out, but its code still counts as known.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from workflows.catalogue.contents import working_days
from workflows.catalogue.faults import Fault, Path
from workflows.catalogue.records import (
    Department,
    Item,
    Material,
    OnsiteGroup,
    Question,
    Rules,
    Theme,
)
from workflows.catalogue.source import Source
from workflows.deadlines import Limit
from workflows.engine.expressions import Expression, ExpressionFailed
from workflows.errors import N_

#: The law's own ceilings (行政许可法); a region may only be stricter.
CEILINGS: dict[Path, tuple[str, str]] = {
    ("rules", "notice"): ("5wd", "32"),
    ("rules", "extension"): ("10wd", "42"),
    ("rules", "delivery"): ("10wd", "44"),
    ("theme", "cap"): ("45wd", "42"),
    ("theme", "cap_extension"): ("15wd", "42"),
}
#: A use of a code: the section it must stand in, what to say if not, the place, the code.
Use = tuple[str, str, Path, str | None]

DUTIES = ("handler", "checker", "approver", "chief")

#: Catch-all materials (兜底材料), with which an applicant can be sent away for ever.
VAGUE = re.compile(
    "(其他|其它)(有关|相关|需要|必要|必需|应当|法律|法规|规定|材料|资料|文件|证明|证件|手续)"
    "|(有关|相关)的?(材料|资料|文件|证明|证件|手续)"
    "|等(材料|资料|文件|证明材料|证明文件|手续|$)"
)

TWICE = N_("编号“%(code)s”用了两次，请您给其中一个换个编号。")
LISTED_TWICE = N_("“%(code)s”在同一处列了两次，请您删去一个。")
NO_DEPARTMENT = N_("没有编号为“%(code)s”的部门，请您核对编号，或者先在部门中登记。")
NO_ITEM = N_("没有编号为“%(code)s”的事项，请您核对编号。")
NO_MATERIAL = N_("没有编号为“%(code)s”的材料，请您核对编号，或者先在材料中登记。")
NO_GROUP = N_("没有编号为“%(code)s”的踏勘组，请您核对编号。")
CIRCLE = N_("前置事项成了循环：%(cycle)s，谁也办不了，请您去掉其中一道前置。")
PROMISE_OVER_LAW = N_("承诺时限 %(promised)s 超过法定时限 %(statutory)s，请您缩短承诺时限。")
OVER_CEILING = N_(
    "时限 %(limit)s 超过行政许可法第%(article)s条规定的 %(ceiling)s，请您改为不超过这一期限。"
)
NO_PROMISE = N_("没有承诺时限，请您填写；并入其他事项办理的请填写并入哪个事项。")
MERGED_LIMIT = N_("并入“%(host)s”的事项按该事项的时限办理，请您删去它自己的时限。")
MERGED_TWICE = N_("“%(host)s”自己也并入其他事项，请您直接并入最终办理的事项。")
NOT_QUALIFIED = N_("“%(department)s”没有行政执法主体资格，不能实施行政许可，请您核对实施部门。")
VAGUE_MATERIAL = N_("“%(name)s”是兜底性的材料，请您写明具体是什么材料。")
USELESS = N_("没有事项需要材料“%(name)s”，请您删去，或者列入需要它的事项。")
NO_CONDITION = N_("“%(name)s”只在特定情形提交，请您写明是什么情形。")
NOT_CONDITIONAL = N_("“%(name)s”不是特定情形才提交的材料，请您删去情形，或者改为 conditional。")
NO_QUESTION = N_("条件用到的“%(name)s”不是问卷中的问题，请您先在问卷中登记。")
WRONG_DEFAULT = N_("默认答案与问题的类型不一致，请您改为%(expected)s。")
LADDER = N_("督办升级必须一级比一级晚、一级比一级高，请您调整“%(to)s”这一级。")


@dataclass(frozen=True)
class Draft:
    """The readable records of a catalogue that is still being checked."""

    source: Source
    theme: Theme | None
    rules: Rules | None
    questionnaire: tuple[Question, ...]
    departments: tuple[Department, ...]
    items: tuple[Item, ...]
    onsite_groups: tuple[OnsiteGroup, ...]
    materials: tuple[Material, ...]

    def codes(self, section: str) -> list[str | None]:
        """The code of every record written in a section, read or not, by position."""
        name = "key" if section == "questionnaire" else "code"
        return [_text(record.get(name)) for record in self._written(section)]

    def wanted(self) -> set[object]:
        """The codes of all materials that items ask for."""
        lists = [record.get("materials") for record in self._written("items")]
        return {_text(code) for codes in lists if isinstance(codes, tuple) for code in codes}

    def _written(self, section: str) -> list[dict[str, object]]:
        records = self.source.value.get(section)
        if not isinstance(records, tuple):
            return []
        return [record if isinstance(record, dict) else {} for record in records]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def check(draft: Draft) -> list[Fault]:
    """Every fault between the records."""
    checks = (
        _codes, _lists, _references, _cycles, _ceilings, _promises, _merged, _qualified,
        _materials, _questions, _conditions, _ladder,
    )  # fmt: skip
    return [fault for each in checks for fault in each(draft)]


def _codes(draft: Draft) -> Iterator[Fault]:
    for section in ("questionnaire", "departments", "items", "onsite_groups", "materials"):
        seen = set()
        for at, code in enumerate(draft.codes(section)):
            if code is not None and code in seen:
                yield draft.source.fault((section, at), TWICE, code=code)
            seen.add(code)


def _lists(draft: Draft) -> Iterator[Fault]:
    for item in draft.items:
        befores = tuple(before.item for before in item.after)
        lists = {"materials": item.materials, "consult": item.consult, "after": befores}
        for name, codes in lists.items():
            for code, times in Counter(codes).items():
                if times > 1:
                    path = ("items", item.code, name, code)
                    yield draft.source.fault(path, LISTED_TWICE, code=code)


def _references(draft: Draft) -> Iterator[Fault]:
    for section, sentence, path, code in (*_uses(draft), *_uses_of_items(draft)):
        if code is not None and code not in draft.codes(section):
            yield draft.source.fault(path, sentence, code=code)


def _uses(draft: Draft) -> Iterator[Use]:
    for item in draft.items:
        here = ("items", item.code)
        yield "departments", NO_DEPARTMENT, (*here, "department"), item.department
        yield "onsite_groups", NO_GROUP, (*here, "onsite"), item.onsite
        for code in item.consult:
            yield "departments", NO_DEPARTMENT, (*here, "consult", code), code
        for code in item.materials:
            yield "materials", NO_MATERIAL, (*here, "materials", code), code
    for group in draft.onsite_groups:
        path = ("onsite_groups", group.code, "leader")
        yield "departments", NO_DEPARTMENT, path, group.leader
    if draft.theme:
        yield "departments", NO_DEPARTMENT, ("theme", "lead"), draft.theme.lead


def _uses_of_items(draft: Draft) -> Iterator[Use]:
    for item in draft.items:
        here = ("items", item.code)
        yield "items", NO_ITEM, (*here, "merged_into"), item.merged_into
        for before in item.after:
            yield "items", NO_ITEM, (*here, "after", before.item), before.item
    for material in draft.materials:
        path = ("materials", material.code, "produced_by")
        yield "items", NO_ITEM, path, material.produced_by


def _cycles(draft: Draft) -> Iterator[Fault]:
    waits = {item.code: {before.item for before in item.after} for item in draft.items}
    while True:
        try:
            TopologicalSorter(waits).prepare()
            return
        except CycleError as error:
            cycle = list(reversed(error.args[1]))
            path = ("items", cycle[0], "after")
            yield draft.source.fault(path, CIRCLE, cycle=" → ".join(cycle))
            waits[cycle[0]].discard(cycle[1])


def _ceilings(draft: Draft) -> Iterator[Fault]:
    for (section, name), (most, article) in CEILINGS.items():
        record = draft.theme if section == "theme" else draft.rules
        limit: Limit | None = getattr(record, str(name), None)
        if limit is not None and working_days(limit) > working_days(Limit.parse(most)):
            params = {"limit": limit, "ceiling": most, "article": article}
            yield draft.source.fault((section, name), OVER_CEILING, **params)


def _promises(draft: Draft) -> Iterator[Fault]:
    promises: list[tuple[Path, Limit | None, Limit | None]] = [
        (("items", item.code, "promised"), item.promised, item.statutory) for item in draft.items
    ]
    if theme := draft.theme:
        promises.append((("theme", "promised"), theme.promised, theme.cap))
        for at, rule in enumerate(theme.promised_rules):
            promises.append((("theme", "promised_rules", at), rule.promised, theme.cap))
    for path, promised, statutory in promises:
        if promised is None or statutory is None:
            continue
        if working_days(promised) > working_days(statutory):
            params = {"promised": promised, "statutory": statutory}
            yield draft.source.fault(path, PROMISE_OVER_LAW, **params)


def _merged(draft: Draft) -> Iterator[Fault]:
    hosts = {item.code: item for item in draft.items}
    for item in draft.items:
        here = ("items", item.code)
        if item.merged_into is None:
            if item.promised is None:
                yield draft.source.fault(here, NO_PROMISE)
            continue
        if item.promised or item.statutory or item.extension:
            yield draft.source.fault(here, MERGED_LIMIT, host=item.merged_into)
        host = hosts.get(item.merged_into)
        if host and host.merged_into:
            path = (*here, "merged_into")
            yield draft.source.fault(path, MERGED_TWICE, host=item.merged_into)


def _qualified(draft: Draft) -> Iterator[Fault]:
    unqualified = {each.code: each for each in draft.departments if not each.enforcement_subject}
    for item in draft.items:
        if item.is_licence and item.department in unqualified:
            name = unqualified[item.department].name
            path = ("items", item.code, "department")
            yield draft.source.fault(path, NOT_QUALIFIED, department=name)


def _materials(draft: Draft) -> Iterator[Fault]:
    wanted = draft.wanted()
    for material in draft.materials:
        here = ("materials", material.code)
        conditional = material.need == "conditional"
        if VAGUE.search(material.name):
            yield draft.source.fault((*here, "name"), VAGUE_MATERIAL, name=material.name)
        if material.code not in wanted:
            yield draft.source.fault(here, USELESS, name=material.name)
        if conditional and material.condition is None:
            yield draft.source.fault(here, NO_CONDITION, name=material.name)
        if not conditional and (material.condition or material.when):
            yield draft.source.fault(here, NOT_CONDITIONAL, name=material.name)


def _questions(draft: Draft) -> Iterator[Fault]:
    for question in draft.questionnaire:
        if isinstance(question.default, bool) != (question.type == "boolean"):
            expected = "true、false" if question.type == "boolean" else "0"
            path = ("questionnaire", question.key, "default")
            yield draft.source.fault(path, WRONG_DEFAULT, expected=expected)


def _conditions(draft: Draft) -> Iterator[Fault]:
    asked = draft.codes("questionnaire")
    defaults = {question.key: question.default for question in draft.questionnaire}
    for path, condition in _written(draft):
        unknown = sorted(condition.names.difference(code for code in asked if code))
        for name in unknown:
            yield draft.source.fault(path, NO_QUESTION, name=name)
        if condition.names <= defaults.keys():
            try:
                condition(defaults)
            except ExpressionFailed as failed:
                yield draft.source.fault(path, failed.sentence, **failed.params)


def _written(draft: Draft) -> Iterable[tuple[Path, Expression]]:
    written: list[tuple[Path, Expression | None]] = []
    for item in draft.items:
        written.append((("items", item.code, "needed"), item.needed))
        written.append((("items", item.code, "commitment"), item.commitment))
    for material in draft.materials:
        written.append((("materials", material.code, "when"), material.when))
    if draft.theme:
        for at, rule in enumerate(draft.theme.promised_rules):
            written.append((("theme", "promised_rules", at, "when"), rule.when))
    return [(path, condition) for path, condition in written if condition is not None]


def _ladder(draft: Draft) -> Iterator[Fault]:
    if draft.rules is None:
        return
    rungs = draft.rules.escalation
    for at, (lower, higher) in enumerate(pairwise(rungs), start=1):
        later = working_days(higher.after) > working_days(lower.after)
        if not (later and DUTIES.index(higher.to) > DUTIES.index(lower.to)):
            yield draft.source.fault(("rules", "escalation", at), LADDER, to=higher.to)
