"""The checks of business rule tasks: which decision they ask, and what they make of the answer."""

from collections.abc import Iterator
from typing import Any

from workflows.decisions import Decision
from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import Level, extensions
from workflows.engine.expressions import assignable
from workflows.engine.ruling import names_written
from workflows.engine.xml import local
from workflows.errors import N_

ONE = N_("业务规则任务要有且只有一个 lb:decision，并写明用哪个决策（ref）。")
MISSING = N_("规则表里没有标识为 %(ref)s 的决策。")
SEVERAL = N_("决策 %(ref)s 在几个规则表文件里都有（%(files)s），请只留一个。")
RESULT = N_("结果变量“%(name)s”不能用：只用字母、数字和下划线，且不是保留字。")
OUTPUT = N_("决策 %(ref)s 的输出“%(name)s”不能作变量名，请在任务上写明结果变量。")


def faults(level: Level) -> Iterator[Fault]:
    """What is wrong with the business rule tasks of a process or sub-process."""
    for node in level.nodes.values():
        if local(node) == "businessRuleTask":
            yield from _rule_task(level, node)


def _rule_task(level: Level, node: Any) -> Iterator[Fault]:
    tables = level.source.tables
    asked = asked_by(node)
    if asked is None:
        yield level.fault(node, ONE)
        return
    ref, result = asked
    files = tables.files_with(ref)
    if result and not assignable(result):
        yield level.fault(node, RESULT, name=result[:40])
    if len(files) > 1:
        yield level.fault(node, SEVERAL, ref=ref[:40], files=" ".join(files))
    elif not files and not tables.faults:  # it may stand in one that cannot be read
        yield level.fault(node, MISSING, ref=ref[:40])
    for name in () if result else written_by(level, node):
        if not assignable(name):
            yield level.fault(node, OUTPUT, ref=ref[:40], name=name[:40])


def asked_by(node: Any) -> tuple[str, str | None] | None:
    """The decision a task asks and the variable for its result; None when it does not say one."""
    found = extensions(node, "decision")
    if len(found) != 1 or not found[0].get("ref"):
        return None
    return found[0].get("ref"), found[0].get("result")


def written_by(level: Level, node: Any) -> tuple[str, ...]:
    """The variables that a business rule task sets."""
    if (found := _decision(level, node)) is None:
        asked = asked_by(node)
        return (asked[1],) if asked and asked[1] else ()
    decision, result = found
    return names_written(decision, result)


def read_by(level: Level, node: Any) -> frozenset[str]:
    """The variables that its table reads, but for answers of the applicant."""
    asked = asked_by(node)
    found = level.source.tables.of(asked[0]) if asked else None
    if asked is None or found is None:
        return frozenset()
    return frozenset(found.needs(asked[0])) - level.source.tables.answers


def _decision(level: Level, node: Any) -> tuple[Decision, str | None] | None:
    asked = asked_by(node)
    found = level.source.tables.of(asked[0]) if asked else None
    return (found.by_id[asked[0]], asked[1]) if asked and found else None
