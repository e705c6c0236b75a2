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


def require_another(work: Work, ctx: Context) -> None:
    """Refuse who has signed this step already, for another post."""
    if (found := signatures(work)) is None:
        return
    others = [one for one in found.each if one.conclusion and work.task.number not in one.numbers]
    for row in _rows(work, others, ctx):
        if row.closed_by_id == ctx.actor.person_id and row.conclusion and row.void_at is None:
            raise SignedAlready(duty=row.duty)


def signed(work: Work, ctx: Context) -> dict[str, Any]:
    """How the step stands after a signature, for the history; nothing of a step one person does.

    Those whose signature is not needed any more are told.
    """
    if (found := signatures(work)) is None:
        return {}
    spared = [one for one in found.each if one.conclusion is None and not one.waits]
    for row in _rows(work, spared, ctx) if found.count.result else ():
        _tell(work, row, ctx)
    facts = {"rule": found.signing.rule.value, **asdict(found.count)}
    return {"signing": {**facts, "not_needed": [one.signer.duty for one in spared]}}


def signatures(work: Work) -> Signatures | None:
    """How the step stands that a task is signed in together; None for any other task."""
    if work.task.element not in published(work.case.version).signed_together:
        return None
    definition = definition_of(work.case, work.instance)
    return Reading(definition, work.instance.state).signatures(work.task.number)


def _rows(work: Work, each: list[Any], ctx: Context) -> list[Task]:
    """The tasks of some of those who sign."""
    numbers = {number for one in each for number in one.numbers}
    if not numbers:
        return []
    query = select(Task).where(Task.instance_id == work.instance.id, Task.number.in_(numbers))
    return list(ctx.session.scalars(query.order_by(Task.id)))


def _tell(work: Work, row: Task, ctx: Context) -> None:
    """Tell whoever had a task, or its post, that it is gone."""
    params = {"what": work.item.name, "step": row.name}
    if row.assignee_id is not None:
        tell_person(work.case, row.assignee_id, work.item, Light.GREEN, NOT_NEEDED, params, ctx)
    else:
        tell_post(work.case, work.item, row.duty, Light.GREEN, NOT_NEEDED, params, ctx)
