"""A task is given back to its post, with all that was offered of it."""

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.handing import forward, has, offers, opinion, review
from workflows.actions.claim import Claim
from workflows.actions.people import NotYourTask
from workflows.actions.release import NotClaimed, Release
from workflows.engine import TaskNotOpen
from workflows.permissions import Role


def test_it_is_the_post_s_again_and_anyone_of_it_may_take_it(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.member1", number, Claim(task.id))
    row = one_row(hall, "sj.member1", number, Release(task.id))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {"item": "R08", "step": "承办人审查"}
    assert has(hall, number) is None
    hall.act("sj.member2", number, Claim(task.id))
    assert has(hall, number) == "sj.member2"


def test_what_nobody_took_cannot_be_given_back(hall: Hall) -> None:
    number, task = review(hall)
    with refused(hall, NotClaimed):
        hall.act("sj.handler", number, Release(task.id))


def test_only_who_has_it_gives_it_back_or_who_stands_in(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.member1", number, Claim(task.id))
    with refused(hall, NotYourTask):
        hall.act("sj.handler", number, Release(task.id))
    hall.away("sj.member1", "2026-03-02")
    row = one_row(hall, "sj.handler", number, Release(task.id))
    assert row.acting_for == hall.actor("sj.member1").name


def test_what_was_offered_is_taken_back(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.member1", number, Claim(task.id))
    hall.act("sj.member1", number, forward(task, "sj.member2"))
    hall.act("sj.member1", number, Release(task.id))
    assert offers(hall, task) == [("sj.member2", False, "")]


def test_what_is_done_stays_done(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, opinion(task))
    with refused(hall, TaskNotOpen):
        hall.act("sj.handler", number, Release(task.id))


def test_only_approvers_give_tasks_back(hall: Hall) -> None:
    number, task = review(hall)
    only(hall, number, Release(task.id), Role.APPROVER)
