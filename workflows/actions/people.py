"""Who acts for a post today: its holder (A角), or its deputy (B角) while the holder is away.

A person without valid 执法资格 can be given nothing: that counts as being away.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from workflows.errors import N_, WorkflowError
from workflows.models import Person, Post
from workflows.queries.worklist import Mine


class NotYourTask(WorkflowError):
    """The work belongs to another post, or to the holder who is back."""

    sentence = N_("这项工作属于 %(department)s 的“%(duty)s”岗位，今天由 %(person)s 负责。")


class NobodyResponsible(WorkflowError):
    """Holder and deputy are both away."""

    sentence = N_("%(department)s 的“%(duty)s”岗位 AB 角今天都不在岗，请联系负责人。")


@dataclass(frozen=True)
class Responsible:
    """The person who acts for a post today, and for whom if it is the deputy."""

    person: Person
    acting_for: str | None = None


def away(person: Person, post: Post, day: date, barred_id: int | None = None) -> bool:
    """Absent, left, barred, or without the qualification that the department's decisions need."""
    unqualified = post.department.enforcement_subject and not person.qualified_on(day)
    absent = any(absence.from_on <= day <= absence.to_on for absence in person.absences)
    return not person.active or unqualified or absent or person.id == barred_id


def responsible(post: Post, day: date, barred_id: int | None = None) -> Responsible | None:
    """Who acts for the post on a day; None when holder and deputy are both away.

    Who is barred from a task (一审一核: they did the step before it) counts as away for it.
    """
    if not away(post.holder, post, day, barred_id):
        return Responsible(post.holder)
    if post.deputy is not None and not away(post.deputy, post, day, barred_id):
        return Responsible(post.deputy, acting_for=post.holder.name)
    return None


def posts_of(session: Session, person_id: int, day: date) -> list[tuple[Post, Responsible]]:
    """The posts a person acts for on a day."""
    found = [(post, responsible(post, day)) for post in _posts(session, person_id)]
    return [(post, who) for post, who in found if who and who.person.id == person_id]


def _posts(session: Session, person_id: int) -> list[Post]:
    """The posts a person holds or is deputy of."""
    query = (
        select(Post)
        .where((Post.holder_id == person_id) | (Post.deputy_id == person_id))
        .options(
            joinedload(Post.department),
            joinedload(Post.holder).selectinload(Person.absences),
            joinedload(Post.deputy).selectinload(Person.absences),
        )
    )
    return list(session.scalars(query).unique())


def post(session: Session, department: str, duty: str) -> Post | None:
    """The post of a department that has a duty."""
    query = (
        select(Post)
        .where(Post.department_code == department, Post.duty == duty)
        .options(selectinload(Post.department))
    )
    return session.scalar(query)


def tasks_of(session: Session, person_id: int, day: date) -> Mine:
    """The tasks that fall to a person on a day: of their posts, and where they stand in."""
    mine = Mine(person_id, [], [])
    for post in _posts(session, person_id):
        key = (post.department_code, post.duty)
        who = responsible(post, day)
        if who is None:
            continue
        if who.person.id == person_id:
            mine.posts.append(key)
            continue
        instead = responsible(post, day, barred_id=who.person.id)
        if instead is not None and instead.person.id == person_id:
            mine.stands_in.append((*key, who.person.id))
    return mine


def require(
    session: Session,
    department: str,
    duty: str,
    person_id: int | None,
    day: date,
    barred_id: int | None = None,
) -> Responsible:
    """The responsible person, who must be this one; else a refusal that names who it is."""
    found = post(session, department, duty)
    who = responsible(found, day, barred_id) if found else None
    name = found.department.name if found else department
    if who is None:
        raise NobodyResponsible(department=name, duty=duty)
    if who.person.id != person_id:
        raise NotYourTask(department=name, duty=duty, person=who.person.name)
    return who
