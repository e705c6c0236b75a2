"""Whose task it is (认领, 转办, 委派): what the page of a task says of it, and lets one do."""

from typing import Any

from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from server.context import reader, today
from workflows.actions.people import able
from workflows.models import Case, Department, OfferKind, Person, Post, Task, TaskOffer
from workflows.permissions import Role
from workflows.queries.offers import offers_of
from workflows.queries.posts import know_absences, staffed
from workflows.states import CASES


def handing(case: Case, task: Task, mine: bool) -> dict[str, Any]:
    """Who has a task, who was offered it, and who could be."""
    rows = offers_of(reader(), task.id)
    going = task.closed_at is None and (case.state, "claim") in CASES
    post = _post(task)
    department = post.department
    waiting = next((row for row in rows if row.answered_at is None), None) if going else None
    me = current_user.person
    delegated = waiting is not None and waiting.kind is OfferKind.DELEGATE
    return {
        "has": reader().get(Person, task.assignee_id) if task.assignee_id else None,
        "own": going and mine and task.assignee_id == me.id,
        "may_claim": going and not waiting and _may_claim(task, post, mine),
        "may_hand_on": going and mine,
        "asked": waiting if waiting and waiting.to_id == me.id else None,
        "waiting": waiting,
        "held": bool(delegated and waiting and able(waiting.taker, department, today())),
        "colleagues": colleagues(department.code, task.barred_id) if going and mine else [],
        "rows": [_row(row, task) for row in rows],
        "times": sum(1 for row in rows if row.kind is OfferKind.FORWARD and row.accepted),
    }


def _post(task: Task) -> Post:
    """The post that a task is of, with everybody in it."""
    of = (Post.department_code == task.department_code, Post.duty == task.duty)
    return staffed(reader(), *of, members=True)[0]


def _may_claim(task: Task, post: Post, mine: bool) -> bool:
    """Whether the reader is of the post, and can take what nobody has; alone one need not."""
    of_it = current_user.person in (post.holder, post.deputy, *post.members)
    if task.assignee_id is not None or not of_it or (mine and not post.members):
        return False
    return able(current_user.person, post.department, today(), task.barred_id)


def colleagues(code: str, barred_id: int | None = None) -> list[tuple[str, str]]:
    """(user name, name) of everyone in a department who can be given a task today."""
    department = reader().get_one(Department, code)
    query = select(Person).where(
        Person.department_code == code, Person.id != current_user.person.id
    )
    people = reader().scalars(query.order_by(Person.id)).all()
    know_absences(reader(), people)
    return [
        (person.username, f"{person.name} {person.username}")
        for person in people
        if Role.APPROVER in person.roles and able(person, department, today(), barred_id)
    ]


def _row(row: TaskOffer, task: Task) -> dict[str, Any]:
    """What became of something that was offered."""
    forward = row.kind is OfferKind.FORWARD
    if row.answered_at is None:
        open_still = _("等待接收") if forward else _("等待交回")
        outcome = _("未答复，任务已结束") if task.closed_at else open_still
    elif row.accepted:
        outcome = _("已接收") if forward else _("已交回意见")
    else:
        outcome = _("拒收") if row.answer else _("已撤回")
    return {"offer": row, "kind": _("转办") if forward else _("委派"), "outcome": outcome}
