"""机构、人员、岗位: added or brought up to date, never lost, and named when they do not exist."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.import_organisation import (
    DepartmentEntry,
    DepartmentUnknown,
    ImportOrganisation,
    PersonEntry,
    PostEntry,
)
from workflows.actions.staff import PersonUnknown
from workflows.models import Department, Person, Post
from workflows.permissions import Role

LI = PersonEntry(
    "li.qiang", "李强", "a hash", (Role.APPROVER,), "TY", "ZF990001", date(2027, 6, 30)
)
SPORTS = ImportOrganisation(
    (DepartmentEntry("TY", "体育局", "Sports", True),),
    (LI,),
    (PostEntry("TY", "handler", "li.qiang", "sj.handler"),),
)


def test_what_is_new_is_added_and_everything_else_stays(hall: Hall) -> None:
    with hall.read() as session:
        before = len(session.scalars(select(Person)).all())
    hall.act("admin", "organisation", SPORTS)
    with hall.read() as session:
        assert len(session.scalars(select(Person)).all()) == before + 1
        post = session.scalars(select(Post).where(Post.department_code == "TY")).one()
        assert post.holder.name == "李强"
        assert post.deputy is not None
        assert post.deputy.username == "sj.handler"
        assert post.holder.qualified_until == date(2027, 6, 30)


def test_what_is_known_is_brought_up_to_date_under_the_same_number(hall: Hall) -> None:
    hall.act("admin", "organisation", SPORTS)
    changed = ImportOrganisation(
        (DepartmentEntry("TY", "文化体育局", "Culture and Sports", False),),
        (PersonEntry("li.qiang", "李强", "another hash", (Role.APPROVER, Role.ADMIN), "TY"),),
        (PostEntry("TY", "handler", "sj.handler"),),
    )
    hall.act("admin", "organisation", changed)
    with hall.read() as session:
        department = session.get_one(Department, "TY")
        assert (department.name, department.enforcement_subject) == ("文化体育局", False)
        person = session.scalars(select(Person).where(Person.username == "li.qiang")).one()
        assert person.roles == ["approver", "admin"]
        assert person.qualified_until is None
        post = session.scalars(select(Post).where(Post.department_code == "TY")).one()
        assert (post.holder.username, post.deputy) == ("sj.handler", None)


def test_the_row_names_everything_and_no_password(hall: Hall) -> None:
    row = one_row(hall, "admin", "organisation", SPORTS)
    assert path(row) == ("active", "active")
    assert row.details == {"departments": ["TY"], "people": ["li.qiang"], "posts": ["TY.handler"]}


def test_a_post_of_nobody_is_refused_by_name(hall: Hall) -> None:
    nobody = ImportOrganisation(posts=(PostEntry("SJ", "handler", "nobody.here"),))
    with refused(hall, PersonUnknown, "nobody.here"):
        hall.act("admin", "organisation", nobody)
    deputy = ImportOrganisation(posts=(PostEntry("SJ", "handler", "sj.handler", "nobody.here"),))
    with refused(hall, PersonUnknown, "nobody.here"):
        hall.act("admin", "organisation", deputy)


def test_people_and_posts_of_no_department_are_refused_by_its_code(hall: Hall) -> None:
    with refused(hall, DepartmentUnknown, "TY"):
        hall.act("admin", "organisation", ImportOrganisation(people=(LI,)))
    post = ImportOrganisation(posts=(PostEntry("XX", "handler", "sj.handler"),))
    with refused(hall, DepartmentUnknown, "XX"):
        hall.act("admin", "organisation", post)


def test_only_the_administrator_imports(hall: Hall) -> None:
    only(hall, "organisation", SPORTS, Role.ADMIN)


def members(hall: Hall) -> list[str]:
    """The members of the one post of the demonstration that has some."""
    query = select(Post).where(Post.department_code == "SJ", Post.duty == "handler")
    with hall.read() as session:
        return [person.username for person in session.scalars(query).one().members]


def test_members_are_replaced_when_they_are_named_and_stay_when_not(hall: Hall) -> None:
    assert members(hall) == ["sj.member1", "sj.member2"]
    post = PostEntry("SJ", "handler", "sj.handler", "sj.handler2")
    hall.act("admin", "organisation", ImportOrganisation(posts=(post,)))
    assert members(hall) == ["sj.member1", "sj.member2"]
    named = replace(post, members=("sj.checker", "sj.handler", "sj.member2"))
    row = one_row(hall, "admin", "organisation", ImportOrganisation(posts=(named,)))
    assert members(hall) == ["sj.checker", "sj.member2"], "the holder is no member"
    assert row.details["members"] == {"SJ.handler": ["sj.checker", "sj.handler", "sj.member2"]}
    hall.act("admin", "organisation", ImportOrganisation(posts=(replace(post, members=()),)))
    assert members(hall) == []


def test_a_member_nobody_knows_is_refused_by_name(hall: Hall) -> None:
    post = PostEntry("SJ", "handler", "sj.handler", None, ("nobody.here",))
    with refused(hall, PersonUnknown, "nobody.here"):
        hall.act("admin", "organisation", ImportOrganisation(posts=(post,)))
