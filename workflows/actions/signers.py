"""Those who are asked to sign beside, before or after a task (加签): posts of the same department.

Who is asked stands in the row of the task, which points to the task it was added to.  A signer
has an opinion; what is decided is decided by the task itself, when all have signed.
"""

from sqlalchemy import select

from workflows import engine
from workflows.actions.base import Context
from workflows.engine.reading import Reading
from workflows.errors import N_, WorkflowError
from workflows.models import ProcessInstance, Task
from workflows.models.rows import add

REVIEW = "review"
DECIDE = "decide"


class NoSigner(WorkflowError):
    """The task was not added by anybody, or has been signed."""

    sentence = N_("这不是可以撤回的加签任务。")


def ask(
    task: Task, instance: ProcessInstance, step: engine.Step, definition: engine.Definition,
    duty: str, ctx: Context,
) -> None:  # fmt: skip
    """Write down who is asked; the row is open as soon as the process waits for it."""
    query = select(Task.number).where(Task.instance_id == instance.id)
    known = set(ctx.session.scalars(query))
    there = {one.number for one in step.open_tasks}
    there |= Reading(definition, step.state).signers().keys()
    (number,) = there - known
    row = Task(
        case_id=task.case_id,
        instance_id=instance.id,
        item_id=task.item_id,
        number=number,
        round=1,
        element=task.element,
        name=task.name,
        kind=REVIEW,
        department_code=task.department_code,
        duty=duty,
        conclusions=["agree", "disagree"],
        barred_id=ctx.actor.person_id if duty == task.duty else None,
        form=task.form,
        signer_of=task.id,
        opened_at=ctx.now,
        closed_at=ctx.now,
    )
    add(ctx.session, [row])


def happening(task: Task, otherwise: str, ctx: Context) -> str:
    """What lets an item be settled when the last signer is done: the decision that was made."""
    asker = ctx.session.get(Task, task.signer_of) if task.signer_of else None
    return DECIDE if asker is not None and asker.kind == DECIDE else otherwise
