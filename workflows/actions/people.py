"""Who acts today: whoever has the task; else the holder of the post (A角), else its deputy (B角).

A person without valid 执法资格 can be given nothing: that counts as being away.  While whoever has
a task is away it falls back to the post, and is done in that person's name (代).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from workflows.errors import N_, WorkflowError
from workflows.models import Absence, Department, Person, Post, Task
from workflows.models.organisation import post_members
from workflows.queries.posts import staffed
from workflows.queries.worklist import Mine


class NotYourTask(WorkflowError):
    """The work belongs to another post, or to the holder who is back."""

    sentence = N_("这项工作属于 %(department)s 的“%(duty)s”岗位，今天由 %(person)s 负责。")


class NobodyResponsible(WorkflowError):
    """Holder and deputy are both away."""

    sentence = N_("%(department)s 的“%(duty)s”岗位 AB 角今天都不在岗，请联系负责人。")


class Candidate(NamedTuple):
    """What of a holder or a deputy decides whether they act for the post on a day."""

    id: int
    name: str
    active: bool
    qualified_until: date | None
    absent: bool


@dataclass(frozen=True)
class Responsible:
    """The person who acts today, and for whom if it is not their own."""

    person: Person | Candidate
    acting_for: str | None = None


def responsible(
    post: Post, day: date, barred_id: int | None = None, assignee: Person | None = None
) -> Responsible | None:
    """Who acts on a day, for the post or for who has the task; None when all of them are away.

    Who is barred from a task (一审一核: they did the step before it) counts as away for it.
    """
    principal = assignee or post.holder
    for person in (assignee, post.holder, post.deputy):
        if person is not None and able(person, post.department, day, barred_id):
            return Responsible(person, None if person is principal else principal.name)
    return None


def able(person: Person, department: Department, day: date, barred_id: int | None = None) -> bool:
    """Whether a person can be given work of a department on a day."""
    qualified_on = day if department.enforcement_subject else None
    return _acts(_candidate(person, day), qualified_on, barred_id)


def _candidate(person: Person, day: date) -> Candidate:
    absent = any(absence.from_on <= day <= absence.to_on for absence in person.absences)
    return Candidate(person.id, person.name, person.active, person.qualified_until, absent)


def _acts(candidate: Candidate, qualified_on: date | None, barred_id: int | None) -> bool:
    """Here, not barred, and with the qualification that the department's decisions need."""
    if candidate.absent or not candidate.active or candidate.id == barred_id:
        return False
    until = candidate.qualified_until
    return qualified_on is None or (until is not None and qualified_on <= until)


def posts_of(session: Session, person_id: int, day: date) -> list[tuple[Post, Responsible]]:
    """The posts a person acts for on a day."""
    found = [(post, responsible(post, day)) for post in own_posts(session, person_id)]
    return [(post, who) for post, who in found if who and who.person.id == person_id]


def own_posts(session: Session, person_id: int) -> list[Post]:
    """The posts a person is holder, deputy or member of."""
    member_of = select(post_members.c.post_id).where(post_members.c.person_id == person_id)
    mine = or_(Post.holder_id == person_id, Post.deputy_id == person_id, Post.id.in_(member_of))
    return staffed(session, mine)


def tasks_of(session: Session, person_id: int, day: date) -> Mine:
    """The tasks that fall to a person on a day: of their posts, where they stand in, their own."""
    me = session.get_one(Person, person_id)
    mine = Mine(person_id, [], [])
    for post in own_posts(session, person_id):
        key = (post.department_code, post.duty)
        if person_id not in (post.holder_id, post.deputy_id):
            if able(me, post.department, day):
                mine.pool.append(key)
            continue
        who = responsible(post, day)
        if who is None:
            continue
        if who.person.id == person_id:
            mine.posts.append(key)
            continue
        instead = responsible(post, day, barred_id=who.person.id)
        if instead is not None and instead.person.id == person_id:
            mine.stands_in.append((*key, who.person.id))
    answered_for = mine.posts + [key[:2] for key in mine.stands_in]
    asked = {"day": day, "posts": answered_for}
    mine.away.extend(session.scalars(AWAY, asked) if answered_for else ())
    department = me.department_code and session.get_one(Department, me.department_code)
    mine.present = able(me, department, day) if department else me.active
    return mine


HOLDER, DEPUTY, OWNER = aliased(Person), aliased(Person), aliased(Person)
DAY: Any = bindparam("day")


def _absent(person: Any) -> Any:
    """Whether a person is recorded as away that day."""
    return exists().where(
        Absence.person_id == person.id, Absence.from_on <= DAY, Absence.to_on >= DAY
    )


def acts(person: Any) -> Any:
    """`able`, asked of the database, in a query over departments."""
    until = person.qualified_until
    qualified = and_(until.is_not(None), until >= DAY)
    licensed = or_(Department.enforcement_subject.is_(False), qualified)
    return and_(person.active, ~_absent(person), licensed)


#: Those who have tasks of these posts and are away.
AWAY = (
    select(OWNER.id)
    .join(Task, and_(Task.assignee_id == OWNER.id, Task.closed_at.is_(None)))
    .join(Department, Department.code == Task.department_code)
    .where(tuple_(Task.department_code, Task.duty).in_(bindparam("posts", expanding=True)))
    .where(~acts(OWNER))
    .distinct()
)


def _columns(person: Any) -> list[Any]:
    """The columns of a `Candidate`."""
    return [person.id, person.name, person.active, person.qualified_until, _absent(person)]


def with_asked(query: Any, duty: Any, assignee: Any = None) -> Any:
    """A query over departments, with `Asked` as its last columns: of a post, and who has a task."""
    asked = [Department.name, Department.enforcement_subject]
    found = (
        query.add_columns(*asked, *_columns(HOLDER), *_columns(DEPUTY))
        .outerjoin(Post, and_(Post.department_code == Department.code, Post.duty == duty))
        .outerjoin(HOLDER, HOLDER.id == Post.holder_id)
        .outerjoin(DEPUTY, DEPUTY.id == Post.deputy_id)
    )
    if assignee is None:
        return found
    return found.add_columns(*_columns(OWNER)).outerjoin(OWNER, OWNER.id == assignee)


#: The department's name, whether it is an enforcement subject, two or three candidates.
Asked = Sequence[Any]
ASKED = with_asked(
    select().select_from(Department).where(Department.code == bindparam("department")),
    bindparam("duty"),
)


def require(
    session: Session, department: str, duty: str, person_id: int | None, day: date
) -> Responsible:
    """The responsible person, who must be this one; else a refusal that names who it is."""
    asked = {"department": department, "duty": duty, "day": day}
    found = session.execute(ASKED, asked).one()
    return must_be(person_id, found, duty, day)


def must_be(
    person_id: int | None, asked: Asked, duty: str, day: date, barred_id: int | None = None
) -> Responsible:
    """As `require`, of those who were asked for together with something else."""
    department, enforcing, *columns = asked
    holder, deputy, *owners = (Candidate(*columns[at : at + 5]) for at in range(0, len(columns), 5))
    owner = next((one for one in owners if one.id is not None), None)
    qualified_on = day if enforcing else None
    asking = (one for one in (owner, holder, deputy) if one is not None)
    who = next((one for one in asking if _acts(one, qualified_on, barred_id)), None)
    if who is None:
        raise NobodyResponsible(department=department, duty=duty)
    if who.id != person_id:
        raise NotYourTask(department=department, duty=duty, person=who.name)
    principal = owner or holder
    return Responsible(who, acting_for=None if who.id == principal.id else principal.name)
