"""Tasks that are open a second time: sent back, rolled back, or held until another was done.

What was said once stays said: a task that had a conclusion gets a row of its own for the new
round, and the old conclusion is marked void.  A task that was only held opens where it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from workflows import engine
from workflows.actions.base import Context, move
from workflows.actions.clocks import open_pause, resume
from workflows.models import Case, CaseItem, ProcessInstance, Task
from workflows.models.deadline import PREDECESSOR
from workflows.states import ItemState

#: The state an item has to be in for a task of this kind.
WANTED = {
    "review": ItemState.REVIEWING,
    "decide": ItemState.REVIEWING,
    "confirm": ItemState.RETURN_REVIEW,
}
#: Conclusions that lead back to a step that was done.
RETURNED = frozenset({"return", "returned"})
AT_WORK = frozenset({ItemState.REVIEWING, ItemState.PRE_REVIEWED, ItemState.RETURN_REVIEW})


def open_again(instance: ProcessInstance, numbers: list[int], ctx: Context) -> dict[int, Task]:
    """Open these tasks again where nothing was concluded; returns the latest row of each."""
    if not numbers:
        return {}
    query = select(Task).where(Task.instance_id == instance.id, Task.number.in_(numbers))
    latest = {row.number: row for row in ctx.session.scalars(query.order_by(Task.round))}
    for row in latest.values():
        if row.conclusion is None:
            row.closed_at = None
        else:
            row.void_at = row.void_at or ctx.now
    return latest


def next_round(earlier: Task | None) -> int | None:
    """The round of the row that a task needs; None when its row was opened again."""
    if earlier is None:
        return 1
    return None if earlier.closed_at is None else earlier.round + 1


def give_to_who_had_it(rows: Sequence[Task], done: Task | None, ctx: Context) -> None:
    """What comes back comes back to whoever took it up the last time, not to the post."""
    goes_on = done is not None and done.conclusion not in RETURNED
    if not rows or goes_on:
        return
    query = select(Task.item_id, Task.element, Task.duty, Task.assignee_id).where(
        Task.item_id.in_({row.item_id for row in rows}),
        Task.conclusion.is_not(None),
        Task.signer_of.is_(None),
    )
    had = {tuple(key): who for *key, who in ctx.session.execute(query.order_by(Task.id))}
    for row in rows:
        who = had.get((row.item_id, row.element, row.duty))
        row.assignee_id = None if who == row.barred_id else who


def fit_items(
    case: Case, opened: Iterable[tuple[engine.OpenTask, Any]], earlier: Mapping[int, Task],
    ctx: Context,
) -> None:  # fmt: skip
    """Bring the items into the state that the kinds of their newly opened tasks ask for.

    A signer asks for nothing; a pre-review that was made stands when its task was only held.
    """
    for task, row in opened:
        wanted = WANTED.get(task.approval.kind)
        if wanted is None or row.state is wanted or row.state not in AT_WORK:
            continue
        if _stands(earlier.get(task.number), row.state):
            continue
        item = ctx.session.get_one(CaseItem, row.id)
        if (pause := open_pause(case, item, PREDECESSOR)) is not None:
            resume(case, pause, ctx)
        move(item, "reopen", wanted)


def _stands(earlier: Task | None, state: ItemState) -> bool:
    """Whether a task opened where it was, and is a signer's or was reviewed beforehand."""
    if earlier is None or earlier.closed_at is not None:
        return False
    pre_reviewed = state is ItemState.PRE_REVIEWED and earlier.kind == "decide"
    return pre_reviewed or earlier.signer_of is not None
