"""What a running case can be moved by: what it waits for, where it may go back to, or elsewhere."""

from dataclasses import dataclass

from sqlalchemy.orm import Session, undefer

from workflows.catalogue.published import published
from workflows.engine.reading import Place, Reading
from workflows.models import Case, ProcessInstance, Task

JOINT = None


@dataclass(frozen=True)
class WayBack:
    """The tasks that one task may be sent back to, and the items that run beside it."""

    targets: tuple[Task, ...]
    beside: tuple[str, ...]


def reading(session: Session, case: Case, instance_id: int) -> tuple[ProcessInstance, Reading]:
    """A process of a case, brought to life to be read."""
    found = session.get_one(ProcessInstance, instance_id, options=[undefer(ProcessInstance.state)])
    definition = published(case.version).definition(found.process)
    return found, Reading(definition, found.state)


def way_back(session: Session, case: Case, task: Task) -> WayBack:
    """Where an open task may be sent back to; nowhere for that of a signer."""
    if task.closed_at is not None or task.signer_of is not None or task.kind == "check":
        return WayBack((), ())
    _, process = reading(session, case, task.instance_id)
    numbers = process.before(task.number)
    targets = [row for row in past_tasks(case) if row.number in numbers]
    codes = {item.id: item.code for item in case.items}
    far = {row.item_id: row for row in targets if row.item_id != task.item_id}
    beside = {
        code
        for row in far.values()
        for items in process.branches(task.number, row.number).values()
        for code in items
    }
    return WayBack(tuple(targets), tuple(sorted(beside - {codes[task.item_id]})))


def signers_of(session: Session, case: Case, task_id: int) -> list[Task]:
    """Who was asked to sign a task and has not signed, or is asked only when it is done."""
    asked = [row for row in case.tasks if row.signer_of == task_id and not row.conclusion]
    if not asked:
        return []
    waiting = reading(session, case, asked[0].instance_id)[1].signers()
    return [row for row in asked if row.number in waiting]


def is_held(session: Session, case: Case, task: Task) -> bool:
    """Whether a task that is not open will be open again by itself."""
    if task.closed_at is None or task.conclusion:
        return False
    return reading(session, case, task.instance_id)[1].held(task.number)


def past_tasks(case: Case) -> list[Task]:
    """What was concluded in the joint approval, and counts; the latest of each task."""
    joint = {instance.id for instance in case.instances if instance.item_id is JOINT}
    return [
        task
        for task in case.tasks
        if task.instance_id in joint
        and task.conclusion
        and task.void_at is None
        and task.signer_of is None
    ]


def waiting_messages(session: Session, case: Case) -> list[str]:
    """The messages that the processes of a case wait for, each once."""
    going = [instance.id for instance in case.instances if not instance.finished]
    found = [reading(session, case, instance_id)[1].messages() for instance_id in going]
    return list(dict.fromkeys(one.message for messages in found for one in messages))


def goals(session: Session, case: Case, task: Task) -> tuple[Place, ...]:
    """Where an open task may be moved to within its process."""
    return reading(session, case, task.instance_id)[1].goals(task.number)
