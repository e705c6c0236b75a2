"""转办: offered to a colleague who can do it; until it is accepted the first contact has it."""

from datetime import date

import pytest

from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from tests.handing import REASON, decision, forward, has, offers, opinion, review
from workflows.actions.base import ReasonMissing
from workflows.actions.forward import Forward
from workflows.actions.offers import ColleagueAway, ColleagueBarred, NotColleague
from workflows.actions.people import NotYourTask
from workflows.actions.set_qualification import SetQualification
from workflows.actions.staff import PersonUnknown
from workflows.permissions import Role


def test_it_is_offered_and_stays_where_it_was(hall: Hall) -> None:
    number, task = review(hall)
    row = one_row(hall, "sj.handler", number, forward(task))
    assert path(row) == ("in_review", "in_review")
    assert row.details == {
        "item": "R08", "step": "承办人审查", "to_person": hall.actor("sj.member1").name,
        "reason": REASON,
    }  # fmt: skip
    assert has(hall, number) is None
    assert offers(hall, task) == [("sj.member1", None, "")]
    with refused(hall, NotYourTask):
        hall.act("sj.member1", number, opinion(task))
    hall.act("sj.handler", number, opinion(task))


def test_a_deputy_offers_it_in_the_name_of_the_holder(hall: Hall) -> None:
    number, task = review(hall)
    hall.away("sj.handler", "2026-03-02")
    row = one_row(hall, "sj.handler2", number, forward(task))
    assert row.acting_for == hall.actor("sj.handler").name


def test_what_is_offered_to_another_waits_for_the_first_no_longer(hall: Hall) -> None:
    number, task = review(hall)
    hall.act("sj.handler", number, forward(task))
    hall.act("sj.handler", number, forward(task, "sj.checker"))
    assert offers(hall, task) == [("sj.member1", False, ""), ("sj.checker", None, "")]


@pytest.mark.parametrize("to", ["wj.handler", "window1", "sj.handler"])
def test_it_goes_to_another_approver_of_the_department_only(hall: Hall, to: str) -> None:
    number, task = review(hall)
    with refused(hall, NotColleague, hall.actor(to).name):
        hall.act("sj.handler", number, forward(task, to))


def test_it_goes_to_nobody_who_is_away_or_not_qualified(hall: Hall) -> None:
    number, task = review(hall)
    hall.away("sj.member1", "2026-03-02", "2026-03-02")
    hall.act("admin", "organisation", SetQualification("sj.member2", "年审", date(2026, 3, 1)))
    for to in ("sj.member1", "sj.member2"):
        with refused(hall, ColleagueAway, hall.actor(to).name):
            hall.act("sj.handler", number, forward(task, to))


def test_a_check_does_not_go_to_who_reviewed(hall: Hall) -> None:
    number, task = decision(hall)
    with refused(hall, ColleagueBarred, hall.actor("sj.handler").name):
        hall.act("sj.checker", number, forward(task, "sj.handler"))


def test_a_reason_and_a_known_name_are_needed(hall: Hall) -> None:
    number, task = review(hall)
    with refused(hall, ReasonMissing):
        hall.act("sj.handler", number, Forward(task.id, "sj.member1", " "))
    with refused(hall, PersonUnknown):
        hall.act("sj.handler", number, forward(task, "nobody"))


def test_only_who_has_it_hands_it_on(hall: Hall) -> None:
    number, task = review(hall)
    with refused(hall, NotYourTask):
        hall.act("sj.member1", number, forward(task, "sj.member2"))
    only(hall, number, forward(task), Role.APPROVER)
