"""Import departments, people and posts (机构、人员、岗位): added or brought up to date, never lost.

Who has left stays in the history; a post always has a holder.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from workflows.actions.base import Context, OrganisationAction
from workflows.actions.staff import PersonUnknown
from workflows.errors import N_, WorkflowError
from workflows.models import Department, Organisation, Person, Post
from workflows.permissions import Role


class DepartmentUnknown(WorkflowError):
    """A person or a post of a department that does not exist."""

    sentence = N_("没有编号为“%(code)s”的部门，请您核对编号，或者先在部门中登记。")


@dataclass(frozen=True)
class DepartmentEntry:
    """A department as imported."""

    code: str
    name: str
    name_en: str
    enforcement_subject: bool


@dataclass(frozen=True)
class PersonEntry:
    """A person as imported; the password comes hashed."""

    username: str
    name: str
    password_hash: str
    roles: tuple[Role, ...]
    department: str | None = None
    qualification_number: str | None = None
    qualified_until: date | None = None


@dataclass(frozen=True)
class PostEntry:
    """A post as imported, by the user names of its people; None leaves its members as they are."""

    department: str
    duty: str
    holder: str
    deputy: str | None = None
    members: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ImportOrganisation(OrganisationAction):
    departments: tuple[DepartmentEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    posts: tuple[PostEntry, ...] = ()

    name = "import_organisation"

    def apply(self, organisation: Organisation, ctx: Context) -> dict[str, Any]:
        session = ctx.session
        for department in self.departments:
            session.merge(Department(**vars(department)))
        session.flush()
        self._check_departments(set(session.scalars(select(Department.code))))
        people = {person.username: person for person in session.scalars(select(Person))}
        for entry in self.people:
            person = people.setdefault(entry.username, Person(username=entry.username))
            _fill(person, entry)
            session.add(person)
        session.flush()
        posts = {(post.department_code, post.duty): post for post in session.scalars(select(Post))}
        for wanted in self.posts:
            key = (wanted.department, wanted.duty)
            post = posts.get(key) or Post(department_code=key[0], duty=key[1])
            post.holder_id = _person(people, wanted.holder).id
            post.deputy_id = _person(people, wanted.deputy).id if wanted.deputy else None
            if wanted.members is not None:
                leads = (post.holder_id, post.deputy_id)
                members = [_person(people, username) for username in wanted.members]
                post.members = [one for one in dict.fromkeys(members) if one.id not in leads]
            session.add(post)
        named = {f"{p.department}.{p.duty}": list(p.members) for p in self.posts if p.members}
        return {
            "departments": [department.code for department in self.departments],
            "people": [person.username for person in self.people],
            "posts": [f"{post.department}.{post.duty}" for post in self.posts],
            **({"members": named} if named else {}),
        }

    def _check_departments(self, known: set[str]) -> None:
        entries: tuple[PersonEntry | PostEntry, ...] = (*self.people, *self.posts)
        for entry in entries:
            if entry.department is not None and entry.department not in known:
                raise DepartmentUnknown(code=entry.department)


def _fill(person: Person, entry: PersonEntry) -> None:
    person.name = entry.name
    person.password_hash = entry.password_hash
    person.roles = [role.value for role in entry.roles]
    person.department_code = entry.department
    person.qualification_number = entry.qualification_number
    person.qualified_until = entry.qualified_until
    person.active = True


def _person(people: dict[str, Person], username: str) -> Person:
    if username not in people:
        raise PersonUnknown(username=username)
    return people[username]
