"""The parallel work of a case (并联办理): the rows of its matrix, the colours of its diagram."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from server.doors import PAGES
from server.labels import BEFORE_ACCEPTANCE, CONCLUSIONS, ITEM_STATES, word
from server.names import department_name, item_name, zh
from server.view import standing_text, used_days
from workflows.actions.people import Responsible, responsible
from workflows.catalogue.published import published
from workflows.models import Case, CaseItem, Person, Post, Task
from workflows.queries.matrix import MatrixRow
from workflows.queries.posts import know_absences, staffed
from workflows.states import ItemState

#: Task → who has it today; None when holder and deputy are away.
InCharge = dict[int, Responsible | None]


def in_charge(session: Session, tasks: Iterable[Task], day: date) -> InCharge:
    """Who is responsible for each of these tasks today."""
    tasks = list(tasks)
    posts = {(task.department_code, task.duty) for task in tasks}
    these = tuple_(Post.department_code, Post.duty).in_(posts)
    found = staffed(session, these) if posts else ()
    by_post = {(post.department_code, post.duty): post for post in found}
    have = {task.assignee_id for task in tasks if task.assignee_id}
    chosen = session.scalars(select(Person).where(Person.id.in_(have))).all() if have else ()
    know_absences(session, chosen)
    people = {person.id: person for person in chosen}
    return {
        task.id: responsible(post, day, task.barred_id, people.get(task.assignee_id or 0))
        for task in tasks
        if (post := by_post.get((task.department_code, task.duty)))
    }


def matrix_rows(case: Case, rows: list[MatrixRow], who: InCharge) -> list[dict[str, Any]]:
    """The rows that the matrix macro shows: department × light × person × limit × conclusion."""
    return [_matrix_row(case, row, who) for row in rows]


def _matrix_row(case: Case, row: MatrixRow, who: InCharge) -> dict[str, Any]:
    stands = row.standing
    used = used_days(stands) if stands else None
    of_many = published(case.version).signed_together  # there the last opinion decides nothing
    last = row.last if row.last and row.last.element not in of_many else None
    conclusion = word(CONCLUSIONS, last.conclusion) if last else ""
    return {
        "department": department_name(row.department),
        "code": row.item.code,
        "item": item_name(case, row.item),
        "href": _task_href(row.task),
        "light": stands.light.value if stands else None,
        "light_label": standing_text(stands),
        "person": _person(row, who),
        "used": used[0] if used else 0,
        "limit": used[1] if used else 0,
        "state": row.item.state.value,
        "state_label": state_label(case, row.item),
        "conclusion": row.item.document_number or conclusion,
        "reason": row.item.reason if row.item.decided else "",
    }


def _task_href(task: Task | None) -> str | None:
    """Where the open task is done, for those whose page it is."""
    if task is None or not current_user.roles & PAGES["review.task"]:
        return None
    return url_for("review.task", task_id=task.id)


def _person(row: MatrixRow, who: InCharge) -> Markup:
    """Who has it in hand today, or who concluded it; nobody while it waits for another step."""
    if row.task is None and row.item.started_at and not row.item.decided:
        return Markup.escape(_("（等待）"))
    if row.task is None:
        return zh(row.last.closed_by if row.last else None)
    today = who.get(row.task.id)
    if today is None:
        return Markup.escape(_("无人在岗"))
    name = zh(today.person.name)
    return Markup(_("%(who)s（代）")) % {"who": name} if today.acting_for else name


def state_label(case: Case, item: CaseItem) -> str:
    """The state of an item in words; before acceptance none of them waits for another."""
    if case.accepted_at is None and item.state is ItemState.WAITING:
        return str(_(BEFORE_ACCEPTANCE))
    return word(ITEM_STATES, item.state)


def diagram_facts(case: Case, rows: list[MatrixRow]) -> dict[str, Any]:
    """What the live diagram is coloured by: states, words, days left, lights, links.

    Keys are item codes; an item granted on a commitment has a shape of its own, ``R09:commitment``.
    What this application does not need is there as well, to be drawn faintly.
    """
    states = {_key(row.item): row.item.state.value for row in rows}
    every = {item.code for item in published(case.version).catalogue.items}
    keys = every | {f"{code}:commitment" for code in every}
    labels = {row.item.state.value: state_label(case, row.item) for row in rows}
    counting = {_key(row.item): row for row in rows if row.standing and not row.standing.done}
    return {
        "states": dict.fromkeys(sorted(keys), "absent") | states,
        "labels": labels | {"absent": _("不需办理")},
        "badges": {key: standing_text(row.standing) for key, row in counting.items()},
        "lights": {key: row.standing.light.value for key, row in counting.items() if row.standing},
        "links": {_key(row.item): href for row in rows if (href := _task_href(row.task))},
    }


def _key(item: CaseItem) -> str:
    return f"{item.code}:commitment" if item.commitment else item.code
