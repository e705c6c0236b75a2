"""A member, the holder or the deputy takes a task of the post; then it is theirs alone."""

from datetime import date

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.handing import decision, forward, has, opinion, review
from workflows.actions.claim import AlreadyClaimed, Claim, NotOfPost, OfferWaits
from workflows.actions.import_organisation import ImportOrganisation, PostEntry
from workflows.actions.offers import ColleagueAway
from workflows.actions.people import NotYourTask
from workflows.actions.set_qualification import SetQualification
from workflows.actions.sign_for import SignFor
from workflows.actions.work import SamePerson
from workflows.engine import TaskNotOpen
from workflows.permissions import Role
from workflows.states import ItemState


@pytest.mark.parametrize("who", ["sj.handler", "sj.handler2", "sj.member1", "sj.member2"])
def test_whoever_is_of_the_post_takes_a_task_and_has_it(hall: Hall, who: str) -> None:
    number, task = review(hall)
    row = one_row(hall, who, number, Claim(task.id))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {"item": "R08", "step": "承办人审查"}
    assert has(hall, number) == who
    assert one_row(hall, who, number, opinion(task)).acting_for is None
    assert hall.task(number, "R08").element == "check"


def test_what_somebody_has_is_nobody_elses(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.member1", number, Claim(task.id))
    for who in ("sj.handler", "sj.handler2", "sj.member2"):
        with refused(hall, NotYourTask, hall.actor("sj.member1").name):
            hall.act(who, number, opinion(task))


def test_a_member_who_has_not_taken_it_does_nothing(hall: Hall) -> None:
    number, task = review(hall)
    with refused(hall, NotYourTask, hall.actor("sj.handler").name):
        hall.act("sj.member1", number, opinion(task))


def test_it_is_taken_before_it_is_signed_for(hall: Hall) -> None:
    number = hall.accepted()
    task = hall.task(number, "R08")
    hall.act("sj.member1", number, Claim(task.id))
    hall.act("sj.member1", number, SignFor(task.id))
    assert hall.item(number, "R08").state is ItemState.REVIEWING


def test_the_second_is_told_who_was_first(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.member1", number, Claim(task.id))
    with refused(hall, AlreadyClaimed, f"已由 {hall.actor('sj.member1').name} 认领"):
        hall.act("sj.member2", number, Claim(task.id))


def test_others_take_nothing_of_the_post(hall: Hall) -> None:
    number, task = review(hall)
    for who in ("sj.checker", "sj.chief", "wj.handler"):
        with refused(hall, NotOfPost):
            hall.act(who, number, Claim(task.id))


def test_who_is_away_or_not_qualified_takes_nothing(hall: Hall) -> None:
    number, task = review(hall)
    hall.away("sj.member1", "2026-03-02")
    hall.act("admin", "organisation", SetQualification("sj.member2", "年审", date(2026, 3, 1)))
    for who in ("sj.member1", "sj.member2"):
        with refused(hall, ColleagueAway, hall.actor(who).name):
            hall.act(who, number, Claim(task.id))


def test_who_reviewed_does_not_take_the_check(hall: Hall) -> None:
    entry = PostEntry("SJ", "checker", "sj.checker", "sj.approver", ("sj.handler", "sj.chief"))
    hall.act("admin", "organisation", ImportOrganisation(posts=(entry,)))
    number, task = decision(hall)
    with refused(hall, SamePerson, "承办人审查"):
        hall.act("sj.handler", number, Claim(task.id))
    hall.act("sj.chief", number, Claim(task.id))


def test_what_was_offered_to_a_colleague_waits_for_the_answer(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task))
    with refused(hall, OfferWaits, hall.actor("sj.member1").name):
        hall.act("sj.member2", number, Claim(task.id))


def test_what_is_done_or_of_another_case_is_not_taken(hall: Hall) -> None:
    number, task = review(hall)
    other = hall.accepted()
    with refused(hall, TaskNotOpen):
        hall.act("sj.member1", other, Claim(task.id))
    hall.act("sj.handler", number, opinion(task))
    with refused(hall, TaskNotOpen):
        hall.act("sj.member1", number, Claim(task.id))


def test_only_approvers_take_tasks(hall: Hall) -> None:
    number, task = review(hall)
    only(hall, number, Claim(task.id), Role.APPROVER)


def test_while_who_has_it_is_away_the_post_does_it_in_that_name(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.member1", number, Claim(task.id))
    hall.away("sj.member1", "2026-03-03", "2026-03-03")
    hall.at("2026-03-03T09:30")
    with refused(hall, NotYourTask, hall.actor("sj.handler").name):
        hall.act("sj.member1", number, opinion(task))
    row = one_row(hall, "sj.handler", number, opinion(task))
    assert row.acting_for == hall.actor("sj.member1").name


def test_with_the_holder_away_as_well_it_is_the_deputy_and_back_again(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.member1", number, Claim(task.id))
    for who in ("sj.member1", "sj.handler"):
        hall.away(who, "2026-03-03", "2026-03-03")
    hall.at("2026-03-03T09:30")
    with refused(hall, NotYourTask, hall.actor("sj.handler2").name):
        hall.act("sj.handler", number, opinion(task))
    hall.at("2026-03-04T09:30")
    with refused(hall, NotYourTask, hall.actor("sj.member1").name):
        hall.act("sj.handler2", number, opinion(task))
    assert one_row(hall, "sj.member1", number, opinion(task)).acting_for is None
