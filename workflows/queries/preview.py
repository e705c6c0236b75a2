"""What a conclusion would come to, before it is given: who is next, what of the case is left.

The engine is asked, not the diagram: the task is concluded on a copy of the process, in every way
it may be, and the copy is thrown away.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session, undefer

from workflows import engine
from workflows.catalogue.published import published
from workflows.engine.reading import Reading, Signatures
from workflows.errors import WorkflowError
from workflows.models import Case, CaseItem, ProcessInstance, Task

#: What each kind of task may conclude, besides what the diagram lists, and how the process is told.
DECISIONS = ("granted", "refused", "returned")
ANSWERS = {"confirmed": True, "returned": False}


@dataclass(frozen=True)
class Next:
    """One conclusion: the tasks it opens, and whether the item or the whole is then decided.

    Of a step that several posts sign together, also how it then stands.
    """

    conclusion: str
    opens: tuple[engine.OpenTask, ...]
    settles: bool
    finished: bool
    together: Signatures | None = None


@dataclass(frozen=True)
class Preview:
    """What every conclusion of a task would come to, and the items that are undecided besides."""

    nexts: tuple[Next, ...]
    decided: int
    total: int
    left: tuple[CaseItem, ...]


def preview(session: Session, case: Case, task: Task) -> Preview:
    """What the conclusions of an open task would come to; nothing is changed."""
    undeferred = [undefer(ProcessInstance.state)]
    instance = session.get_one(ProcessInstance, task.instance_id, options=undeferred)
    definition = published(case.version).definition(instance.process)
    before = {row.number for row in case.tasks if not row.closed_at and _beside(row, task)}
    signed = task.element in published(case.version).signed_together
    nexts = []
    for conclusion, variables in _conclusions(task):
        try:
            step = engine.complete(definition, instance.state, task.number, variables)
        except WorkflowError:
            continue  # refused where it is given, with its sentence
        opens = tuple(one for one in step.open_tasks if one.number not in before)
        reading = Reading(definition, step.state) if signed else None
        found = reading.signatures(task.number) if reading else None
        nexts.append(Next(conclusion, opens, _settles(case, task, step), step.finished, found))
    counted = [item for item in case.items if item.id != task.item_id]
    left = tuple(item for item in counted if not item.decided)
    return Preview(tuple(nexts), len(counted) - len(left), len(case.items), left)


def _conclusions(task: Task) -> list[tuple[str, dict[str, object]]]:
    """Every conclusion that the task page offers, as the process is told it."""
    if task.kind == "decide":
        return [
            (one, {"decision": one})
            for one in DECISIONS
            if one != "returned" or "return" in task.conclusions
        ]
    if task.kind == "confirm":
        return [(name, {"confirmed": value}) for name, value in ANSWERS.items()]
    return [(one, {"conclusion": one}) for one in task.conclusions]


def _beside(row: Task, task: Task) -> bool:
    return row.instance_id == task.instance_id


def _settles(case: Case, task: Task, step: engine.Step) -> bool:
    code = next(item.code for item in case.items if item.id == task.item_id)
    return step.variables.get(code) in ("granted", "refused")
