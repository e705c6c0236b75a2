"""Who signs a step together (会签、或签、票签), what each of them said, how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.catalogue.published import published
from workflows.engine.approvals import Count, Signer, Signing
from workflows.engine.reading import Signature
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
    """A step that several posts sign, and what it is called."""

    step: str
    signing: Signing
    each: tuple[Signed, ...]
    count: Count


def together(session: Session, case: Case, task: Task) -> Together | None:
    """The step that a task is signed in together, else the latest such step of its item before it.

    None where nothing is signed by several.
    """
    elements = published(case.version).signed_together
    if task.element not in elements:
        before = [row for row in case.tasks if row.item_id == task.item_id and row.id < task.id]
        signed = [row for row in before if row.element in elements and _counts(row)]
        if not signed:
            return None
        task = signed[-1]
    found = reading(session, case, task.instance_id)[1].signatures(task.number)
    if found is None:
        return None
    rows = {row.number: row for row in case.tasks if row.instance_id == task.instance_id}
    each = (_signed(one, rows) for one in found.each)
    return Together(task.name, found.signing, tuple(each), found.count)


def _counts(row: Task) -> bool:
    return bool(row.conclusion) and row.void_at is None


def _signed(one: Signature, latest: Mapping[int, Task]) -> Signed:
    rows = [latest[number] for number in one.numbers if number in latest]
    said = [row for row in rows if _counts(row)]
    row = said[-1] if one.conclusion and said else rows[-1]
    return Signed(one.signer, row, one.conclusion, one.waits)
