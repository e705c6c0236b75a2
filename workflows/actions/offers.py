"""What handing a task to a colleague has in common, for good (转办) or to have it back (委派)."""

from sqlalchemy import func, select, update

from workflows.actions.base import Context
from workflows.actions.people import able
from workflows.actions.staff import PersonUnknown
from workflows.actions.work import SamePerson, Work, done_by, open_task
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Department, OfferKind, Person, Task, TaskOffer
from workflows.models.rows import add_last, connection_of, table_of
from workflows.permissions import Role


class NotColleague(WorkflowError):
    """A task is handed on within its department only, and not to oneself."""

    sentence = N_("只能转交本部门的其他审批人员，%(person)s 不是。")


class ColleagueAway(WorkflowError):
    """Who is away, or has no valid 执法资格, can be given nothing."""

    sentence = N_("%(person)s 今天不在岗，或没有有效的执法资格，不能接手。")


class ColleagueBarred(WorkflowError):
    """一审一核: who reviewed may not check, whoever hands the task on."""

    sentence = N_("“%(step)s”由 %(person)s 办理，复核须由另一人进行（一审一核），不能转交。")


class NoOffer(WorkflowError):
    """Nobody handed this task to whoever answers, or it was answered or taken back."""

    sentence = N_("没有等待您答复的转交，可能已撤回或已答复。")


def offer(work: Work, kind: OfferKind, username: str, reason: str, ctx: Context) -> Person:
    """Hand a task to a colleague, in place of what was offered before; who it is."""
    person = _colleague(work, username, ctx)
    take_back_offers(work.task, ctx)
    assert ctx.actor.person_id is not None, "only people have tasks"
    row = TaskOffer(
        task_id=work.task.id,
        kind=kind,
        from_id=ctx.actor.person_id,
        to_id=person.id,
        reason=reason,
        at=ctx.now,
    )
    add_last(ctx.session, row)
    return person


def _colleague(work: Work, username: str, ctx: Context) -> Person:
    query = select(Person).where(Person.username == username)
    person = ctx.session.scalar(query)
    if person is None:
        raise PersonUnknown(username=username)
    own = person.id == ctx.actor.person_id
    if own or person.department_code != work.task.department_code:
        raise NotColleague(person=person.name)
    if Role.APPROVER not in person.roles:
        raise NotColleague(person=person.name)
    must_be_free(work.case, work.task, person, ctx)
    return person


def must_be_free(case: Case, task: Task, person: Person, ctx: Context) -> None:
    """Refuse who may not be given this task today; 一审一核 holds for everybody."""
    if person.id == task.barred_id:
        step = done_by(case, task, person.id)
        if person.id == ctx.actor.person_id:
            raise SamePerson(step=step)
        raise ColleagueBarred(person=person.name, step=step)
    department = ctx.session.get_one(Department, task.department_code)
    if not able(person, department, ctx.today):
        raise ColleagueAway(person=person.name)


def take_back_offers(task: Task, ctx: Context) -> None:
    """Whatever of a task waits for an answer waits no longer."""
    waiting = update(table_of(TaskOffer)).where(
        TaskOffer.task_id == task.id, TaskOffer.answered_at.is_(None)
    )
    connection_of(ctx.session).execute(waiting.values(answered_at=ctx.now, accepted=False))


def answer(
    case: Case, task_id: int, kind: OfferKind, accepted: bool, words: str, ctx: Context
) -> tuple[TaskOffer, Task, CaseItem]:  # fmt: skip
    """Answer what a colleague handed to whoever acts."""
    task, item = open_task(case, task_id, ctx)
    found = ctx.session.scalar(
        select(TaskOffer).where(
            TaskOffer.task_id == task.id,
            TaskOffer.kind == kind,
            TaskOffer.to_id == ctx.actor.person_id,
            TaskOffer.answered_at.is_(None),
        )
    )
    if found is None:
        raise NoOffer
    if accepted:
        must_be_free(case, task, found.taker, ctx)
    found.answered_at, found.accepted, found.answer = ctx.now, accepted, words
    return found, task, item


def times_forwarded(task: Task, ctx: Context) -> int:
    """How often a task has gone from hand to hand."""
    query = select(func.count()).where(
        TaskOffer.task_id == task.id,
        TaskOffer.kind == OfferKind.FORWARD,
        TaskOffer.accepted.is_(True),
    )
    return ctx.session.scalar(query) or 0
