"""Who acts for a post today: its holder (A角), or its deputy (B角) while the holder is away.

A person without valid 执法资格 can be given nothing: that counts as being away.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from workflows.errors import N_, WorkflowError
from workflows.models import Person, Post


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


def away(person: Person, post: Post, day: date) -> bool:
    """Absent, left, or without the qualification that the department's decisions need."""
    unqualified = post.department.enforcement_subject and not person.qualified_on(day)
    absent = any(absence.from_on <= day <= absence.to_on for absence in person.absences)
    return not person.active or unqualified or absent


def responsible(post: Post, day: date) -> Responsible | None:
    """Who acts for the post on a day; None when holder and deputy are both away."""
    if not away(post.holder, post, day):
        return Responsible(post.holder)
    if post.deputy is not None and not away(post.deputy, post, day):
        return Responsible(post.deputy, acting_for=post.holder.name)
    return None


def posts_of(session: Session, person_id: int, day: date) -> list[tuple[Post, Responsible]]:
    """The posts a person acts for on a day."""
    query = (
        select(Post)
        .where((Post.holder_id == person_id) | (Post.deputy_id == person_id))
        .options(
            joinedload(Post.department),
            joinedload(Post.holder).selectinload(Person.absences),
            joinedload(Post.deputy).selectinload(Person.absences),
        )
    )
    found = [(post, responsible(post, day)) for post in session.scalars(query).unique()]
    return [(post, who) for post, who in found if who and who.person.id == person_id]


def post(session: Session, department: str, duty: str) -> Post | None:
    """The post of a department that has a duty."""
    query = (
        select(Post)
        .where(Post.department_code == department, Post.duty == duty)
        .options(selectinload(Post.department))
    )
    return session.scalar(query)


def require(
    session: Session, department: str, duty: str, person_id: int | None, day: date
) -> Responsible:
    """The responsible person, who must be this one; else a refusal that names who it is."""
    found = post(session, department, duty)
    who = responsible(found, day) if found else None
    name = found.department.name if found else department
    if who is None:
        raise NobodyResponsible(department=name, duty=duty)
    if who.person.id != person_id:
        raise NotYourTask(department=name, duty=duty, person=who.person.name)
    return who
