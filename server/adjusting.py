"""调整流程: what the window lead may do to a running case, and who waits for what from outside."""

from typing import Any

from flask import request

from server.context import reader
from server.labels import CONCLUSIONS, DUTIES, PROCEDURES, TERMS, word
from server.names import step_name
from workflows.models import Case, Task
from workflows.queries.moving import (
    goals,
    is_held,
    past_tasks,
    signers_of,
    waiting_messages,
    way_back,
)
from workflows.states import ItemState

WHEN = ("beside", "before", "after")
OUTCOMES = ("withdrawn", "not_needed")
#: The state table lets none of these be ended: they are decided, or have not begun.
BEGUN = frozenset(ItemState) - {
    ItemState.WAITING, ItemState.APPROVED, ItemState.REJECTED, ItemState.COMMITTED,
    ItemState.NOT_NEEDED, ItemState.REVOKED,
}  # fmt: skip


def adjusting(case: Case, may: set[str]) -> dict[str, Any]:
    """What the block 调整流程 of the case page shows; nothing is looked up for who may nothing."""
    shown: dict[str, Any] = {"messages": [], "past": [], "going": [], "chosen": None}
    if "send_message" in may:
        shown["messages"] = waiting_messages(reader(), case)
    if "roll_back" in may:
        shown["past"] = [(row.id, _named(case, row)) for row in reversed(past_tasks(case))]
    if "jump" in may:
        going = [row for row in case.tasks if row.closed_at is None and row.kind != "check"]
        shown["going"] = [(row.id, _named(case, row)) for row in going]
        shown["chosen"] = _chosen(case, going)
    if "conclude_item" in may:
        shown["items"] = [item for item in case.items if item.state in BEGUN]
    shown["outcomes"] = [(one, word(TERMS, one)) for one in OUTCOMES]
    shown["procedures"] = [(one, word(PROCEDURES, one)) for one in PROCEDURES]
    return shown


def _chosen(case: Case, going: list[Task]) -> dict[str, Any] | None:
    """The open task that is to be moved, and where it may go."""
    asked = request.args.get("jump") or request.form.get("task", "")
    task = next((row for row in going if str(row.id) == asked), None)
    if task is None:
        return None
    places = [(place.element, place.name) for place in goals(reader(), case, task)]
    return {"task": task, "name": _named(case, task), "places": places}


def _named(case: Case, task: Task) -> str:
    """A task in a list: item, step, who concluded what."""
    code = next(item.code for item in case.items if item.id == task.item_id)
    said = f"{code} {step_name(task.name).striptags()}"
    if task.conclusion:
        said += f" · {word(CONCLUSIONS, task.conclusion)} · {task.closed_by}"
    return said


def returning(case: Case, task: Task) -> dict[str, Any]:
    """What the forms 退回 and 加签 of the task page show.

    The signers are those of the task; on the page of one of them, those of whoever asked.
    """
    way = way_back(reader(), case, task)
    return {
        "targets": [(row.id, _named(case, row)) for row in reversed(way.targets)],
        "beside": [item for item in case.items if item.code in way.beside],
        "whens": [(one, word(TERMS, one)) for one in WHEN],
        "duties": [(duty, word(DUTIES, duty)) for duty in DUTIES],
        "signers": signers_of(reader(), case, task.signer_of or task.id),
        "held": is_held(reader(), case, task),
    }
