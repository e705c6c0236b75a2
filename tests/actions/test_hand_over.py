"""移交: everything of who leaves goes to a successor at once, and one row says what."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.handing import REASON, decision, forward, has, offers, opinion, review
from workflows.actions.base import ReasonMissing
from workflows.actions.claim import Claim
from workflows.actions.delegate import Delegate
from workflows.actions.hand_over import HandOver, SuccessorUnfit
from workflows.actions.import_organisation import ImportOrganisation, PostEntry
from workflows.actions.set_qualification import SetQualification
from workflows.actions.staff import PersonUnknown
from workflows.models import Person, Post
from workflows.permissions import Role

WHY = "调离本单位"


def posts(hall: Hall, duty: str) -> tuple[str, str | None, list[str]]:
    """Holder, deputy and members of a post of the department."""
    query = select(Post).where(Post.department_code == "SJ", Post.duty == duty)
    with hall.read() as session:
        post = session.scalars(query).one()
        deputy = post.deputy.username if post.deputy else None
        return post.holder.username, deputy, [one.username for one in post.members]


def active(hall: Hall, username: str) -> bool:
    with hall.read() as session:
        return session.scalars(select(Person.active).where(Person.username == username)).one()


def test_posts_tasks_and_offers_go_at_once_and_one_row_says_which(hall: Hall) -> None:
    number, task = review(hall)
    other, second = review(hall)
    hall.act("sj.handler", number, Claim(task.id))
    hall.act("sj.handler", other, forward(second, "sj.member2"))
    row = one_row(hall, "admin", "organisation", HandOver("sj.handler", "sj.member1", WHY))
    assert path(row) == ("active", "active")
    assert row.details == {
        "username": "sj.handler",
        "successor": "sj.member1",
        "reason": WHY,
        "counts": {"posts": 1, "tasks": 1, "offers": 1},
        "posts": ["SJ.handler"],
        "tasks": [f"{number} R08 承办人审查"],
        "offers": [f"{other} R08 承办人审查"],
    }
    assert posts(hall, "handler") == ("sj.member1", "sj.handler2", ["sj.member2"])
    assert has(hall, number) == "sj.member1"
    assert not active(hall, "sj.handler")
    hall.act("sj.member1", number, opinion(task))
    hall.act("sj.member1", other, opinion(second))


def test_a_deputy_who_succeeds_leaves_the_post_without_a_deputy(hall: Hall) -> None:
    hall.act("admin", "organisation", HandOver("sj.handler", "sj.handler2", WHY))
    assert posts(hall, "handler") == ("sj.handler2", None, ["sj.member1", "sj.member2"])


def test_a_member_is_followed_by_a_member(hall: Hall) -> None:
    hall.act("admin", "organisation", HandOver("sj.member1", "sj.chief", WHY))
    assert posts(hall, "handler")[2] == ["sj.chief", "sj.member2"]
    hall.act("admin", "organisation", HandOver("sj.member2", "sj.chief", WHY))
    assert posts(hall, "handler")[2] == ["sj.chief"]


def test_what_the_successor_may_not_do_is_the_post_s_again(hall: Hall) -> None:
    entry = PostEntry("SJ", "checker", "sj.checker", "sj.approver", ("sj.member1",))
    hall.act("admin", "organisation", ImportOrganisation(posts=(entry,)))
    number, task = decision(hall)
    hall.act("sj.member1", number, Claim(task.id))
    row = one_row(hall, "admin", "organisation", HandOver("sj.member1", "sj.handler", WHY))
    assert row.details["to_post"] == [f"{number} R08 {task.name}"]
    assert "tasks" not in row.details
    assert has(hall, number) is None
    hall.act("sj.checker", number, opinion(task))


def test_what_waits_for_who_leaves_waits_for_the_successor(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, Delegate(task.id, "sj.member1", REASON))
    hall.act("admin", "organisation", HandOver("sj.member1", "sj.member2", WHY))
    assert offers(hall, task) == [("sj.member2", None, "")]
    hall.act("admin", "organisation", HandOver("sj.member2", "sj.handler", WHY))
    assert offers(hall, task) == [("sj.handler", False, "")]  # to oneself nobody hands anything


@pytest.mark.parametrize("successor", ["sj.handler", "wj.handler", "window1"])
def test_the_successor_is_another_of_the_same_department_and_role(
    hall: Hall, successor: str
) -> None:
    with refused(hall, SuccessorUnfit, hall.actor(successor).name):
        hall.act("admin", "organisation", HandOver("sj.handler", successor, WHY))


def test_the_successor_is_qualified_and_has_not_left(hall: Hall) -> None:
    hall.act("admin", "organisation", SetQualification("sj.member1", "年审", date(2026, 3, 1)))
    hall.act("admin", "organisation", HandOver("sj.member2", "sj.chief", WHY))
    for successor in ("sj.member1", "sj.member2"):
        with refused(hall, SuccessorUnfit):
            hall.act("admin", "organisation", HandOver("sj.handler", successor, WHY))


def test_both_are_known_and_there_is_a_reason(hall: Hall) -> None:
    with refused(hall, PersonUnknown, "nobody"):
        hall.act("admin", "organisation", HandOver("nobody", "sj.handler", WHY))
    with refused(hall, PersonUnknown, "nobody"):
        hall.act("admin", "organisation", HandOver("sj.handler", "nobody", WHY))
    with refused(hall, ReasonMissing):
        hall.act("admin", "organisation", HandOver("sj.handler", "sj.member1", " "))


def test_a_post_left_alone_by_it_is_named(hall: Hall) -> None:
    hall.away("sj.handler2", "2026-03-05", "2026-03-06")
    row = one_row(hall, "admin", "organisation", HandOver("sj.handler", "sj.handler2", WHY))
    assert row.details["uncovered"] == ["SJ.handler 2026-03-05 – 2026-03-06"]


def test_only_the_administrator_hands_over(hall: Hall) -> None:
    only(hall, "organisation", HandOver("sj.handler", "sj.member1", WHY), Role.ADMIN)
