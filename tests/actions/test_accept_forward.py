"""接收转办: now it is theirs; how often a task went from hand to hand is counted."""

from itertools import pairwise

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.handing import decision, forward, has, offers, opinion, review
from workflows.actions.accept_forward import AcceptForward
from workflows.actions.import_organisation import ImportOrganisation, PostEntry
from workflows.actions.offers import ColleagueAway, NoOffer
from workflows.actions.people import NotYourTask
from workflows.actions.release import Release
from workflows.actions.send_back import SendBack
from workflows.engine import TaskNotOpen
from workflows.permissions import Role


def test_the_task_changes_hands(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task, "sj.checker"))
    row = one_row(hall, "sj.checker", number, AcceptForward(task.id))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R08", "step": "承办人审查", "from_person": hall.actor("sj.handler").name,
        "forwarded": 1,
    }  # fmt: skip
    assert has(hall, number) == "sj.checker"
    assert offers(hall, task) == [("sj.checker", True, "")]
    with refused(hall, NotYourTask, hall.actor("sj.checker").name):
        hall.act("sj.handler", number, opinion(task))
    hall.act("sj.checker", number, opinion(task))


def test_from_hand_to_hand_is_counted(hall: Hall) -> None:
    number, task = review(hall)
    hands = ["sj.handler", "sj.member1", "sj.handler", "sj.member1"]
    for giver, taker in pairwise(hands):
        hall.act(giver, number, forward(task, taker))
        hall.act(taker, number, AcceptForward(task.id))
    assert hall.history(number)[-1].details["forwarded"] == 3


def test_only_who_was_asked_accepts_and_only_once(hall: Hall) -> None:
    number, task = review(hall)
    with refused(hall, NoOffer):
        hall.act("sj.member1", number, AcceptForward(task.id))
    hall.act("sj.handler", number, forward(task))
    with refused(hall, NoOffer):
        hall.act("sj.member2", number, AcceptForward(task.id))
    hall.act("sj.member1", number, AcceptForward(task.id))
    with refused(hall, NoOffer):
        hall.act("sj.member1", number, AcceptForward(task.id))


def test_what_was_done_meanwhile_is_not_accepted(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task))
    hall.act("sj.handler", number, opinion(task))
    with refused(hall, TaskNotOpen):
        hall.act("sj.member1", number, AcceptForward(task.id))


def test_who_went_away_meanwhile_does_not_accept(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task))
    hall.away("sj.member1", "2026-03-02")
    with refused(hall, ColleagueAway):
        hall.act("sj.member1", number, AcceptForward(task.id))


def test_a_post_takes_it_up_when_who_accepted_gives_it_back(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task, "sj.checker"))
    hall.act("sj.checker", number, AcceptForward(task.id))
    hall.act("sj.checker", number, Release(task.id))
    hall.act("sj.handler", number, opinion(task))


def test_what_is_sent_back_comes_to_who_had_it(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task))
    hall.act("sj.member1", number, AcceptForward(task.id))
    hall.act("sj.member1", number, opinion(task))
    check = hall.task(number, "R08")
    hall.act("sj.checker", number, SendBack(check.id, task.id, "记录不全"))
    assert has(hall, number) == "sj.member1"


def test_who_accepted_the_review_is_barred_from_the_check(hall: Hall) -> None:
    entry = PostEntry("SJ", "checker", "sj.member1", "sj.checker")
    hall.act("admin", "organisation", ImportOrganisation(posts=(entry,)))
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task))
    hall.act("sj.member1", number, AcceptForward(task.id))
    hall.act("sj.member1", number, opinion(task))
    check = hall.task(number, "R08")
    row = one_row(hall, "sj.checker", number, opinion(check))
    assert row.acting_for == hall.actor("sj.member1").name


@pytest.mark.parametrize("who", ["sj.handler", "sj.checker"])
def test_a_check_is_forwarded_within_the_same_rule(hall: Hall, who: str) -> None:
    number, task = decision(hall)
    hall.act("sj.checker", number, forward(task, "sj.member1"))
    hall.act("sj.member1", number, AcceptForward(task.id))
    with refused(hall, NotYourTask):
        hall.act(who, number, opinion(task))
    hall.act("sj.member1", number, opinion(task))


def test_only_approvers_accept(hall: Hall) -> None:
    number, task = review(hall)
    only(hall, number, AcceptForward(task.id), Role.APPROVER)
