"""Which running cases could move to another version of their process, and why others cannot.

An accepted application is not widened: the case keeps the items it was accepted for, and what
the new version would ask for besides is only named (行政许可法 §32(4): everything is told once).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows import engine
from workflows.catalogue import AnswerInvalid, Catalogue
from workflows.catalogue.published import published
from workflows.engine import Obstacle
from workflows.engine.given import give
from workflows.errors import N_
from workflows.models import Case, ProcessInstance, ProcessVersion, Task
from workflows.states import CaseState

RUNNING = (CaseState.IN_REVIEW, CaseState.SUSPENDED)


@dataclass(frozen=True)
class Prospect:
    """A running case of an older version: what keeps it there, and what it would not get."""

    number: str
    version: str
    obstacles: tuple[Obstacle, ...]
    not_added: tuple[str, ...]


def prospects(
    session: Session, target: ProcessVersion, mapping: Mapping[str, str], begin: Collection[str]
) -> Iterator[Prospect]:
    """Every running case of another version of the process, in the order they were received."""
    query = (
        select(Case)
        .join(ProcessVersion, ProcessVersion.id == Case.version_id)
        .where(Case.state.in_(RUNNING), ProcessVersion.process == target.process)
        .where(Case.version_id != target.id)
        .order_by(Case.id)
    )
    for case in session.scalars(query.execution_options(yield_per=100)):
        yield prospect(case, target, mapping, begin)


def prospect(
    case: Case, target: ProcessVersion, mapping: Mapping[str, str], begin: Collection[str]
) -> Prospect:
    """What keeps one case where it is, and what it would not get."""
    found = obstacles(case, target, mapping, begin)
    return Prospect(case.number, case.version.key, found, not_added(case, target))


def on_version(session: Session, version: ProcessVersion, after: int, most: int) -> list[Case]:
    """So many running cases of a version, in the order they were received, after that one."""
    query = _running(select(Case), version, after)
    return list(session.scalars(query.order_by(Case.id).limit(most)))


def how_many(session: Session, version: ProcessVersion, after: int = 0) -> int:
    """How many running cases a version has, after that one."""
    return session.scalar(_running(select(func.count(Case.id)), version, after)) or 0


def _running(query: Any, version: ProcessVersion, after: int) -> Any:
    return query.where(Case.version_id == version.id, Case.state.in_(RUNNING), Case.id > after)


def open_at(session: Session, version: ProcessVersion) -> dict[str, int]:
    """How many tasks of the running cases of a version are open, by element."""
    query = (
        select(Task.element, func.count())
        .join(Case, Case.id == Task.case_id)
        .where(Case.version_id == version.id, Case.state.in_(RUNNING), Task.closed_at.is_(None))
        .group_by(Task.element)
    )
    return {element: number for element, number in session.execute(query)}


def obstacles(
    case: Case, target: ProcessVersion, mapping: Mapping[str, str], begin: Collection[str]
) -> tuple[Obstacle, ...]:
    """Everything that keeps a case from moving to a version; none when it can."""
    found = list(_of_items(case, published(target).catalogue))
    if not found:
        for instance in running(case):
            old, new = definitions(case, instance, target)
            state = widened(case, instance, target)
            starts = begin if instance.item_id is None else ()
            found += engine.can_migrate(old, new, state, mapping, starts)
    return tuple(found)


def running(case: Case) -> list[ProcessInstance]:
    """The processes of a case that are not over."""
    return [instance for instance in case.instances if not instance.finished]


def definitions(
    case: Case, instance: ProcessInstance, target: ProcessVersion
) -> tuple[engine.Definition, engine.Definition]:
    """A process of the case as it is drawn now, and as the other version draws it."""
    old, new = published(case.version), published(target)
    return old.definition(instance.process), new.definition(instance.process)


def widened(case: Case, instance: ProcessInstance, target: ProcessVersion) -> bytes:
    """The state of a process, with the variables that only the new version asks for."""
    old, new = definitions(case, instance, target)
    catalogue = published(target).catalogue
    known = _known(case, catalogue)
    facts = catalogue.asked_of(known, new.asked)
    if instance.item_id is None:
        results = dict.fromkeys(item.code for item in catalogue.items)
        facts |= {**results, **catalogue.variables(known)}
    return give(old, instance.state, facts)


def not_added(case: Case, target: ProcessVersion) -> tuple[str, ...]:
    """The items that the new version would ask for and the case was not accepted for."""
    catalogue = published(target).catalogue
    mine = {item.code for item in case.items}
    try:
        needed = catalogue.needed_items(_known(case, catalogue))
    except AnswerInvalid:
        return ()
    return tuple(item.code for item in needed if item.code not in mine)


def _known(case: Case, catalogue: Catalogue) -> dict[str, Any]:
    """The answers of the case that the catalogue asks for."""
    asked = {question.key for question in catalogue.questionnaire}
    return {key: value for key, value in case.answers.items() if key in asked}


def _of_items(case: Case, catalogue: Catalogue) -> Iterator[Obstacle]:
    """What the new catalogue says of the items that the case was accepted for."""
    theirs = {item.code: item for item in catalogue.items}
    for item in case.items:
        there = theirs.get(item.code)
        if there is None:
            yield Obstacle(item.code, N_("新版本的事项目录里没有这个事项。"))
        elif there.department != item.department_code:
            yield Obstacle(item.code, N_("新版本里这个事项由别的部门办理。"))
    try:
        catalogue.answers(_known(case, catalogue))
    except AnswerInvalid as invalid:
        sentence = N_("情形“%(question)s”的答案不符合新版本的要求。")
        yield Obstacle("-", sentence, dict(invalid.params))
