"""A step that several posts sign (会签、或签、票签): one signature, and what comes of it."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from workflows.actions.base import Context
from workflows.actions.moving import definition_of
from workflows.actions.tell import tell_person, tell_post
from workflows.actions.work import Work
from workflows.catalogue.published import published
from workflows.deadlines import Light
from workflows.engine.reading import Reading, Signatures
from workflows.errors import N_, WorkflowError
from workflows.models import Task

NOT_NEEDED = N_("%(what)s的“%(step)s”已经有了结论，不再需要您签署。")


class SignedAlready(WorkflowError):
    """Several posts sign so that several people look: nobody signs for two of them."""

    sentence = N_("您已在本环节以“%(duty)s”岗位签署，几个岗位须由不同的人签署；请转办给同事。")


def co_signers(work: Work, ctx: Context) -> dict[int, Task] | None:
    """The open tasks of those who sign this step as well, by number; None where one person does.

    Raises SignedAlready for who has signed it, for another post.
    """
    if (found := signatures(work)) is None:
        return None
    others = [one for one in found.each if work.task.number not in one.numbers]
    numbers = {number for one in others for number in one.numbers}
    query = select(Task).where(Task.instance_id == work.instance.id, Task.number.in_(numbers))
    rows = list(ctx.session.scalars(query.order_by(Task.id)))
    said = {number for one in others if one.conclusion for number in one.numbers}
    for row in rows:
        counts = row.number in said and row.conclusion and row.void_at is None
        if counts and row.closed_by_id == ctx.actor.person_id:
            raise SignedAlready(duty=row.duty)
    return {row.number: row for row in rows if row.closed_at is None}


def signed(work: Work, others: dict[int, Task] | None, ctx: Context) -> dict[str, Any]:
    """How the step stands after a signature, for the history; nothing where one person does it.

    Those who need not sign any more are told.
    """
    if others is None or (found := signatures(work)) is None:
        return {}
    waiting = {number for one in found.each if one.waits for number in one.numbers}
    spared = [row for number, row in others.items() if number not in waiting]
    for row in spared:
        _tell(work, row, ctx)
    facts = {"rule": found.signing.rule.value, **asdict(found.count)}
    return {"signing": {**facts, "not_needed": [row.duty for row in spared]}}


def signatures(work: Work) -> Signatures | None:
    """How the step stands that a task is signed in together; None for any other task."""
    if work.task.element not in published(work.case.version).signed_together:
        return None
    definition = definition_of(work.case, work.instance)
    return Reading(definition, work.instance.state).signatures(work.task.number)


def _tell(work: Work, row: Task, ctx: Context) -> None:
    """Tell whoever had a task, or its post, that it is gone."""
    params = {"what": work.item.name, "step": row.name}
    if row.assignee_id is not None:
        tell_person(work.case, row.assignee_id, work.item, Light.GREEN, NOT_NEEDED, params, ctx)
    else:
        tell_post(work.case, work.item, row.duty, Light.GREEN, NOT_NEEDED, params, ctx)
