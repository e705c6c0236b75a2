"""规则表: decision tables as pages show them: what they decide, who asks, what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext as _

from server.labels import said, word
from server.placed import Placed
from workflows.decisions import Decision, DecisionInvalid, Decisions, read
from workflows.decisions import Fault as DecisionFault
from workflows.engine.contents import contents
from workflows.engine.xml import DiagramUnreadable
from workflows.errors import N_
from workflows.models.process import TABLE

HIT_POLICIES = {
    "UNIQUE": N_("唯一：至多一条命中"),
    "FIRST": N_("第一条命中的"),
    "PRIORITY": N_("命中的里取优先的"),
    "ANY": N_("任一：命中的结果须相同"),
    "COLLECT": N_("收集：所有命中的"),
    "RULE ORDER": N_("所有命中的，按规则次序"),
    "OUTPUT ORDER": N_("所有命中的，按结果次序"),
}
AGGREGATIONS = {
    "SUM": N_("合计"), "MIN": N_("最小"), "MAX": N_("最大"), "COUNT": N_("个数"),
}  # fmt: skip
TYPES = {
    "string": N_("文字"), "number": N_("数值"), "boolean": N_("是或否"), "date": N_("日期"),
    "time": N_("时间"), "dateTime": N_("日期和时间"),
}  # fmt: skip


@dataclass(frozen=True)
class User:
    """A business rule task that asks a decision."""

    file: str
    element: str
    name: str
    ref: str


@dataclass(frozen=True)
class Sheet:
    """One file; nothing is known of what it decides when it cannot be read."""

    file: str
    found: Decisions | None
    faults: tuple[Placed, ...]
    warnings: tuple[Placed, ...]
    users: tuple[User, ...] = ()

    @property
    def stem(self) -> str:
        """Its name in addresses."""
        return self.file.removesuffix(TABLE)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What it decides; first what no other decision of it asks for."""
        every = tuple(self.found.by_id.values()) if self.found else ()
        below = {key for one in every for key in one.requires}
        return tuple(sorted(every, key=lambda one: one.id in below))


def sheets_of(tables: Mapping[str, str], diagrams: Mapping[str, str]) -> list[Sheet]:
    """Every file of tables, with the tasks of the diagrams beside it that ask it."""
    users = tuple(users_of(diagrams))
    return [sheet_of(file, text, users) for file, text in tables.items()]


def sheet_of(file: str, text: str, users: tuple[User, ...] = ()) -> Sheet:
    """A file as it is."""
    try:
        found = _decisions(file, text)
    except DecisionInvalid as invalid:
        return Sheet(file, None, placed(invalid.faults), ())
    asking = tuple(user for user in users if user.ref in found.by_id)
    return Sheet(file, found, (), placed(found.warnings), asking)


@lru_cache(maxsize=32)
def _decisions(file: str, text: str) -> Decisions:
    """A file that was read a moment ago is not read again."""
    return read(file, text)


def users_of(diagrams: Mapping[str, str]) -> Iterator[User]:
    """Every business rule task of these diagrams that says which decision it asks."""
    for file, text in diagrams.items():
        try:
            drawn = contents(text, file)
        except DiagramUnreadable:
            continue
        for key, one in drawn.items():
            if one.kind == "businessRuleTask" and (ref := one.facts.get("decision.ref")):
                yield User(file, key, one.name or key, ref)


def placed(faults: tuple[DecisionFault, ...]) -> tuple[Placed, ...]:
    """Faults in the reader's language."""
    return tuple(
        Placed(one.file, one.line, one.element, said(one.sentence, one.params)) for one in faults
    )


def policy_words(one: Decision) -> str:
    """Which rules count, in words."""
    policy = word(HIT_POLICIES, one.hit_policy or "UNIQUE")
    if one.aggregation:
        return f"{policy} · {word(AGGREGATIONS, one.aggregation)}"
    return policy


def type_words(kind: str) -> str:
    """What a column holds, in words; a type of the file's own is called as it is there."""
    return word(TYPES, kind) if kind in TYPES else kind


def rule_words(one: Decision, number: int) -> str:
    """A rule as a sentence: if …, then …."""
    if not 0 < number <= len(one.rules):
        return ""
    rule = one.rules[number - 1]
    tests = [
        f"{column.label or column.expression} {test}"
        for column, test in zip(one.inputs, rule.tests, strict=False)
        if test not in ("", "-")
    ]
    answers = [
        f"{column.label or column.name or one.name} = {result}"
        for column, result in zip(one.outputs, rule.results, strict=False)
    ]
    between, facts = _("、"), {"then": _("、").join(answers)}
    if not tests:
        return str(_("无论如何，%(then)s", **facts))
    return str(_("若 %(tests)s，则 %(then)s", tests=between.join(tests), **facts))
