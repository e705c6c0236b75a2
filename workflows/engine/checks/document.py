"""The checks of one file: its ids, what it declares, its pools; and of all files together."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from workflows.engine.checks.faults import Fault
from workflows.engine.checks.level import DECLARED, NODES, Level, Source
from workflows.engine.xml import BPMN, local, tag
from workflows.errors import N_

#: Names SpiffWorkflow gives to tasks of its own; a task of ours would silently be replaced.
RESERVED = re.compile(r"Start|End|Root|.*\.(EndJoin|BoundaryEventSplit|BoundaryEventJoin)")
MAX_NODES = 20_000
NAMELESS = {
    "message": N_("消息要有名称（name）。"),
    "error": N_("错误要有代码（errorCode）。"),
    "escalation": N_("升级要有代码（escalationCode）。"),
}


def faults(source: Source) -> Iterator[Fault]:
    """What is wrong in one file as a file."""
    yield from _ids(source)
    yield from _declarations(source)
    yield from _pools(source)
    processes = source.root.findall(tag("process"))
    if not processes:
        yield source.fault(source.root, N_("文件里没有流程（process）。"))
    for process in processes:
        if process.get("isExecutable") != "true":
            yield source.fault(process, N_("流程没有标为可执行（isExecutable）。"))


def _ids(source: Source) -> Iterator[Fault]:
    seen: set[str] = set()
    for element in source.root.iter(f"{{{BPMN}}}*"):
        key = element.get("id")
        if key is None:
            continue
        if key in seen:
            yield source.fault(element, N_("标识 %(key)s 重复。"), key=key)
        if RESERVED.fullmatch(key):
            yield source.fault(element, N_("标识 %(key)s 是保留字，请改名。"), key=key)
        elif not re.fullmatch(r"[^\W\d][\w.-]*", key):
            yield source.fault(element, N_("标识 %(key)s 只能用字母、数字和 _ - . "), key=key)
        seen.add(key)


def _declarations(source: Source) -> Iterator[Fault]:
    for kind, attribute in DECLARED.items():
        for found in source.root.iterfind(tag(kind)):
            if not found.get("id"):
                yield source.fault(found, MISSING_ID)
            if not found.get(attribute, "").strip():
                yield source.fault(found, NAMELESS[kind])


MISSING_ID = N_("缺少标识（id）。")


def _pools(source: Source) -> Iterator[Fault]:
    pools = list(source.root.iter(tag("participant")))
    here = {process.get("id") for process in source.root.iterfind(tag("process"))}
    for pool in pools[1:]:
        yield source.fault(pool, N_("一个文件只能有一个泳池。"))
    for pool in pools[:1]:
        if pool.get("processRef") not in here:
            yield source.fault(pool, N_("泳池要对应本文件里的流程。"))


def too_many(processes: Iterable[Level]) -> Iterator[Fault]:
    """More elements than anyone can read, or any check get through in time."""
    found = [process for top in processes for process in top.levels()]
    nodes = sum(len(level.nodes) + len(level.flows) for level in found)
    if nodes > MAX_NODES:
        sentence = N_("流程图共有 %(count)s 个元素和连线，超过 %(most)s 个。")
        yield found[0].fault(found[0].element, sentence, count=nodes, most=MAX_NODES)


def together(processes: Iterable[Level]) -> Iterator[Fault]:
    """What is wrong between files: ids that the engine keeps in one place for all of them."""
    seen: set[str] = set()
    declared: dict[tuple[str, str], str] = {}
    sources: dict[Source, None] = {}
    for process in processes:
        sources.setdefault(process.source)
        for level in process.levels():
            yield from _level(level)
            if level.key in seen:
                yield level.fault(level.element, N_("流程标识重复，请改名。"))
            seen.add(level.key)
    for source in sources:
        yield from _contradictions(source, declared)


def _level(level: Level) -> Iterator[Fault]:
    missing: list[Any] = [
        element for element in level.element if not element.get("id") and _needs_id(element)
    ]
    if level.parent is None and not level.element.get("id"):
        missing.append(level.element)
    for element in missing:
        yield level.fault(element, MISSING_ID)


def _needs_id(element: Any) -> bool:
    return local(element) == "sequenceFlow" or local(element) in NODES


def _contradictions(source: Source, declared: dict[tuple[str, str], str]) -> Iterator[Fault]:
    """Two files that mean different things by the same id."""
    for kind, found in source.declared.items():
        for key, value in found.items():
            if declared.setdefault((kind, key), value) != value:
                (element,) = [e for e in source.root.iter(tag(kind)) if e.get("id") == key][:1]
                yield source.fault(element, N_("另一个文件里有同一标识、内容不同的声明，请改名。"))
