"""Who acts for a post today: its holder (A角), or its deputy (B角) while the holder is away.

A person without valid 执法资格 can be given nothing: that counts as being away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import Session, aliased, joinedload

from workflows.errors import N_, WorkflowError
from workflows.models import Absence, Department, Person, Post
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
    """The person who acts for a post today, and for whom if it is the deputy."""

    person: Person | Candidate
    acting_for: str | None = None


def responsible(post: Post, day: date, barred_id: int | None = None) -> Responsible | None:
    """Who acts for the post on a day; None when holder and deputy are both away.

    Who is barred from a task (一审一核: they did the step before it) counts as away for it.
    """
    qualified_on = day if post.department.enforcement_subject else None
    if _acts(_candidate(post.holder, day), qualified_on, barred_id):
        return Responsible(post.holder)
    if post.deputy and _acts(_candidate(post.deputy, day), qualified_on, barred_id):
        return Responsible(post.deputy, acting_for=post.holder.name)
    return None


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


HOLDER, DEPUTY = aliased(Person), aliased(Person)


def _columns(person: Any) -> list[Any]:
    """The columns of a `Candidate`."""
    day: Any = bindparam("day")
    absence = exists().where(
        Absence.person_id == person.id, Absence.from_on <= day, Absence.to_on >= day
    )
    return [person.id, person.name, person.active, person.qualified_until, absence]


def with_asked(query: Any, duty: Any) -> Any:
    """A query over departments, with `Asked` as its last columns: of the post for a duty."""
    asked = [Department.name, Department.enforcement_subject]
    return (
        query.add_columns(*asked, *_columns(HOLDER), *_columns(DEPUTY))
        .outerjoin(Post, and_(Post.department_code == Department.code, Post.duty == duty))
        .outerjoin(HOLDER, HOLDER.id == Post.holder_id)
        .outerjoin(DEPUTY, DEPUTY.id == Post.deputy_id)
    )


#: The department's name, whether it is an enforcement subject, two candidates.
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
    department, enforcing = asked[:2]
    holder, deputy = Candidate(*asked[2:7]), Candidate(*asked[7:12])
    qualified_on = day if enforcing else None
    who = next((one for one in (holder, deputy) if _acts(one, qualified_on, barred_id)), None)
    if who is None:
        raise NobodyResponsible(department=department, duty=duty)
    if who.id != person_id:
        raise NotYourTask(department=department, duty=duty, person=who.name)
    return Responsible(who, acting_for=None if who is holder else holder.name)
