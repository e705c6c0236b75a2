"""执法资格: valid until a day, or suspended; each change is remembered with its reason."""

from datetime import date

from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.actions.base import ReasonMissing
from workflows.actions.set_qualification import SetQualification
from workflows.actions.staff import PersonUnknown
from workflows.models import Notice, Person
from workflows.permissions import Role

SUSPENDED = SetQualification("sj.handler", "考核不合格")


def test_a_suspension_is_one_row_with_what_was_before(hall: Hall) -> None:
    row = one_row(hall, "admin", "organisation", SUSPENDED)
    assert path(row) == ("active", "active")
    assert row.details == {
        "username": "sj.handler", "before": "2029-12-31", "qualified_until": None,
        "reason": "考核不合格",
    }  # fmt: skip


def test_it_may_be_given_back_for_a_time(hall: Hall) -> None:
    hall.act("admin", "organisation", SUSPENDED)
    until = SetQualification("sj.handler", "补考合格", date(2027, 3, 1))
    assert one_row(hall, "admin", "organisation", until).details["before"] is None
    with hall.read() as session:
        person = session.scalars(select(Person).where(Person.username == "sj.handler")).one()
        assert person.qualified_on(date(2027, 3, 1))
        assert not person.qualified_on(date(2027, 3, 2))


def test_somebody_is_meant_and_for_a_reason(hall: Hall) -> None:
    with refused(hall, PersonUnknown, "nobody"):
        hall.act("admin", "organisation", SetQualification("nobody", "考核不合格"))
    with refused(hall, ReasonMissing):
        hall.act("admin", "organisation", SetQualification("sj.handler", ""))


def test_only_the_administrator_sets_it(hall: Hall) -> None:
    only(hall, "organisation", SUSPENDED, Role.ADMIN)


def test_a_suspension_that_leaves_a_post_alone_is_told_like_an_absence(hall: Hall) -> None:
    hall.away("sj.handler2", "2026-03-10", "2026-03-11")
    suspended = SetQualification("sj.handler", "年度考核")
    row = one_row(hall, "admin", "organisation", suspended)
    assert row.details["uncovered"] == ["SJ.handler 2026-03-10 – 2026-03-11"]
    with hall.read() as session:
        told = session.scalars(select(Notice).where(Notice.case_id.is_(None))).all()
    assert {(one.department_code, one.duty, one.role) for one in told} == {
        ("SJ", "chief", None), (None, None, "supervisor"),
    }  # fmt: skip
