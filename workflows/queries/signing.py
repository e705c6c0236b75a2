"""Who signs a step together (会签、或签、票签), what each of them said, how it stands."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.catalogue.published import published
from workflows.engine.approvals import Count, Signer, Signing
from workflows.models import Case, Task
from workflows.queries.moving import reading


@dataclass(frozen=True)
class Signed:
    """One post: its task, what it said as far as that counts, whether it is waited for."""

    signer: Signer
    task: Task
    conclusion: str | None
    waits: bool


@dataclass(frozen=True)
class Together:
    """A step that several posts sign."""

    signing: Signing
    each: tuple[Signed, ...]
    count: Count


def together(session: Session, case: Case, task: Task) -> Together | None:
    """How the step stands that a task is signed in together; None for any other task."""
    if task.element not in published(case.version).signed_together:
        return None
    found = reading(session, case, task.instance_id)[1].signatures(task.number)
    if found is None:
        return None
    latest = {row.number: row for row in case.tasks if row.instance_id == task.instance_id}
    each = []
    for one in found.each:
        rows = [latest[number] for number in one.numbers if number in latest]
        said = [row for row in rows if row.conclusion and row.void_at is None]
        row = (said or rows)[-1] if one.conclusion else rows[-1]
        each.append(Signed(one.signer, row, one.conclusion, one.waits))
    return Together(found.signing, tuple(each), found.count)
